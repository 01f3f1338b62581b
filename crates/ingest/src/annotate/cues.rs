//! The small words around a name that tell what it names.

use super::lists::{List, words};

/// Words that come before a person's name as part of it, in small letters and without a full stop.
pub(super) static HONORIFICS: List = words!(
    "mr mrs ms miss messrs master mistress mx dj dr doctor prof professor rev revd reverend esquire squire sir sirs \
     lady lord dame madam madame mme mademoiselle mlle monsieur mons signor signora señor señora don doña herr frau \
     fräulein captain capt captn colonel col major maj general gen lieutenant lieut lt marshal sergeant serjeant sergt serjt sgt corporal \
     admiral commodore commander cornet commissioner secretary alderman judge justice senator president congressman ambassador elder governor sheriff count \
     countess baron baroness earl duke duchess marquis viscount prince princess king queen emperor tsar czar pope \
     chevalier cavalier cavaliere cavaliero abate monsignor comte comtesse conte contessa marchese graf gräfin freiherr mynheer padre \
     rabbi laird bailie provost reverendo pte pvt private gnr gunner rfn rifleman spr sapper cpl lce bdr bombardier \
     brig brigadier ensign midshipman matron nurse sister widow inspector detective superintendent \
     sheykh sheikh shaikh nawab seyd seyyid sayyid syed mirza mulvi maulvi pandit rajah raja maharajah haj hajji monseigneur mgr \
     cardinal bishop archbishop abbé abbe dean deacon archdeacon parson father goodman goody aunt auntie uncle grandpa \
     grandma"
);

/// Titles that stand behind a name: "Arabi Pasha".
pub(super) static TITLES_BEHIND: List = words!("pasha pacha bey sahib effendi begum bahadur dono sama");

/// The article inside an Arabic name: "Abd-el-Latif".
pub(super) static ARTICLES_INSIDE: List = words!("el al ed ad ud ul ur er es as ez az en an bin ben ibn");

/// First words of Arabic places: "Tel-el-Kebir".
pub(super) static ARABIC_PLACE_HEADS: List =
    words!("tel tell bab deir dar wadi jebel gebel djebel ras beit bir ain umm shatt");

/// Honorifics that are written with a full stop.
pub(super) static ABBREVIATED: List = words!(
    "mr mrs ms mx messrs hon esq adm dr prof rev revd brig mme mlle mons capt captn col maj gen lieut lt sgt cpl pte pvt gnr rfn spr bdr lce serjt sergt"
);

/// Honorifics of people alone, whatever word comes behind: "Mr. Pole", "Mlle Mars".
pub(super) static CIVIL: List = words!(
    "mr mrs ms miss dr messrs m mme mlle monsieur madame mademoiselle herr herrn frau fräulein sig signor signora signorina sr \
     sra srta señor señora señorita senhor senhora"
);

/// Two initials that stand for no person: states, times, offices, societies.
pub(super) static INITIALS: List = words!(
    "nc sc ny nj nh nm nd sd ri dc us cs uk am pm ad bc po rr ry qm hq hm hq mp md ps rn fo wo gp vc dg jp kc qc pg"
);

/// Given names cut short, written with a full stop.
pub(super) static SHORT_GIVEN: List = words!(
    "wm chas geo jas jos thos tho robt rob jno saml sam alex edw edwd ed benj dan danl nath nathl nich ph phil ric rich \
     richd hen fr fredk st abr andw anth archd edmd eliz ezek gilb margt patk steph theo"
);

/// Honorifics that are as often kin or office in small letters: the name after them is taken without them.
pub(super) static KIN: List = words!(
    "brother sister cousin cozen uncle aunt auntie nephew niece son daughter wife husband father mother dad mum mom \
     grandfather grandmother baby friend friends mate pal colleague neighbour partner girlfriend boyfriend maid \
     servant clerk chief cook guide porter surgeon poet painter author singer actor actress composer hacker maintainer developer widow \
     fiancée fiancé little poor dear old young"
);

