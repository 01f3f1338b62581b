//! More names of months and weekdays, from Unicode's Common Locale Data Repository (Unicode License v3): of one word each, as
//! [`plain`](crate::date::names::plain) words, those left out that mean different months in different languages.

/// Months, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "eanair genier genver jaanuar janar jannar jannewaris januarie januaro janvaris sausio sausis schaner \
    sijecanj sijecnja urtarrila xaneiro yanvar yanwar ιαν ιανουαριος сту студзень студзеня січ січень янв яну \
    януари јан јануар јануари қаң қаңтар հնվ հունվար հունվարի יאנ יאנואר جنوری ژانویه जनवर জনযর ਜਨਵਰ જનય જનયઆર \
    ஜனவர జనవర ಜನವರ ജനവര දරත มกราคม ມງກອນ იან იანვარი ጃንዋሪ",
    "favrer feabhra febreiro febrewaris febrier februaris februaro fevral fewral frar otsaila pebrero shkurt \
    vasario vasaris veebruar veljaca veljace φεβ φεβρουαριος ақп ақпан лют лютага лютии люты феб фебруар фев \
    февр февруари փետրվար փետրվարի փտվ פעב פעברואר شباط فروری فوریه फबर फबरअर फबरवर फरवर ফবরযর ਫਰਵਰ ફબર ફબરઆર \
    பபரவர ఫబర ఫబరవర ಫಬರ ಫಬರವರ ഫബര ഫബരവര නවම กมภาพนธ ກມພາ თებ თებერვალი ፌብሩዋሪ",
    "kovas kovo machi marec maret marso marta marto martxoa ozujak ozujka μαρ μαρτιος бер березень мар нау \
    наурыз сак сакавік сакавіка մարտ մարտի մրտ מערץ اذار مارچ मरच মরচ ਮਰਚ મરચ மரச మరచ ಮರಚ മർചച මදන มนาคม ມນາ მარ \
    მარტი ማርች \
    marzu merca",
    "abrell aibrean apirila aprel aprila aprili aprill aprilo avrigl balandis balandzio ebrel prill travanj \
    travnja απρ απριλιος апр април квіт квітень кра красавік красавіка сәу сәуір ապր ապրիլ ապրիլի אפר اوریل \
    اپریل نيسان अपरल एपर एपरल এপর এপরল ਅਪਰ ਅਪਰਲ એપરલ ஏபரல ఏపర ఏపరల ಏಪರ ಏಪರಲ ഏപര ഏപരൽ เมษายน ເມສາ აპრ აპრილი ኤፕሪ \
    ኤፕሪል \
    apryla",
    "bealtaine geguze geguzes maaie maiatza maijs majo maju matg mejju svibanj svibnja μαι μαιος маи мам мамыр \
    мај трав травень մայիս մայիսի մյս מיי ايار ميی වසක พฤษภาคม ພດສະພາ მაი მაისი \
    ম મ मई ಮ മയ म ਮਈ ம మ مه mee",
    "birzelio birzelis ekaina gunju hunyo iyun juna junija junh junie junij junijs juuni lipanj lipnja meitheamh \
    mezheven qershor xuno zercladur ιουν ιουνιος июн мау маусым черв червень чэр чэрвень чэрвеня юни јун јуни \
    հնս հունիս հունիսի جون حزيران ژوين පසන มถนายน ມຖນາ ივნ ივნისი \
    জন જન जन ಜನ ജൺ ਜਨ ஜன జన ጁን",
    "fanadur gouere hulyo iuil iyul julija jula julai julhet julie julij julijs juuli korrik liepa liepos lulju srpanj \
    srpnja uztaila xullo ιουλ ιουλιος июл лип липень ліп ліпень ліпеня шіл шілде юли јул јули հլս հուլիս հուլիսի \
    تموز جولايی ژويیه जलई জলই ਜਲਈ જલઈ ඇසළ กรกฎาคม ກລະກດ ივლ ივლისი ጁላይ \
    ಜಲ ജല जल ஜல జల",
    "abuztua agosti agust agustus augusta augusto augusts austu avgust avqust avust awgust awwissu eost gusht \
    kolovoz kolovoza lunasa ogos rugpjucio rugpjutis αυγ αυγουστος авг ауг аугуст жні жнівень жніуня серп \
    серпень там тамыз օգոստոս օգոստոսի օգս אויג אויגוסט اوت اگست अगसट अगसत ऑगसट আগসট ਅਗਸਤ ઑગસટ ஆகஸட ఆగసట ಆಗಸಟ \
    ഓഗസററ නකණ สงหาคม ສງຫາ აგვ აგვისტო ኦገስ ኦገስት",
    "gwengolo iraila rugsejis rugsejo rujan rujna sentabr sentyabr septemba septembar septembra septembro \
    septimber settember settembru setyembre shtator σεπ σεπτεμβριος вер верасень верасня вересень сен сент сеп \
    септембар септември қыр қыркүиек սեպ սեպտեմբեր սեպտեմբերի סעפ סעפטעמבער ايلول ستمبر سپتامبر सतबर सपट सपटबर \
    सपटमबर সপট সপটমবর ਸਤਬਰ સપટ સપટમબર சபடமபர సపట సపటబర ಸಪಟ ಸಪಟಬರ സപററ സപററബർ බනර กนยายน ກນຍາ სექ სექტემბერი ሴፕቴ \
    ሴፕቴምበር",
    "oktabr oktoba oktobar oktobra oktobro oktoober oktubre oktyabr ottubru spalio spalis tetor urria οκτ \
    οκτωβριος жовт жовтень кас кастрычнік кастрычніка окт октобар октомври қаз қазан հոկ հոկտեմբեր հոկտեմբերի \
    אקט אקטאבער اکتبر اکتوبر अकटबर ऑकट ऑकटबर অকট অকটবর ਅਕਤ ਅਕਤਬਰ ઑકટ ઑકટબર அகடபர అకట అకటబర ಅಕಟ ಅಕಟಬರ ഒകട ตลาคม \
    ຕລາ ოქტ ოქტომბერი ኦክቶ ኦክቶበር \
    ഒകടബർ",
    "azaroa lapkricio lapkritis nentor nobyembre novemba novembar novembra novembru novimber noyabr samhain \
    studeni studenoga νοε νοεμβριος лист листопад ліс лістапад лістапада нов новембар ное ноември ноя нояб қар \
    қараша նոյ նոյեմբեր նոյեմբերի נאוו נאוועמבער نوامبر نومبر नभमबर नवबर नवह नवहबर নভমবর ਨਵਬਰ નવમબર நவமபர నవబర \
    ನವಬರ നവബർ พฤศจกายน ພະຈກ ნოე ნოემბერი ኖቬም ኖቬምበር \
    nowembra",
    "abendua decembar decembra decembro dekabr desemba desimber detsember dhjetor dicembru disember disyembre \
    gruodis gruodzio kerzu nollaig prosinac prosinca δεκ δεκεμβριος груд грудень дек декември дец децембар жел \
    желтоқсан сне снежань снежня դեկ դեկտեմբեր դեկտեմբերի דעצ דעצעמבער دسامبر دسمبر डसबर डसमबर दसबर ডসমবর ਦਸਬਰ \
    ડસમબર டசமபர డసబర ಡಸಬರ ഡസബർ උඳවප ธนวาคม ທນວາ დეკ დეკემბერი ዲሴም ዲሴምበር",
];

