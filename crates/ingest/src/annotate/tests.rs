mod held_out;
mod languages;
mod unseen;

use super::*;
use crate::authority;
use diary::{Calendar, CivilDate, Day, EntryDate, EntryId, Span};
use proptest::prelude::*;

pub(super) fn entry(date: (i32, u32, u32), text: &str) -> Entry {
    let civil = CivilDate::new(date.0, date.1, date.2).unwrap();
    Entry {
        id: EntryId::new("a", &civil.to_string(), 1),
        date: EntryDate::on(Calendar::Gregorian.day(civil).unwrap(), Calendar::Gregorian, ""),
        heading: String::new(),
        title: None,
        author: None,
        lang: None,
        text: text.to_owned(),
        blocks: Vec::new(),
        links: Vec::new(),
        tags: Vec::new(),
        sources: Vec::new(),
        anchor: None,
        visibility: Visibility::Public,
        sensitive: false,
        mentions: Vec::new(),
    }
}

/// One entry a paragraph, a day each from 1 January 2003.
fn diary(texts: &[&str]) -> Vec<Entry> {
    texts.iter().zip(1..).map(|(text, day)| entry((2003, 1, day), text)).collect()
}

fn annotate(people: &str, entries: &mut [Entry], discover: bool) -> Annotation {
    let people = authority::parse(Facet::Person, people).unwrap();
    let mut archive = Archive::named("a");
    archive.diarist = Some("Rusty Russell".to_owned());
    Annotator::new(&people, &Authority::default(), &archive, discover).annotate(entries)
}