/// What a family calls its own instead of a name.
pub(super) static FAMILY: List = words!(
    "pa ma oma opa papa mama mamma mummy mommy daddy gran granny granma grandma grandpa grandad granddad grandfather \
     grandmother gramps nana nanna nanny hubby sissy bro auntie aunty uncle aunt cousin brother sister father mother \
     pater mater"
);

/// What people earn their bread by.
pub(super) static TRADES: List = words!(
    "actor actress apothecary apprentice architect attorney author baker banker barber bookbinder bookseller brewer \
     bricklayer broker builder butcher butler cabinetmaker captain carpenter carrier chaplain chauffeur cheesemonger chemist \
     clergyman clerk clockmaker coachman cobbler concierge confectioner constable contractor cook cooper curate cutler dancer \
     dentist docker doctor dressmaker driver drummer druggist engineer engraver farmer farrier ferryman fiddler fisherman \
     footman gardener gilder glazier goldsmith grocer groom gunner haberdasher harper hatter herald hosier \
     housekeeper innkeeper instructor ironmonger jeweller joiner journalist judge keeper labourer landlady landlord lawyer linendraper \
     locksmith maid mason mate mathematician merchant midwife miller milliner minister musician notary nurse \
     organist ostler overseer painter parson pastor pewterer physician plasterer plumber poet policeman porter postman \
     postmaster potter preacher priest principal printer professor publisher purser rector sailor schoolmaster \
     sculptor secretary servant shepherd shipbuilder shoemaker silversmith singer smith solicitor squire steward \
     stonemason surgeon surveyor tailor tanner teacher tenant tinker undertaker upholsterer usher valet vet vicar \
     victualler vintner violinist waiter watchmaker waterman weaver wheelwright woodcutter writer"
);

/// Animals and vessels, which have names as people do.
pub(super) static BEASTS: List = words!(
    "cow ox bull heifer calf horse mare pony colt filly gelding foal donkey mule dog bitch puppy pup hound spaniel terrier \
     collie greyhound sheepdog cat kitten tomcat tabby rabbit hamster budgie parrot canary hen rooster cockerel pig sow \
     lamb goat eagle bear monkey elephant ship frigate sloop schooner brig brigantine steamer steamship yacht barque \
     boat ketch cutter cruiser destroyer battleship dreadnought submarine trawler lugger tugboat locomotive hund kater katze \
     pferd chien chat cheval"
);

/// Titles that an "of" and a place complete to one holder: the Duke of York.
pub(super) static TITLES: List = words!(
    "duke duchess earl count countess marquis marquess marchioness viscount viscountess baron baroness lord lady \
     prince princess king queen emperor empress bishop archbishop abbot dean laird elector tsar czar maharajah"
);

/// Words that make an office of an honorific before them (Lord Chancellor), or no name at all.
pub(super) static OFFICES: List = words!(
    "chancellor treasurer mayor admiral chamberlain keeper privy general lieutenant president commissioner \
     commissioners chief justice steward advocate provost almighty god christ jesus speaker secretary constable \
     marshal judge bishop archbishop deputy day sir mr and dean warden governor high office election assembly staff \
     post superior attorney solicitor comptroller surveyor auditor almoner civil vice adjutant christmas time nature lords hospital street house hall road chapel arms head register premier \
     ordinary vicar mess cross regent consort"
);

/// Last words of what is a place or a body and never a person.
pub(super) static PLACE_NOUNS: List = words!(
    "street road avenue square park crescent terrace lane row alley gardens garden museum university college school \
     academy institute institution society club company co ltd inc corp corporation press bank office agency council \
     association committee department ministry party union army navy regiment hospital crematorium cemetery \
     churchyard station airport railway hotel inn tavern alehouse theatre theater library gallery cathedral abbey \
     chapel palace bridge river lake loch glen bay island islands isle mountain mountains beach cape glacier barrier \
     strait sound channel ocean sea valley point stairs yard dock wharf fair market exchange gate building farm act \
     bill treaty prize cup award war festival conference summit page journal magazine review times gazette chronicle \
     chronicles herald tales letters poems essays memoirs works papers county shire parish city town village province \
     empire kingdom republic coast territory day night eve week morning afternoon evening method theorem law equation \
     model camp hut lodge villa court harbour harbor port fort tower falls cliffs seat tarn wynd brae mews"
);

