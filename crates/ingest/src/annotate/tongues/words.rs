//! The small words of each language, put together by hand.

use crate::annotate::lists::{List, words};

/// Small words of a language, in small letters and without full stops.
pub(super) struct Words {
    /// What stands in front of a person's name as part of it, in this language alone.
    pub(super) honorifics: List,
    /// What makes the next word one of a kind, not a name.
    pub(super) determiners: List,
    /// What stands before a place more than before a person.
    pub(super) before_places: List,
    /// What places are called by, in front of their names.
    pub(super) place_heads: List,
    /// What stands before either.
    pub(super) before_either: List,
    /// What stands before people, of kin, trades and the like.
    pub(super) kin: List,
    /// What stands before people rather than before places or things.
    pub(super) before_people: List,
    /// What people do, say and have done.
    pub(super) acts: List,
    /// Small words that may stand between a person and what he does, or begin what anything does.
    pub(super) auxiliaries: List,
    /// What joins two names.
    pub(super) and: List,
    /// Given names that are rather other words, at the start of a sentence or where every noun has a capital.
    pub(super) nouns: List,
}

/// Honorifics that are written with a full stop.
pub(super) static ABBREVIATED: List = words!(
    "m mm mme mmes mlle mlles mgr me sr sra srta sres d dra eng pe hr fr frl sig sigra avv ing dott dhr mevr mw"
);

