//! The names of months and weekdays, as [`plain`](super::names::plain) words: lower case, accents taken off.

pub(super) mod cldr;

/// Months, January first: full names in many languages, English first, with the cases that dates stand in; then short
/// forms.
pub(super) const MONTHS: [(&str, &str); 12] = [
    (
        "january janvier januar janner enero gennaio janeiro januari januarij ionawr января январь januarii \
         ianuarii ianuarie januara ocak tammikuu tammikuuta tammikuun stycznia styczen ledna leden gener ιανουαριου \
         січня يناير ינואר בינואר",
        "jan januarie jany janry janr janv ianuary ene gen genn ion янв",
    ),
    (
        "february fevrier februar feber febrero febbraio fevereiro februari februarij chwefror февраля февраль \
         februarii februarie februara subat helmikuu helmikuuta helmikuun lutego luty unora unor febrer φεβρουαριου \
         лютого فبراير פברואר בפברואר",
        "feb februarie febr febry feby fev fevr febb chwef",
    ),
    (
        "march fawrth mars marz maerz marzo marco maart mawrth марта март martii martie marcius marts mart \
         maaliskuu maaliskuuta maaliskuun marca marzec brezna brezen μαρτιου березня مارس מרץ במרץ",
        "mar mrz mrt mch",
    ),
    (
        "april avril abril aprile ebrill апреля апрель aprilis aprilie nisan huhtikuu huhtikuuta huhtikuun kwietnia \
         kwiecien dubna duben απριλιου квітня ابريل אפריל באפריל",
        "apr aprill aprille apl avr abr ebr",
    ),
    (
        "may fai mai mayo maggio maio mei maj мая май maii majus mayis mayıs toukokuu toukokuuta toukokuun maja kvetna \
         kveten maig μαιου травня مايو מאי במאי",
        "mag maye مه",
    ),
    (
        "june fehefin juin juni junij junio giugno junho mehefin июня июнь junii iunii iunie junius haziran kesakuu \
         kesakuuta kesakuun czerwca czerwiec cervna cerven ιουνιου червня يونيو يونيه יוני ביוני",
        "jun giu junne iune meh juny",
    ),
    (
        "july orffennaf juillet juli julij julio luglio julho gorffennaf июля июль julii iulii iulie julius temmuz \
         heinakuu heinakuuta heinakuun lipca lipiec cervence cervenec juliol ιουλιου липня يوليو يوليه יולי ביולי",
        "jul julye iuly iulie juil lug gorff",
    ),
    (
        "august aout aoust agosto augustus augusti awst августа август augusztus agustos elokuu elokuuta elokuun \
         sierpnia sierpien srpna srpen agost αυγουστου серпня اغسطس אוגוסט באוגוסט",
        "aug auguste ago agt augt",
    ),
    (
        "september fedi septembre septiembre setiembre settembre setembro medi сентября сентябрь septembris \
         septembrie szeptember eylul syyskuu syyskuuta syyskuun wrzesnia wrzesien zari setembre σεπτεμβριου \
         вересня سبتمبر ספטמבר בספטמבר",
        "sep septembr sept set sett septr septbr septber 7ber",
    ),
    (
        "october octobre oktober octubre ottobre outubro hydref октября октябрь octobris octombrie \
         oktobris ekim lokakuu lokakuuta lokakuun pazdziernika pazdziernik rijna rijen οκτωβριου жовтня اكتوبر \
         אוקטובר באוקטובר",
        "oct octobr octber okt ott out octr octbr octor hyd 8ber",
    ),
    (
        "november dachwedd novembre noviembre novembro tachwedd ноября ноябрь novembris noiembrie kasim kasım \
         marraskuu marraskuuta marraskuun listopada listopadu νοεμβριου листопада نوفمبر נובמבר בנובמבר",
        "nov novembr novr novbr novber novmbr tach 9ber",
    ),
    (
        "december ragfyr decembre dezember diciembre dicembre dezembro rhagfyr декабря декабрь decembris \
         decembrie desember aralik aralık joulukuu joulukuuta joulukuun grudnia grudzien prosince prosinec desembre \
         δεκεμβριου грудня ديسمبر דצמבר בדצמבר",
        "dec decembr decr decbr decber decmbr decm dez dic rhag 10ber xber xbr xbre xbris",
    ),
];