/// Weekdays, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "astelehena diluain diluns dusenbe dushanba esmaspaev glindesdi isnin jumatatu lundo luni luns manadagur \
    manudagur meindeg moandei pirmadienis pirmdiena pondelok ponedeljak ponedeljek ponedjeljak senin δευ даваа \
    дүи дүисенбі дүишөмбү панядзелак пон понеделник понедељак понедјељак երկ երկուշաբթի מאנטיק دوشنبه پیر समबर \
    समवर সমবর ਸਮਵਰ સમવર தஙகள సమవర ಸಮವರ തങകൾ සඳද จนทร วนจนทร ວນຈນ ორშ ორშაბათი \
    lunae luain hene pondzela",
    "antradienis asteartea denschdeg dimairt dimars jumanne mardo marti otrdiena selasa seshanba sisenbe \
    teisipaev tiisdei torek tysdag tysdagur utorak utorok þriðjudagur τρι ауторак вто мягмар сеисенбі уто уторак \
    шеиш шеишемби երեքշաբթի երք דינסטיק منگل मगल मगलवर मगळ मगळवर मङगल मङगलबर মঙগল মঙগলবর ਮਗਲ ਮਗਲਵਰ મગળ મગળવર \
    சவவய మగళ మగళవర ಮಗಳ ಮಗಳವರ ചവവ ചവവഴച අඟහ අඟහරවද วนองคาร องคาร ວນອງຄານ ອງຄານ სამ სამშაბათი ማክሰ ማክሰኞ \
    martis mairt marte wutora سهشنبه",
    "asteazkena carsenbe chorshanba cərsənbə diciadain jumatano kolmapaev mercores merkredo mesemna mettwoch \
    miercuri mikudagur miyerkules miðvikudagur rabu sreda srijeda treciadienis tresdiena woansdei τετ лхагва \
    серада сре сри сриједа сряда сәрсенбі шарш шаршемби չորեքշաբթի չրք מיטוואך بدھ چهارشنبه बधबर बधवर বধবর ਬਧਵਰ \
    બધવર பதன బధవర ಬಧವರ ബധൻ බදද วนพธ ວນພດ ოთხ ოთხშაბათი ረቡዕ \
    mercurii ceadaoin merkure",
    "alhamisi cetrtek ceturtdiena cetvrtak deardaoin diardaoin donneschdeg fimmtudagur gievgia hosdagur huwebes \
    jaudo joi kamis ketvirtadienis khamis neljapaev osteguna payshanba pensenbe stvrtok tongersdei xoves yaou \
    πεμ беисенбі беиш беишемби пүрэв чацвер чет четвртак четврток четвъртък հինգշաբթի հնգ דאנערשטיק جمعرات \
    پنجشنبه गरवर बहबर বহসপত বহসপতবর ਵਰਵਰ ગરવર வயழன గరవర ಗರವರ വയഴ พฤหส วนพฤหสบด ພະຫດ ວນພະຫດ ხუთ ხუთშაბათი ሐሙስ \
    jovis iovis enjte",
    "biyernes cumə dihaoine fostudagur freed freideg friggjadagur ijumaa jumaat jumat ostirala penktadienis \
    petak petek piatok piektdiena reede venderdi vendredo venres vineri vrydag παρ баасан жума жұма пет петак \
    петок петък пятніца ուր ուրբաթ פרײטיק جمعه جمعہ शकर शकरबर शकरवर শকর শকরবর ਸਕਰ ਸਕਰਵਰ શકર શકરવર வளள శకర శకరవర \
    ಶಕರ ಶಕರವರ വളള සකරද วนศกร ศกร ວນສກ პარ პარასკევი ዓርብ \
    veneris aoine haoine premte пʼятниця",
    "disathairne jumamosi larunbata laugardagur laupaev laurdag leygardagur sabtu sadorn sambata samschdeg \
    saterdag senbe sestadienis sestdiena shanba sneon subota sənbə σαβ бямба ишемби ишм саб сабота сенбі суб \
    събота շաբաթ շբթ שבת شنبه ہفتہ शनबर शनवर শনবর ਸਨਵਰ શનવર శనవర ಶನವರ සනසරද วนเสาร เสาร ວນເສາ ເສາ შაბ შაბათი ቅዳሜ \
    saturni sabbati sathairn shtune",
    "bazar didomhnaich dimanco dimenge dumengia duminica igandea jumapili linggo minggu nedela nedelja nedjelja \
    puhapaev sekmadienis snein sonndeg sunnudagur svetdiena yakshanba yeksenbe κυρ жек жексенбі жекшемби нед \
    недела неделя недеља недјеља нядзеля ням կիր կիրակի זונטיק اتوار یکشنبه आइत आइतबर रववर রববর ਐਤਵਰ રવવર ஞயற \
    ఆదవర ಭನವರ ഞയർ ඉරද วนอาทตย อาทตย ວນອາທດ ອາທດ კვი კვირა እሑድ \
    solis domhnaigh diel njedzela",
];
