//! Names in languages other than English.

use super::{check_in, people_in};

#[test]
fn nouns_with_capitals_are_no_people_in_whatever_language() {
    check_in(
        "da",
        &[
            "Jeg sad ved Vinduet i Formiddags med mit Arbejde, og Sneen faldt i store Flager over Gaden og Marken. Vognen holdt udenfor Porten, og en Dame med Slør for Ansigtet gik ind i Huset. \
             Hun saa paa mig med et Smil, og jeg lukkede min Bog, tog min Hat og gik ud i Sneen for at faa lidt Luft og \
             glemme den lange Dag ved Vinduet.",
            "Saa kom Erik med et Brev fra sin Moder i Byen. Han lo af min Angst. Du er en Engel, sagde Erik.",
            "Fru Holm fik en Vogn til Kirken, og vi fulgte Kisten gennem Regnen med vore Blomster i Haanden.",
        ],
        &["", "Erik=erik Erik=erik", "Fru Holm=holm-fru"],
    );
}

#[test]
fn unknown_names_among_nouns_are_told_by_what_they_do() {
    check_in(
        "de",
        &[
            "Heute kam Amadu und brachte mir einen Brief vom Arzt. Im Garten blühten die Rosen.",
            "Amadu lachte und trug den Koffer ins Haus. Die Gewalt des Sturms war groß, mit Vorsicht gingen wir.",
            "Der Koffer stand im Garten. Mit Gewalt riß der Sturm die Rosen ab.",
        ],
        &["Amadu=amadu", "Amadu=amadu", ""],
    );
}

#[test]
fn german_titles_are_told_by_their_last_part() {
    check_in(
        "de",
        &["Herr Kapitänleutnant Vühler kam mit Baumeister Rolfs und dem Fürsten Brenk. Ardu Effendi ist gestorben."],
        &["Herr Kapitänleutnant Vühler=vühler-herr-kapitänleutnant Baumeister Rolfs=rolfs-baumeister \
             Fürsten Brenk=brenk-fürsten Ardu Effendi=effendi-ardu"],
    );
}

#[test]
fn words_of_no_list_are_people_where_those_of_the_diary_are() {
    let told = "Dîné chez Gravoult. Chez Gravoult hier. Rentré tard avec Gravoult. Vu Perrusset. Je parle avec Perrusset de mon \
                tableau, et Perrusset a ri, puis Perrusset vient chez moi pour voir le dessin que je fais.";
    let people = "Gravoult=gravoult Gravoult=gravoult Gravoult=gravoult Perrusset=perrusset Perrusset=perrusset \
                  Perrusset=perrusset Perrusset=perrusset";
    check_in("fr", &[told, "Une lettre de Maspoulet."], &[people, "Maspoulet=maspoulet"]);
    check_in("fr", &["Repris mon travail.", "Une lettre de Maspoulet."], &["", ""]);
}

#[test]
fn what_a_place_is_called_by_leads_to_no_person() {
    check_in(
        "es",
        &["Llegamos a la laguna de Clara y al fuerte de Mercedes. De San Pedro Sula vino don Ramón con Pilar."],
        &["don Ramón=ramón-don Pilar=pilar"],
    );
    check_in(
        "it",
        &["Alla Corte di Teodoro, con Teodoro e il signor Giacomo."],
        &["Teodoro=teodoro Teodoro=teodoro signor Giacomo=giacomo-signor"],
    );
}

#[test]
fn a_name_with_an_honorific_once_is_one_ever_after() {
    let mut texts = vec!["Naretto va avanti. Con Naretto si parte."; 12];
    texts.push("Viene il signor Naretto.");
    let mut expect = vec!["Naretto=naretto-signor Naretto=naretto-signor"; 12];
    expect.push("signor Naretto=naretto-signor");
    check_in("it", &texts, &expect);
}

#[test]
fn a_word_that_never_has_an_article_is_a_name_among_nouns() {
    let texts = [
        "Abends Trebisch.",
        "Zu Tisch Trebisch. Das Wetter war gut.",
        "Mit Trebisch im Theater.",
        "Kam Trebisch, dann Bad.",
    ];
    let mut all = [texts, texts].concat();
    all.push("Gut gegessen bei Trebischs.");
    let people = people_in("de", &all);
    assert!(people[..8].iter().all(|found| found == "Trebisch=trebisch"), "{people:?}");
    assert_eq!(people[8], "Trebisch=trebisch");
}

#[test]
fn the_end_of_a_word_with_hyphens_is_no_name() {
    check_in("de", &["In Dar-es-Salim kam Otto. Nach Dar-es-Salim ging Otto."], &["Otto=otto Otto=otto"]);
}

#[test]
fn the_case_of_an_honorific_makes_no_other_person() {
    check_in(
        "de",
        &["Herr Laue kam. Herr Laue blieb.", "Bei Herrn Laue und dem Grafen Pfahl.", "Graf Pfahl ging."],
        &[
            "Herr Laue=laue-herr Herr Laue=laue-herr",
            "Herrn Laue=laue-herr Grafen Pfahl=pfahl-graf",
            "Graf Pfahl=pfahl-graf",
        ],
    );
}