/// The people of an entry as `form=key` with a mark for their state, in order.
fn people(entry: &Entry) -> String {
    let mentions = entry.mentions.iter().filter(|mention| mention.facet == Facet::Person && mention.state.is_facet());
    mentions.map(|mention| format!("{}={}", mention.form, mention.key)).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check_file(file: &str, texts: &[&str], expect: &[&str]) {
    let mut entries = diary(texts);
    annotate(file, &mut entries, false);
    assert_eq!(entries.iter().map(people).collect::<Vec<_>>(), expect);
}

const ANDREW: &str = "[[person]]\nprefLabel = \"Andrew Morton\"\naltLabel = [\"akpm\"]\n";

#[test]
fn labels_are_found_as_whole_words() {
    check_file(
        ANDREW,
        &[
            "Andrew Morton's tree. AKPM, akpm_x, akpm@x, Andrew  Mortons, andrew morton",
            "Andrew\nMorton",
            "Andrew\n\nMorton",
        ],
        &["Andrew Morton=morton-andrew AKPM=morton-andrew", "Andrew\nMorton=morton-andrew", ""],
    );
}

#[test]
fn rules_hold_in_their_context() {
    let rule = |condition: &str| format!("{ANDREW}[[person.when]]\nform = \"Andrew\"\n{condition}");
    let texts = ["Andrew came.", "Andrew and Andrew Morton, the kernel."];
    let (one, other) = ("Andrew=morton-andrew", "Andrew=morton-andrew Andrew Morton=morton-andrew");
    let full = "Andrew Morton=morton-andrew";
    check_file(&rule(""), &texts, &[one, other]);
    check_file(&rule("from = 2003-01-02"), &texts, &["", other]);
    check_file(&rule("until = 2003-01-01"), &texts, &[one, full]);
    check_file(&rule("near = [\"Kernel\"]"), &texts, &["", other]);
    check_file(&rule("not_near = [\"kernel\"]"), &texts, &[one, full]);
    check_file(&rule("with = [\"morton-andrew\"]"), &texts, &["", other]);
    check_file(&rule("entries = [\"2003-01-01\"]"), &texts, &[one, full]);
    check_file(&rule("[[not_person]]\nform = \"Andrew\"\nentries = [\"a/2003-01-01\"]"), &texts, &["", other]);
}

#[test]
fn two_rules_that_hold_at_once_settle_nothing() {
    let file = "[[person]]\nprefLabel = \"Ann Lee\"\n[[person.when]]\nform = \"Ann\"\n\
                [[person]]\nprefLabel = \"Ann Roe\"\n[[person.when]]\nform = \"Ann\"\n";
    let mut entries = diary(&["Ann came."]);
    annotate(file, &mut entries, true);
    let [mention] = entries[0].mentions.as_slice() else { panic!("{:?}", entries[0].mentions) };
    assert_eq!((&*mention.key, mention.state), ("ann", MentionState::Unresolved));
    assert_eq!(&*mention.why, "the authority file's lines 3 and 7 both claim it");
}

#[track_caller]
fn check(texts: &[&str], expect: &[&str]) {
    let mut entries = diary(texts);
    annotate("", &mut entries, true);
    assert_eq!(entries.iter().map(people).collect::<Vec<_>>(), expect);
}

#[test]
fn people_are_told_from_what_else_has_capitals() {
    check(
        &[
            "To Mr. Moore's with Sir W. Pen, and dined at Deptford.",
            "Tridge and I went to Sydney. On Monday Tridge told me of Debian in Norwood Park.",
            "The Tower, the Exchange, Lombard Street and St. Paul's in October.",
            "I asked Harald, Marc and Jozsef. Rusty Russell said so.",
            "The Duke of York and my Lord Chancellor spoke. Lady Day. The King.",
            "God knows. Will you? Grace is given. Then E\u{2e3a} and I left.",
            "Met O'Brien, Jean-Paul Sartre and Ludwig van Beethoven.",
        ],
        &[
            "Mr. Moore=moore-mr Sir W. Pen=pen-sir-w",
            "Tridge=tridge Tridge=tridge",
            "",
            "Harald=harald Marc=marc Jozsef=jozsef",
            "Duke of York=york-duke-of",
            "E\u{2e3a}=e",
            "O'Brien=o-brien Jean-Paul Sartre=sartre-jean-paul Ludwig van Beethoven=beethoven-ludwig-van",
        ],
    );
}

#[test]
fn short_names_are_joined_only_where_that_is_safe() {
    // A rare name, an explained one, a second spelling, an initial.
    check(
        &["Ingo Molnar said so.", "Then Ingo wrote.", "By Vatsa (Srivatsa Vaddagiri).", "Vatsa wrote."],
        &[
            "Ingo Molnar=molnar-ingo",
            "Ingo=molnar-ingo",
            "Vatsa=vaddagiri-srivatsa Srivatsa Vaddagiri=vaddagiri-srivatsa",
            "Vatsa=vaddagiri-srivatsa",
        ],
    );
    check(
        &["Greg Kroah-Hartmann came.", "Greg Kroah-Hartmann left.", "Greg Kroah-Hartman wrote."],
        &[
            "Greg Kroah-Hartmann=kroah-hartmann-greg",
            "Greg Kroah-Hartmann=kroah-hartmann-greg",
            "Greg Kroah-Hartman=kroah-hartmann-greg",
        ],
    );
    // A common name far from the full one stays its own.
    let mut entries = diary(&["James Bottomley said so.", "James wrote."]);
    entries[1].date = entry((2003, 6, 1), "").date;
    annotate("", &mut entries, true);
    assert_eq!(people(&entries[1]), "James=james");
}

#[test]
fn ranks_in_a_row_are_one_and_their_spelling_is_of_no_account() {
    check(
        &[
            "Brig.-Gen. Rees spoke to Sgt. Major Platt and to the Rev. Mr. Cole.",
            "Corporal Briggs and Captain Nevill came. Captain Nevill left.",
            "Capt. Nevill is dead. Gen. Rees wrote.",
        ],
        &[
            "Brig.-Gen. Rees=rees-brig-gen Sgt. Major Platt=platt-sgt-major Rev. Mr. Cole=cole-rev-mr",
            "Corporal Briggs=briggs-corporal Captain Nevill=nevill-captain Captain Nevill=nevill-captain",
            "Capt. Nevill=nevill-captain Gen. Rees=rees-brig-gen",
        ],
    );
}

#[test]
fn a_surname_is_that_of_the_one_who_is_ever_spoken_of() {
    let mut texts = vec!["Gen. Bragg dined with me."; 10];
    texts.extend([
        "Mrs. Bragg sent flowers, and Mr. Ord wrote.",
        "Bragg has left the army.",
        "Mrs. Bragg and Bragg are here.",
    ]);
    let mut entries = diary(&texts);
    annotate("", &mut entries, true);
    let found = entries[10..].iter().map(people).collect::<Vec<_>>();
    assert_eq!(found[1..], ["Bragg=bragg-gen", "Mrs. Bragg=bragg-mrs Bragg=bragg"]);
}

#[test]
fn an_honorific_begins_another_name() {
    check(
        &[
            "By order of Gen. Bragg. Col. Northrop says so.",
            "Lady Batten Sir W. Penn and I.",
            "To Gen. Grant. Sherman is near.",
        ],
        &[
            "Gen. Bragg=bragg-gen Col. Northrop=northrop-col",
            "Lady Batten=batten-lady Sir W. Penn=penn-sir-w",
            "Gen. Grant=grant-gen Sherman=sherman",
        ],
    );
}

#[test]
fn initials_of_states_and_signatures_in_capitals_are_nobody() {
    check(
        &["They are at Raleigh, N. C. and H. W. came.", "We left at 4 P. M. for U. S. lines.", "[Signed] R. E. LEE."],
        &["H. W=w-h", "", ""],
    );
}

#[test]
fn a_name_behind_that_or_at_a_start_is_one() {
    check(
        &[
            "Jess told us that Callum fancies Liv. Watched it with Josh.",
            "Josh is being a pain. Callum and Liv told me so.",
            "Palm Sunday. Mail from @sarahmei, read @home (a@b.example).",
        ],
        &["Jess=jess Callum=callum Liv=liv Josh=josh", "Josh=josh Callum=callum Liv=liv", "sarahmei=sarahmei"],
    );
}

#[test]
fn verses_degrees_and_foreign_words_name_nobody() {
    check(
        &[
            "He preached on John iii. 16, and on Mark 4:2. Captain Watson, R.N., heard him.",
            "The pillar says \"imperat Inclyta Gothorum regis monumenta vetusta\".",
            "Mr. John Gibson, W.S., read C.K.S. and the N.S.W. papers.",
            "Went to Yorkshire with the C.I.D. Tea at Toc H.",
        ],
        &["Captain Watson=watson-captain", "", "Mr. John Gibson=gibson-mr-john", ""],
    );
}

#[test]
fn hosts_trades_and_initials_are_people() {
    check(
        &[
            "Thence to Michell's, and so home. He told me how Slany the timber merchant was a knave.",
            "At noon comes one Burston, a scrivener. Poor Mr. Pole.",
            "J. came over. K. and I ate with J. at the lake.",
            "K. rang. Read Thomas \u{e0} Kempis.",
        ],
        &[
            "Michell=michell Slany=slany",
            "Burston=burston Mr. Pole=pole-mr",
            "J=j K=k J=j",
            "K=k Thomas \u{e0} Kempis=kempis-thomas-\u{e0}",
        ],
    );
}

#[test]
fn people_are_addressed_in_the_language_of_the_entry() {
    for (lang, text, expect) in [
        (
            "de",
            "Heute mit Herrn Brandt und Tante Grete im Garten. Mit Anna Seidel am See.",
            "Herrn Brandt|Tante Grete|Anna Seidel",
        ),
        (
            "fr",
            "Vu M. Thiers \u{e0} la Chambre avec Mme Sand. L'abb\u{e9} Coignard y \u{e9}tait.",
            "M. Thiers|Mme Sand|abb\u{e9} Coignard",
        ),
        (
            "es",
            "El Sr. Guti\u{e9}rrez vino con don Ram\u{f3}n y la se\u{f1}ora Pilar. Comimos.",
            "Sr. Guti\u{e9}rrez|don Ram\u{f3}n|se\u{f1}ora Pilar",
        ),
        ("sv", "I dag kom herr Lindqvist och fru Berg.", "herr Lindqvist|fru Berg"),
        ("en", "I saw M. Thiers and don Juan.", "M. Thiers|Juan"),
    ] {
        let mut entries = diary(&[text]);
        entries[0].lang = Some(lang.to_owned());
        annotate("", &mut entries, true);
        let facets = entries[0].mentions.iter().filter(|m| m.facet == Facet::Person && m.state.is_facet());
        assert_eq!(facets.map(|m| &*m.form).collect::<Vec<_>>().join("|"), expect, "{lang}");
    }
}

#[test]
fn given_names_are_found_among_nouns_with_capitals() {
    let mut entries = diary(&[
        "Lene hat Fieber, und Otto sucht den Hund im Garten.",
        "Abends spielte Lene Klavier. Zweitausend Mark, im Ernst.",
        "Otto schwieg. Der Otto ist ein Esel.",
        "Otto und Lene.",
    ]);
    entries[..3].iter_mut().for_each(|entry| entry.lang = Some("de".to_owned()));
    annotate("", &mut entries, true);
    // The language of the last could not be told: it is that of the others.
    let found: Vec<String> = entries.iter().map(people).collect();
    assert_eq!(found, ["Lene=lene Otto=otto", "Lene=lene", "Otto=otto", "Otto=otto Lene=lene"]);
}

#[test]
fn kin_and_honorifics_lead_to_names_among_nouns() {
    check_in(
        "de",
        &[
            "Bei Lehrer Ahrens Geige gespielt. Frau Kowalski kam mit ihren Kindern Horst und Inge.",
            "Ahrens ist tot. Mit Inge Holz gesammelt. D\u{fc}nn wie ein Strich. Gestern hat Horst gelacht.",
        ],
        &[
            "Lehrer Ahrens=ahrens-lehrer Frau Kowalski=kowalski-frau Horst=horst Inge=inge",
            "Ahrens=ahrens-lehrer Inge=inge Horst=horst",
        ],
    );
}

#[test]
fn churches_beasts_and_vessels_are_no_people() {
    check(
        &[
            "A sermon at St. Paul's. Walked to Paul's, and met Sister Mullins.",
            "St. Paul's is burnt. They go about in Paul's, and to Paul's Churchyard.",
            "Sold our cow Daisy, and the ship Daisy sailed. Abe the eagle flew. Then Widow Marsh told Kelly-Ann so.",
        ],
        &["Sister Mullins=mullins-sister", "", "Widow Marsh=marsh-widow Kelly-Ann=kelly-ann"],
    );
}

#[test]
fn handles_in_small_letters_are_people_where_they_act_as_people_do() {
    let texts = [
        "Worked on the rzip code. Then zaphod told me of bugs in the kernel patch, but rzip works.",
        "zaphod said the driver code is fine. Released rzip. Mail of quux@example.org on the patch.",
        "The rzip code, released with zaphod. quux wrote of the driver code, quux told me so. It doesn't say so.",
    ];
    check(&texts, &["zaphod=zaphod", "zaphod=zaphod", "zaphod=zaphod quux=quux quux=quux"]);
}

#[test]
fn accents_keep_no_name_from_being_known() {
    let mut entries = diary(&[
        "Hoy vino Ram\u{f3}n con el pan. Mi padre. Pilar se ri\u{f3}.",
        "Joaqu\u{ed}n no volvi\u{f3} con Pilar.",
    ]);
    entries.iter_mut().for_each(|entry| entry.lang = Some("es".to_owned()));
    annotate("", &mut entries, true);
    assert_eq!(
        entries.iter().map(people).collect::<Vec<_>>(),
        ["Ram\u{f3}n=ram\u{f3}n Pilar=pilar", "Joaqu\u{ed}n=joaqu\u{ed}n Pilar=pilar"]
    );
}

/// The people of entries in one language.
fn people_in(lang: &str, texts: &[&str]) -> Vec<String> {
    let mut entries = diary(texts);
    entries.iter_mut().for_each(|entry| entry.lang = Some(lang.to_owned()));
    annotate("", &mut entries, true);
    entries.iter().map(people).collect()
}

/// Checks the people of entries in one language.
#[track_caller]
fn check_in(lang: &str, texts: &[&str], expect: &[&str]) {
    assert_eq!(people_in(lang, texts), expect, "{lang}");
}

#[test]
fn people_act_and_have_kin_in_the_language_of_the_entry() {
    check_in(
        "fr",
        &[
            "Vu un nomm\u{e9} Pouget. Hier Pouget ne parle pas. Arriv\u{e9} \u{e0} Saint-\u{c9}tienne.",
            "Pouget m'a demand\u{e9} du pain. Elle est l\u{e0}. D\u{ee}ner avec Briat.",
        ],
        &["Pouget=pouget Pouget=pouget", "Pouget=pouget Briat=briat"],
    );
    check_in(
        "it",
        &[
            "Prima lezione. Ho mangiato con la sorella Elvira. Mi ha detto di s\u{ec}.",
            "Il professor Galvani. Un certo Pieri.",
        ],
        &["Elvira=elvira", "professor Galvani=galvani-professor Pieri=pieri"],
    );
}

#[test]
fn virtues_and_unknown_given_names_before_surnames_are_people() {
    check(
        &[
            "Patience spun. Saw Mercy Pell and Comfort Dyer. To Job Hallowell the joiner.",
            "Then Patience sang. I paid Pelatiah Young.",
        ],
        &[
            "Patience=patience Mercy Pell=pell-mercy Comfort Dyer=dyer-comfort Job Hallowell=hallowell-job",
            "Patience=patience Pelatiah Young=young-pelatiah",
        ],
    );
    check(&["The virtue of patience. Patience is a virtue."], &[""]);
}

#[test]
fn nicknames_are_people_and_what_is_only_quoted_is_none() {
    check(
        &[
            "Big Dave sang \"Doris\" to a girl called Zuzka. I sat with J. B. till two.",
            "A band called Quux. Asked Spud, and Spud said no. RMS sang.",
        ],
        &["Big Dave=dave-big Zuzka=zuzka J. B=b-j", "Spud=spud Spud=spud RMS=rms"],
    );
}

#[test]
fn what_a_person_is_of_and_what_stands_among_places_is_none() {
    check(
        &[
            "Dr. Shaw, of Hopewell, preached. Elder Brewster of Scrooby and John Alden landed.",
            "The train goes by Crewe, Stafford, Birmingham. Stayed at Castle Howard. To Fort Henry.",
            "The Hotel Moderne. Place Vend\u{f4}me. Came from East Hopley.",
        ],
        &["Dr. Shaw=shaw-dr Elder Brewster=brewster-elder John Alden=alden-john", "", ""],
    );
}

#[test]
fn authors_towns_that_are_given_names_and_lords_of_mounts_are_people() {
    check(
        &[
            "Read Phoebe Dacre's Poems, and the lives of Florence Hobday and Jeanne d'Arc.",
            "Lord Mount Alban was there with Ed. Wickham.",
            "A scene from \"Trilby.\" Sir Hugh made Lord-Keeper, a man of parts.",
        ],
        &[
            "Phoebe Dacre=dacre-phoebe Florence Hobday=hobday-florence Jeanne d'Arc=d-arc-jeanne",
            "Lord Mount Alban=alban-lord-mount Ed. Wickham=wickham-ed",
            "Sir Hugh=hugh-sir",
        ],
    );
}

#[test]
fn whom_the_diarist_tells_the_trade_of_is_a_person() {
    check(
        &["Prinzen is the chief cook. Haberman, the man with the cough, is no better.", "Debian is a system."],
        &["Prinzen=prinzen Haberman=haberman", ""],
    );
}

#[test]
fn ordinary_words_that_stand_as_surnames_alone_are_surnames() {
    check(
        &[
            "If Trump wins, people say. Then Trump tweets. Not focusing on Trump.",
            "They run against Trump. The republic survives Trump, and Trump said so.",
            "A trout, a perch. We say Perch was there.",
        ],
        &["Trump=trump Trump=trump Trump=trump", "Trump=trump Trump=trump Trump=trump", ""],
    );
}

#[test]
fn a_surname_is_a_person_where_the_surnames_of_the_archive_are() {
    let told = "Denman told me so. Chapin and I dined. Nugent says it. Lapham wrote to me.";
    let people = "Denman=denman Chapin=chapin Nugent=nugent Lapham=lapham";
    check(&[told, "Nobody there but Irby."], &[people, "Irby=irby"]);
    check(&[told, "Nobody there but Irby. The Denison, in Haberman."], &[people, ""]);
}

/// Gives each entry a day a hundred days after the one before.
fn far_apart(entries: &mut [Entry]) {
    for (entry, number) in entries.iter_mut().zip((12_000..).step_by(100)) {
        entry.date.days = Day::from_number(number).map(diary::DaySpan::one);
    }
}

#[test]
fn a_name_is_not_joined_to_another_of_that_name() {
    // Brackets that hold somebody else, a surname as given name, a famous name, blanked names, a lady's surname.
    check(
        &["Mrs. Dickenson (Pepys) and Jack (Sir John) came.", "Jack told me of Pepys."],
        &["Mrs. Dickenson=dickenson-mrs Pepys=pepys Jack=jack Sir John=john-sir", "Jack=jack Pepys=pepys"],
    );
    check(
        &["Mrs. Pierce and Mr. Moore came. Pierce told me so.", "Mr. Pierce left."],
        &["Mrs. Pierce=pierce-mrs Mr. Moore=moore-mr Pierce=pierce", "Mr. Pierce=pierce-mr"],
    );
    let mut entries = diary(&[
        "Robinson Crusoe told Hurst.",
        "Robinson told me.",
        "Robinson met me.",
        "Robinson and I.",
        "Robinson said so.",
    ]);
    far_apart(&mut entries);
    annotate("", &mut entries, true);
    assert!(entries[1..].iter().all(|entry| people(entry) == "Robinson=robinson"));
    check(
        &["Lord Newton came. Dr. P\u{2e3a} told Mrs. Phipps.", "Newton said so. P\u{2e3a} and I met Phipps."],
        &[
            "Lord Newton=newton-lord Dr. P\u{2e3a}=p-dr Mrs. Phipps=phipps-mrs",
            "Newton=newton P\u{2e3a}=p Phipps=phipps",
        ],
    );
}

#[test]
fn a_rarer_namesake_nearby_does_not_take_over_a_common_given_name() {
    let mut entries = diary(&["Tom Purdie came.", "Tom Purdie left.", "I read of Tom Thumb.", "Tom told me."]);
    far_apart(&mut entries[..3]);
    entries[3].date = entries[2].date.clone();
    annotate("", &mut entries, true);
    assert_eq!(people(&entries[3]), "Tom=tom");
}

#[test]
fn private_people_leave_no_trace_in_public_entries() {
    let file = "[[person]]\nprefLabel = \"Jane Roe\"\nprivate = true\n";
    let texts = ["Jane Roe came. Jane and I left. Mrs. Roe said so.", "Jane Roe again, with Bob Smith."];
    let mut entries = diary(&texts);
    entries[1].visibility = Visibility::Private;
    let annotation = annotate(file, &mut entries, true);
    assert_eq!(people(&entries[0]), "");
    assert_eq!(people(&entries[1]), "Jane Roe=roe-jane Bob Smith=smith-bob");
    assert_eq!(annotation.suggestions, []);
    let jane = annotation.concepts.iter().find(|concept| concept.key == "roe-jane").unwrap();
    assert_eq!((jane.private, jane.entries, jane.private_entries, jane.names.len()), (true, 0, 1, 0));
}

#[test]
fn private_entries_teach_nothing_to_public_ones() {
    let mut entries = diary(&["Ingo told me so.", "Ingo Molnar came."]);
    entries[1].visibility = Visibility::Private;
    annotate("", &mut entries, true);
    assert_eq!(people(&entries[0]), "Ingo=ingo");
    assert_eq!(people(&entries[1]), "Ingo Molnar=molnar-ingo");
}

#[test]
fn projects_are_found_where_programs_are_spoken_of() {
    let texts = [
        "Worked on the hotplug CPU patch and rzip code for linux.conf.au.",
        "More bugs in hotplug CPU. Released rzip. The LCA submissions, SpamAssassin.",
        "The netfilter summit and the FHS list. hotplug code.",
    ];
    let mut entries = diary(&texts);
    annotate("", &mut entries, true);
    let projects = |entry: &Entry| {
        let mentions = entry.mentions.iter().filter(|mention| mention.facet == Facet::Project);
        mentions.map(|mention| mention.key.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(projects(&entries[0]), "hotplug-cpu rzip linux-conf-au");
    assert_eq!(projects(&entries[1]), "hotplug-cpu rzip linux-conf-au spamassassin");
    assert_eq!(projects(&entries[2]), "netfilter-summit fhs hotplug-cpu");
}

#[test]
fn handles_are_no_projects() {
    let texts = [
        "Worked on the rzip code. Then quux told me of bugs in the kernel patch.",
        "More bugs in rzip. quux said the driver code is fine. Mail of zaphod@example.org on the patch.",
        "The rzip code, released. Asked quux for patches. zaphod@example.net wrote of the driver code.",
    ];
    let mut entries = diary(&texts);
    annotate("", &mut entries, true);
    let mentions = entries.iter().flat_map(|entry| &entry.mentions);
    let projects: HashSet<&str> =
        mentions.filter(|mention| mention.facet == Facet::Project).map(|mention| &*mention.key).collect();
    assert_eq!(projects, HashSet::from(["rzip"]));
}

#[test]
fn one_thread_finds_what_many_find() {
    let texts = ["Tridge and I met Kai.", "Kai told Tridge.", "With Andrew Morton in Sydney.", "Andrew said so."];
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut entries = diary(&texts);
        let annotation = pool.install(|| annotate("", &mut entries, true));
        (entries, annotation)
    };
    assert_eq!(run(1), run(4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn mentions_stand_where_they_say(
        words in prop::collection::vec("[A-Z][a-zé]{0,6}|Mr\\.|Sir|of|Duke|and|I|told|the|[.,'’()\u{2e3a}-]{1,3}|[a-z_.]{1,8}|\\PC{1,4}|\n\n", 0..40),
        glue in "[ ]{0,1}",
    ) {
        let mut entries = vec![entry((2003, 1, 1), &words.join(&glue)), entry((2003, 1, 2), &words.join(" "))];
        annotate(ANDREW, &mut entries, true);
        for entry in &entries {
            let mut last: Option<(Facet, Span)> = None;
            for facet in [Facet::Person, Facet::Project] {
                for mention in entry.mentions.iter().filter(|mention| mention.facet == facet) {
                    prop_assert_eq!(mention.span.of(&entry.text), &*mention.form);
                    prop_assert!(!mention.form.is_empty());
                    prop_assert!(last.is_none_or(|(of, span)| of != facet || !span.overlaps(mention.span)));
                    last = Some((facet, mention.span));
                }
            }
        }
    }
}