/// What people write, which is theirs by an apostrophe and an s: "Scott's Poems".
pub(super) static WRITINGS: List = words!("journal tales letters poems essays memoirs works papers");

/// First words of places and bodies, whatever name comes after them: "Fort Henry", "Villa Maria".
pub(super) static PLACE_HEADS: List = words!(
    "mount lake fort port cape castle camp loch glen isle villa hotel hôtel café château chateau rue avenue boulevard \
     quai gare place east west north south upper lower compagnie société banque piazza palazzo via casa monte mont lac lago rio isla ponte porta chiesa iglesia teatro duomo"
);

/// Last words of places that are surnames as well; those among [`PLACE_NOUNS`] too are it behind a common given name alone.
pub(super) static SURNAMES_TOO: List = words!(
    "hill hills wood woods green hall church castle field fields house head mount heath common moor marsh mill ford \
     well wells cross banks rock burn pole peak end side stone grove close place day page"
);

/// What stands before a place more than before a person.
pub(super) static BEFORE_PLACES: List = words!(
    "in at near into through throughout across via towards toward within around outside inside beyond visiting \
     leaving left reached reaching off round northern southern eastern western"
);

/// What stands before either, a place a little more often.
pub(super) static BEFORE_EITHER: List = words!("to from");

/// Verbs whose object is a person, and words that address one.
pub(super) static BEFORE_PEOPLE: List = words!(
    "told tell telling tells asked ask asking asks met meet meeting thank thanks thanked thankyou invited invite \
     married marry gave give giving gives owe kissed hugged bugged emailed mailed phoned rang texted convinced \
     persuaded bade bid introduced interviewed congratulated hi hello hey helped help let leaving watched named \
     accompanied quoth sold paid lent owed says said replied one chez hos rencontré revu retrouvé conocí incontrato besuchte \
     träffade mødte"
);

/// Prepositions that people follow rather than places.
pub(super) static BEFORE_PEOPLE_MOSTLY: List =
    words!("with by for between like behind besides saw see seeing sent than");

/// What is done at somebody, and not at a place: "we looked at Tomasz".
pub(super) static AIMED_AT: List = words!(
    "look looks looked looking stare stares stared staring gaze gazed glance glanced glare glared smile smiles smiled smiling laugh \
     laughs laughed laughing grin grinned frown frowned wink winked nod nodded wave waved waving shout shouts shouted shouting yell \
     yelled scream screamed swear swore sworn angry mad furious cross annoyed barked hissed snapped threw thrown aimed"
);

/// What makes the next word one of a kind, not a name.
pub(super) static DETERMINERS: List = words!(
    "the a an this these those some any every each no all most many few several two three more other another new such"
);

/// What stands before tools and works.
pub(super) static BEFORE_THINGS: List = words!(
    "using use used uses install installed installing run running under compile compiled upgrade upgraded upgrading \
     reading playing play on released watching"
);

/// Common nouns that a name before them makes a thing.
pub(super) static THING_NOUNS: List = words!(
    "code patch patches kernel kernels server servers list lists mailing site website driver drivers bug bugs version \
     versions release module modules library libraries package packages file files format support port program \
     programs software api script scripts system systems conference network box machine street road lane station \
     river church park hotel school people wine speaker speakers users user developers exports forms cheese beer \
     style equation equations theorem algorithm distribution"
);

/// Weak verbs: what people do, and things as well.
pub(super) static WEAK_VERBS: List = words!(
    "has had did does made makes left leaves lies lay stands stood runs took takes gave gives works worked needs \
     seems seemed fails failed starts started stopped stops came comes goes went got gets won keeps kept appeared \
     appears grew grows beat supports posts built broke finished follows shows showed turned turns points looks \
     looked fell led leads"
);

