//! What was wrong at the first sight of some more diaries, of five centuries and of programmers.

use super::unseen::{of_programs, projects};
use super::{annotate, check, check_in, diary, entry, people};
use diary::{Link, Span};

#[test]
fn the_o_of_a_call_is_no_initial() {
    check(
        &["O Lydia, God comfort you! Met M. O. Trenholm and Molly O'Brien."],
        &["Lydia=lydia M. O. Trenholm=trenholm-m-o Molly O'Brien=o-brien-molly"],
    );
}

#[test]
fn a_sentence_that_begins_behind_an_initial_is_no_surname() {
    check(&["I called J. Nobody called me.", "Met J. at last. J. told me so."], &["J=j", "J=j J=j"]);
}

#[test]
fn whom_one_looks_at_is_no_place() {
    check(
        &["I look at Tomasch all day.", "Priyaka told me. He shouted at Priyaka, and Tomasch said no."],
        &["Tomasch=tomasch", "Priyaka=priyaka Priyaka=priyaka Tomasch=tomasch"],
    );
}

#[test]
fn a_surname_cut_to_its_initial_tells_two_people_apart() {
    check(
        &["Sarah told me that Sarah P. is the better singer, and Sarah P. smiled."],
        &["Sarah=sarah Sarah P=p-sarah Sarah P=p-sarah"],
    );
}

#[test]
fn the_number_of_a_king_belongs_to_his_name_without_his_title() {
    check(&["Talk of Louis XIV! Of him we spoke."], &["Louis XIV=louis-xiv"]);
}

#[test]
fn names_of_old_are_told_by_their_titles_and_spellings() {
    check(
        &[
            "Met Bongo Dono and Ushanuske Dono in the towne. I retorned with Cavalier Pontelli.",
            "The chirurgion now com, Benjamyn Parsons, was drunken.",
        ],
        &[
            "Bongo Dono=dono-bongo Ushanuske Dono=dono-ushanuske Cavalier Pontelli=pontelli-cavalier",
            "Benjamyn Parsons=parsons-benjamyn",
        ],
    );
}

#[test]
fn seats_and_churches_are_no_people() {
    check(
        &["Long walk on Arthur's Seat. Then to Chiesa dei Cavalieri and Mont Boyon, where a Frenchwoman sang."],
        &[""],
    );
}

#[test]
fn names_in_lines_of_their_own_are_not_among_foreign_words() {
    check(&["New:\n\nqeole iawak nchint\n\nVladimir Iacob\n\nsreeise ferjm"], &["Vladimir Iacob=iacob-vladimir"]);
}

#[test]
fn who_acts_at_the_start_of_a_sentence_in_small_letters_is_somebody() {
    let text = "emiliop updated the kernel code.\n\nMs2gor fixed the driver.\n\nSimonSapon optimized the patch.\n\nfrobber is fast.";
    let mut entries = of_programs(text);
    entries.push(entry((2003, 1, 10), "Emiliop came here. The frobber code is a patch."));
    annotate("", &mut entries, true);
    assert_eq!(people(&entries[2]), "emiliop=emiliop Ms2gor=ms2gor SimonSapon=simonsapon");
    assert_eq!(people(&entries[3]), "Emiliop=emiliop");
}

#[test]
fn who_has_an_account_is_a_person_and_a_program_is_none() {
    let text = "New: Qeolo Warren, tylor and Docket.";
    let mut entries = of_programs(text);
    for (name, target) in [
        ("Qeolo Warren", "https://github.com/qeolo"),
        ("tylor", "https://twitter.com/tylor"),
        ("Docket", "https://github.com/docket"),
    ] {
        let start = text.find(name).unwrap();
        entries[2].links.push(Link { span: Span::new(start, start + name.len()), target: target.to_owned() });
    }
    annotate("", &mut entries, true);
    assert_eq!(people(&entries[2]), "Qeolo Warren=warren-qeolo tylor=tylor");
}

#[test]
fn an_ordinary_word_with_a_capital_is_a_project_where_it_is_spoken_of_as_one() {
    let mut entries = of_programs("More bugs.");
    let texts =
        ["We fixed it in the Servo code.", "He put it in the Servo project.", "In the Servo build, and in Parliament."];
    let days = (10..).zip(texts.iter().chain(&texts));
    entries.extend(days.map(|(day, text)| entry((2003, 1, day), text)));
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[3]), "servo");
    assert_eq!(projects(&entries[5]), "servo");
}

#[test]
fn portuguese_names_have_articles_small_words_and_verbs_of_the_past() {
    check_in(
        "pt",
        &[
            "Na redação o Meireles cortou-me o artigo. Estavam a Maria do Carmo e a D. Ermelinda com o padre Anselmo, e ninguém \
             falou do que se passara na véspera em casa do doutor.",
            "O Meireles abraçou o Zé Luís. Vi o Meireles chorar, e depois o Zé Luís partiu para Lisboa sem dizer nada.",
        ],
        &[
            "Meireles=meireles Maria do Carmo=carmo-maria-do D. Ermelinda=ermelinda-d padre Anselmo=anselmo-padre",
            "Meireles=meireles Zé Luís=luís-zé Meireles=meireles Zé Luís=luís-zé",
        ],
    );
}

#[test]
fn where_the_small_words_are_not_known_unknown_words_are_nobody() {
    let text =
        "Päivän aamulla lähdimme Simnitzasta marssimaan, ja Matti sanoi Plevnan olevan lähellä. Simnitzasta tulimme.";
    check_in("fi", &[text, text, text], &["Matti=matti", "Matti=matti", "Matti=matti"]);
}

#[test]
fn who_is_taken_into_the_file_keeps_his_short_names() {
    let texts =
        ["Met Hiroshi Tanabe, the builder.", "Tanabe was right, and Tanabe told me so.", "Told Hiroshi all of it."];
    let found =
        ["Hiroshi Tanabe=tanabe-hiroshi", "Tanabe=tanabe-hiroshi Tanabe=tanabe-hiroshi", "Hiroshi=tanabe-hiroshi"];
    for file in [
        "",
        "[[person]]\nprefLabel = \"Hiroshi Tanabe\"\n",
        "[[person]]\nkey = \"tanabe-hiroshi\"\nprefLabel = \"Hiroshi Tanabe\"\n",
    ] {
        let mut entries = diary(&texts);
        annotate(file, &mut entries, true);
        assert_eq!(entries.iter().map(people).collect::<Vec<_>>(), found, "{file}");
    }
}

#[test]
fn a_word_before_a_given_name_is_a_nickname_where_they_often_stand_together() {
    check(
        &[
            "Dined with Tin Jack. Then Tin Jack and Lloyd went.",
            "Louder, Tin Jack gave a reading. A pet canoe of Tin Jack's. Tom Day told many tales, and the Samoans sang.",
        ],
        &["Tin Jack=jack-tin Tin Jack=jack-tin Lloyd=lloyd", "Tin Jack=jack-tin Tin Jack=jack-tin Tom Day=day-tom"],
    );
}