pub(super) static GERMAN: Words = Words {
    honorifics: words!(
        "herr herrn hr frau fr fräulein frl onkel tante oma opa schwester bruder graf grafen gräfin fürst fürsten \
         fürstin herzog herzogin baron baronin freiherr freiherrn erzherzog kurfürst ritter pfarrer pastor pater kaplan \
         bischof kardinal papst doktor dr prof kaiser kaiserin könig königin prinz prinzen prinzessin präsident kanzler \
         reichskanzler minister geheimrat hofrat general oberst major hauptmann leutnant lieutenant feldwebel \
         unteroffizier gefreiter konsul direktor professor lehrer lehrerin bürgermeister förster inspektor miß"
    ),
    determiners: words!(
        "der die das den dem des dies ein eine einen einem einer eines kein keine keinen keinem keiner mein meine \
         meinen meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere \
         im am zum zur vom beim ins ans diese dieser dieses diesen diesem jede jeder jedes jeden alle alles viel \
         viele zwei drei vier fünf sechs sieben acht neun zehn zwanzig fünfzig hundert tausend zweitausend"
    ),
    before_places: words!("in nach aus durch bis"),
    place_heads: words!(
        "insel stadt dorf schloß schloss straße strasse platz hotel gasthof gasthaus café schiff dampfer"
    ),
    before_either: words!("von über"),
    kin: words!(
        "kindern kinder bruder schwester sohn tochter mutter vater mann freund freundin vetter base cousine nachbar nachbarin \
         kollege kollegin magd knecht lehrer"
    ),
    before_people: words!("mit bei für ohne gegen namens traf"),
    acts: words!(
        "sagt sagte meint meinte fragt fragte erzählt erzählte schreibt schrieb lacht lachte weint weinte kommt \
         kam geht ging spielt spielte singt sang liest las bringt brachte gibt gab ruft rief schläft trinkt trank \
         isst aß denkt dachte glaubt glaubte weiß wußte wusste nimmt nahm hört hörte sieht sah steht stand sitzt saß liegt \
         lag bleibt blieb schlief tritt trat führt führte zeigt zeigte hält hielt findet fand nennt nannte liebt liebte \
         grüßt grüßte antwortet antwortete arbeitet arbeitete malt malte holt holte wohnt wohnte reist reiste starb \
         heiratet besucht besuchte telefoniert lächelt lächelte nickt nickte schwieg erschien erwacht wacht kocht kochte"
    ),
    auxiliaries: words!(
        "hat hatte ist war will wollte kann konnte muß muss mußte musste soll sollte darf durfte mag möchte wird wurde \
         würde wäre hätte sich auch nicht noch"
    ),
    and: words!("und"),
    nouns: words!(
        "mal uhr gattin gatte daheim glück adieu abend morgen mittag nachmittag vormittag vorm nachm sonntag montag dienstag mittwoch \
         donnerstag freitag samstag sonnabend winter herbst frühling januar februar märz april september oktober november \
         dezember gott holz brot wein bier kaffee korn kohl salz mark ernst rose heide sommer berg mai juni juli august kaiser linde falk kiel halle flora iris luna alma"
    ),
};
pub(super) static FRENCH: Words = Words {
    honorifics: words!(
        "m mm mme mmes mlle mlles mgr me monsieur madame mademoiselle messieurs oncle tante papi mamie abbé curé comte comtesse \
         vicomte vicomtesse docteur sergent caporal adjudant amiral roi reine empereur impératrice pape sultan frère frere \
         président lieutenant capitaine colonel général maréchal commandant prince princesse duc duchesse baron \
         baronne marquis marquise maître père sœur veuve professeur juge cardinal évêque"
    ),
    determiners: words!(
        "le la les un une des du au aux ce cet cette ces son sa ses mon ma mes ton ta tes notre nos votre vos \
         leur leurs quelque chaque"
    ),
    before_places: words!("en dans vers depuis jusqu"),
    place_heads: words!(
        "rue place quai boulevard avenue pont lac mont montagne rivière fleuve vallée ville village bourg \
         église palais château île port golfe mer province théâtre hôtel café gare musée fort camp cap bois \
         forêt faubourg hôpital"
    ),
    before_either: words!("à"),
    kin: words!(
        "frère sœur fils fille mari femme ami amie cousin cousine oncle tante neveu nièce voisin voisine \
         ingénieur peintre poète docteur mineur maire curé servante bonne cher chère petit petite vieux vieille \
         pauvre jeune"
    ),
    before_people: words!("avec chez pour par contre sans nommé nommée appelé appelée rencontré vu dit"),
    acts: words!(
        "dit disait demande demandait demandé parle parlait parlé écrit écrivait raconte raconté répond répondit \
         répondu rit ri sourit souri pleure pleuré chante chanté joue joué crie pense croit croyait trouve veut \
         voulait sait savait vient venait venu venue part parti partie mange mangé boit bu dort lit lu aime aimé \
         aurait arrive arrivé arrivée tourne montre serré payé donné prêté fait faisait joua écrivit dîne dîné \
         déjeuné meurt mort morte travaille travaillé reçoit reçu présente présenté prend"
    ),
    auxiliaries: words!("ne n m s l t y en me se lui nous leur ' ’ a est avait était va aussi"),
    and: words!("et"),
    nouns: words!("elle"),
};
pub(super) static SPANISH: Words = Words {
    honorifics: words!(
        "sr sra srta sres señor señora señorita don doña d dª tío tía padre abuelo abuela rey reina príncipe princesa infante \
         emperador papa obispo comandante sargento cabo brigadier almirante gobernador virrey ministro general coronel capitán teniente \
         presidente generalísimo conde condesa duque duquesa marqués marquesa fray sor doctor doctora profesor \
         profesora maestro maestra"
    ),
    determiners: words!("el la los las un una unos unas del al este esta ese esa su sus mi mis"),
    before_places: words!("en hacia desde hasta"),
    place_heads: words!(
        "calle plaza río rio arroyo laguna lago isla cabo puerto fuerte fortín fortin guardia villa pueblo \
         ciudad provincia valle monte sierra cerro iglesia convento palacio castillo puente bahía estrecho \
         golfo mar camino barrio hotel café teatro estación estancia"
    ),
    before_either: words!("a"),
    kin: words!(
        "hermano hermana hijo hija marido mujer esposa esposo amigo amiga primo prima tío tía sobrino sobrina \
         vecino vecina novio novia camarada compañero compañera poeta pintor médico alcalde cura pequeño pequeña \
         viejo vieja pobre llamado llamada"
    ),
    before_people: words!("con para por sin contra según entre conocí vi"),
    acts: words!(
        "dice dijo dicho decía pregunta preguntó habla habló hablado escribe escribió escrito cuenta contó ríe \
         rió llora lloró canta cantó toca tocó grita piensa cree quiere quería sabe viene vino venido duerme lee \
         leyó llega llegó llegado come bebe trajo dio muere murió muerto juega jugó"
    ),
    auxiliaries: words!("no me le se nos lo la les ha había es era está estaba va también ya"),
    and: words!("y e"),
    nouns: words!("hoy mayo sol cruz paz luz mar rosa con"),
};
pub(super) static PORTUGUESE: Words = Words {
    honorifics: words!(
        "sr sra srta d dr dra eng pe senhor senhora dona dom seu tio tia avô avó rei rainha príncipe princesa bispo major tenente sargento \
         alferes marquês marquesa visconde barão padre general coronel capitão presidente doutor doutora \
         professor professora conde condessa duque frei"
    ),
    determiners: words!("um uma este esta esse essa seu sua meu minha"),
    before_places: words!("em no na nos nas"),
    place_heads: words!(
        "rua praça rio lagoa lago ilha cabo porto forte vila cidade província vale monte serra igreja \
         convento palácio castelo ponte baía golfo mar bairro hotel café teatro estação"
    ),
    before_either: words!("a ao à para"),
    kin: words!(
        "irmão irmã filho filha marido mulher esposa amigo amiga primo prima vizinho vizinha velho velha pequeno \
         pequena pobre"
    ),
    before_people: words!("com por sem contra o"),
    acts: words!(
        "diz disse pergunta perguntou fala falou escreve escreveu conta contou ri riu chora chorou canta cantou \
         toca tocou pensa quer veio vem chegou chega dorme lê trouxe deu morreu"
    ),
    auxiliaries: words!("não me lhe se nos o a tem tinha é era está estava foi vai também já"),
    and: words!("e ed"),
    nouns: words!("vi mar luz cruz paz sol"),
};
pub(super) static ITALIAN: Words = Words {
    honorifics: words!(
        "sig sigra signor signora signorina signori don donna zio zia nonno nonna regina cardinale vescovo onorevole on cav \
         cavaliere maggiore ammiraglio sergente monsignor monsignore padre frate sultano ras avv ing dott conte contessa professor professore \
         professoressa dottor dottore dottoressa ingegner avvocato maestro generale colonnello capitano tenente \
         presidente principe principessa duca duchessa marchese suor fra re papa"
    ),
    determiners: words!("un uno una questo questa suo sua mio mia"),
    before_places: words!("in verso nel nello nella nei negli nelle nell sul sullo sulla sui sulle"),
    place_heads: words!(
        "via piazza lago monte fiume valle città villaggio paese chiesa palazzo castello ponte isola porto \
         golfo mare provincia teatro albergo caffè stazione località catena altipiano"
    ),
    before_either: words!("a ad da al allo alla ai agli alle dal dallo dalla dai dagli dalle"),
    kin: words!(
        "fratello sorella figlio figlia marito moglie amico amica cugino cugina nonno nonna vicino vicina \
         compagno compagna fidanzato fidanzata poeta pittore medico parroco ragazzo ragazza piccolo piccola \
         vecchio vecchia povero povera chiamato chiamata certo certa greco"
    ),
    before_people: words!("con per senza contro secondo letto incontrato visto"),
    acts: words!(
        "dice diceva disse detto chiede chiese chiesto parla parlava parlato scrive scrisse scritto racconta \
         raccontato ride rideva riso piange piangeva pianto canta cantato suona suonato grida pensa crede vuole \
         voleva sa viene venne venuto venuta dorme legge litiga arriva arrivato arrivata mangia beve pescava \
         pesca prestato dato portato salito ama morto fa faceva fece va andava parte partì partito resta rimane rimase \
         ritorna tornò tornato cede muore morì lavora prende prese mandò manda offre riceve ricevuto propone"
    ),
    auxiliaries: words!("non mi gli le si ci ne lo la ha aveva è era sta stava va anche m l ' ’ ed"),
    and: words!("e ed"),
    nouns: words!("prima domenica vino con neve alba"),
};
pub(super) static DUTCH: Words = Words {
    honorifics: words!(
        "dhr mevr mw mr mijnheer meneer mevrouw juffrouw oom tante opa oma dominee ds professor prof dokter dr generaal \
         kolonel majoor luitenant sergeant korporaal commandant coronel stuurman schipper burgemeester baron gravin hertog \
         hertogin keizer keizerin pater zuster kapitein koning koningin prins prinses graaf pastoor"
    ),
    determiners: words!("de het een eene eenen eener den der des mijn mijne zijn zijne haar hare onze dit deze"),
    before_places: words!("in naar te uit tot over langs nabij"),
    place_heads: words!(
        "straat plein eiland stad dorp rivier meer berg kasteel kerk haven hotel hôtel café farm schip"
    ),
    before_either: words!("van"),
    kin: words!(
        "broer zus zuster zoon dochter man vrouw vriend vriendin neef nicht buurman buurvrouw oude kleine arme"
    ),
    before_people: words!("met bij voor zonder tegen genaamd"),
    acts: words!(
        "zegt zei vraagt vroeg vertelt vertelde schrijft schreef lacht lachte huilt huilde komt kwam gaat ging \
         speelt speelde zingt zong leest las denkt wil brengt bracht geeft gaf slaapt sliep neemt nam ziet zag blijft bleef \
         zit zat ligt lag loopt liep rijdt reed eet at drinkt dronk werkt werkte woont vindt vond antwoordt antwoordde roept \
         riep stierf bezocht toont leert leerde ontving zond"
    ),
    auxiliaries: words!("heeft had is was werd wordt moet moest kan kon zou zal ook niet nog zich"),
    and: words!("en"),
    nouns: words!(""),
};
pub(super) static NORDIC: Words = Words {
    honorifics: words!(
        "hr herr herrar fru frøken fröken froken onkel tante tant farbror morbror moster faster mormor morfar farmor farfar \
         mor far bedstemor bedstefar greve grevinna grevinde baron friherre biskop biskopen major løjtnant löjtnant sergeant \
         oberst överste kejsar kejser dronning lektor rektor kung drottning prins prinsessa konge \
         dronning general kapten kaptajn doktor professor prost prästen pastor"
    ),
    determiners: words!(
        "en et ett den det de dem denne denna dette detta disse dessa min mit mitt mine mina din dit ditt dine dina sin sit \
         sitt sine sina hans hendes hennes deres deras vor vår vores nogen noget någon något ingen intet inget hver hvert \
         varje al alt alla alle saadan sådan hvilken vilken to tre fire fyra fem seks sex syv sju otte åtta ni ti tio"
    ),
    before_places: words!("i på till til"),
    place_heads: words!(
        "gatan gade ön øen staden byen sjön søen slottet kyrkan kirken hotel hotell café skeppet skibet"
    ),
    before_either: words!("från fra"),
    kin: words!(
        "bror syster søster son sønn søn dotter datter man mand kona kone vän ven venn kusin fetter gamle lille \
         stackars"
    ),
    before_people: words!("med hos utan uten uden mot mod träffade mødte besökte"),
    acts: words!(
        "säger sade sa sier siger sagde frågar frågade spør spurte spørger spurgte berättar berättade skriver \
         skrev skrattar gråter kommer kom går gick gikk gik spelar spelade spiller spilte sjunger sjöng läser \
         leser læser tror sover gav svarade svarede svarte ringde ringede tänkte tænkte bor bodde boede dog dör sprang \
         åkte åker reste rejste sitter sidder satt sad står stod äter spiser åt spiste dricker drack fick fik tog bad \
         ropade råbte grät græd log ler fyllde leker lekte badade väckte"
    ),
    auxiliaries: words!(
        "har hade hadde havde är er var blev blir bliver ska skal skulle skulde kan kunde kunne måste må maa vill vil ville \
         vilde också også inte ikke sig seg"
    ),
    and: words!("och og"),
    nouns: words!(
        "dag han hun du vi nu thi fred rose rede avgust august juni juli maj mai liv tone sol sommar sommer vinter"
    ),
};