/// What may stand between a person and what he does.
pub(super) static AUXILIARIES: List = words!("also then just never always soon still now did do has had");

/// What people are, where nothing more is known of them: "a girl called Babs".
pub(super) static PERSON_NOUNS: List = words!(
    "man woman boy girl lad lass chap bloke fellow guy lady gentleman person child infant baby youth kid dude \
     frenchman englishman irishman scotsman italian german american soldier officer sailor pupil student stranger"
);

/// What a nickname puts in front of a given name: "Big Dave".
pub(super) static NICKNAMING: List = words!("big fat wee tiny lanky ginger long tall skinny mad");

/// Ordinary words that are frequent surnames.
pub(super) static COMMON_SURNAMES: List = words!(
    "young brown white green king wright baker carter turner parker cook bell ward cox gray grey fox rice long reed price \
     hunt black knight west gibbon butler fisher mason hunter porter gardner harper cooper carpenter taylor smith \
     walker clark miller wagner fletcher barker potter weaver sawyer tanner archer bishop dean page pope prince marsh \
     frost snow winter rose berry bird crane swan wolf lamb drake finch nash coffin coleman shepherd singer sharp swift \
     strong small little love power savage noble"
);

/// Virtues and wishes that were given to children as names.
pub(super) static VIRTUES: List = words!(
    "patience mercy thankful comfort deliverance experience prudence temperance charity constance constant hope faith \
     grace submit silence desire remember increase preserved waitstill hopestill mindwell reliance freelove obedience \
     tribulation resolved wealthy content delight freeborn justice liberty love makepeace modesty pleasant \
     providence relief remembrance restored return safety steadfast thanks unity wrestling zeal"
);

/// Lower-case words inside a surname.
pub(super) static PARTICLES: List =
    words!("de du des von vom van der den ter la le di da dos dei del della degli zu zum zur af av ap bin ibn al el");

/// Words that are never a name by themselves, though a sentence may begin with them.
pub(super) static FUNCTION_WORDS: List = words!(
    "i a an the and or but if so as at in on to of by for from with up out off then there here this that these those \
     it its he she they we you me him her us them my his our your their who what when where which why how is are was \
     were be been am do did does have has had can could would should shall may might must not no yes all some any \
     more most one two both each such very too also only now just still yet than after before since while though \
     although because about into upon over under between through during against once never ever nor either neither \
     let got said see guess new old good having being dear poor thus hence therefore however perhaps maybe even st saint \
     mount lake fort port cape re vs ye thou thee thy god vive viva nobody somebody everybody someone everyone anyone nothing \
     everything something today tomorrow yesterday tonight"
);

/// What people are called by their work on programs.
pub(super) static WORKERS: List = words!(
    "developer developers maintainer maintainers engineer engineers administrator administrators user users member members \
     contributor contributors manager managers programmer programmers hacker hackers evangelist guru founder"
);

/// What stands before the name of a program.
pub(super) static NAMES_PROGRAMS: List = words!(
    "package script program tool plugin daemon project called uploaded uploading packaged packaging released releasing maintain \
     maintaining installed installing"
);

/// What belongs to a program, behind its name.
pub(super) static PROGRAM_PARTS: List = words!(
    "driver drivers library module modules plugin plugins server package packages release releases project code script version \
     versions developers contributors organization daemon bug bugs repository source tarball build builds api"
);

/// Words that speak of programs and the work on them.
pub(super) static PROGRAM_NOUNS: List = words!(
    "code patch patches kernel kernels server servers driver drivers bug bugs version versions release released releases \
     module modules library libraries package packages software api script scripts compile compiled compiler debug \
     debugging mailing list lists commit commits exploit testsuite tests stuff implementation support mods program \
     programs site website repository branch tarball maintainer maintainers developer developers users port ported \
     porting hack hacking hacked work bugzilla proposal draft presentation submissions writeups"
);