/// Weekdays, Monday first, in the same languages: full names, then short forms.
pub(super) const WEEKDAYS: [(&str, &str); 7] = [
    (
        "monday 月曜日 月曜 lundi montag lunes lunedi segunda maandag mandag llun понедельник hetfo poniedzialek \
         poniedziałek pondeli maanantai maanantaina pazartesi dilluns δευτερα понеділок الاثنين",
        "mon lun seg man שני",
    ),
    (
        "tuesday 火曜日 火曜 mardi dienstag martes martedi terca dinsdag tisdag mawrth вторник tirsdag kedd wtorek \
         utery tiistai tiistaina salı dimarts τριτη вівторок الثلاثاء",
        "tue tues ter tis mar שלישי",
    ),
    (
        "wednesday 水曜日 水曜 mercredi mittwoch miercoles mercoledi quarta woensdag onsdag mercher среда szerda \
         sroda streda mittwochs keskiviikko keskiviikkona carsamba dimecres τεταρτη середа الاربعاء",
        "wed weds wedy wednes mer merc mie mier qua ons woe רביעי",
    ),
    (
        "thursday 木曜日 木曜 jeudi donnerstag jueves giovedi quinta donderdag torsdag iau четверг csutortok czwartek \
         ctvrtek torstai torstaina persembe dijous πεμπτη четвер الخميس",
        "thu thur thurs jeu jue gio giov qui tors don חמישי",
    ),
    (
        "friday 金曜日 金曜 vendredi freitag freytag freytags viernes venerdi sexta vrijdag fredag gwener пятница pentek piatek patek \
         perjantai perjantaina cuma divendres παρασκευη пятниця الجمعة",
        "fri fryd ven vend vie sex fre vri שישי",
    ),
    (
        "saturday 土曜日 土曜 samedi samstag sonnabend sonnabends sabado sabato zaterdag lordag sadwrn суббота lørdag szombat \
         sobota lauantai lauantaina cumartesi dissabte σαββατο субота السبت",
        "sat satd satur sam sab lor zat",
    ),
    (
        "sunday 日曜日 日曜 dimanche sonntag domingo domenica zondag sondag sul воскресенье sabbath søndag vasarnap \
         niedziela nedele sunnuntai sunnuntaina pazar diumenge κυριακη неділя الاحد",
        "sun dim dom son zon lords ראשון",
    ),
];

/// Headings that count from the date before them, and by how many days.
pub(super) const DAYS_ON: [(&str, i64); 26] = [
    ("the same day", 0),
    ("same day", 0),
    ("same evening", 0),
    ("the same evening", 0),
    ("same date", 0),
    ("eodem die", 0),
    ("ditto", 0),
    ("idem", 0),
    ("le meme jour", 0),
    ("am selben tag", 0),
    ("am selben tage", 0),
    ("am gleichen tage", 0),
    ("el mismo dia", 0),
    ("lo stesso giorno", 0),
    ("samma dag", 0),
    ("the next day", 1),
    ("next day", 1),
    ("next morning", 1),
    ("the following day", 1),
    ("following day", 1),
    ("le lendemain", 1),
    ("am nachsten tag", 1),
    ("am nachsten tage", 1),
    ("al dia siguiente", 1),
    ("il giorno dopo", 1),
    ("nasta dag", 1),
];

/// The parts of the day that such a heading may go on with.
pub(super) const PARTS_OF_DAY: &[&str] = &[
    "morning",
    "midi",
    "minuit",
    "mittags",
    "mezzogiorno",
    "mediodia",
    "evening",
    "afternoon",
    "night",
    "noon",
    "midnight",
    "later",
    "soir",
    "matin",
    "abends",
    "morgens",
    "nachts",
    "noche",
    "tarde",
    "sera",
    "kvall",
    "eve",
    "evg",
    "morn",
    "forenoon",
    "sundown",
    "sunrise",
    "vormittag",
    "vormittags",
    "nachmittag",
    "nachmittags",
    "mittag",
    "abend",
    "nacht",
    "fruh",
    "formiddag",
    "eftermiddag",
    "aften",
    "aftens",
    "nat",
    "natt",
    "ochtend",
    "middag",
    "avond",
    "manana",
    "mattina",
    "pomeriggio",
    "notte",
];
