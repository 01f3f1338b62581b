//! What was wrong in diaries that nobody had tried.

use super::{annotate, check, diary, entry};
use diary::{Entry, Facet, Link, Span};

#[test]
fn arabic_names_with_an_article_inside_are_people_but_places_are_not() {
    check(
        &[
            "Jemal-ed-Din said so, and Shems-el-Omra too. Met Bawa Sahib and Arabi Pasha with Nawab Rasul Yar Khan.",
            "We marched by Tel-el-Kebir, and saw Lime-street. Met Sheykh Hassan.",
        ],
        &[
            "Jemal-ed-Din=jemal-ed-din Shems-el-Omra=shems-el-omra Bawa Sahib=sahib-bawa Arabi Pasha=pasha-arabi \
             Nawab Rasul Yar Khan=khan-nawab-rasul-yar",
            "Sheykh Hassan=hassan-sheykh",
        ],
    );
}

#[test]
fn an_honorific_of_several_is_in_the_name_of_none() {
    check(
        &["He was helped by Lieutenants William Jouett and Henry Loomis."],
        &["William Jouett=jouett-william Henry Loomis=loomis-henry"],
    );
}

#[test]
fn initials_before_a_word_of_the_language_are_no_name() {
    check(
        &[
            "Met A. B. Breedte. N. B. Het schip lag vast in het ijs, en het woei hard.",
            "Het ijs brak, het schip kwam los, en A. B. Breedte zag het land in het noorden.",
        ],
        &["A. B. Breedte=breedte-a-b", "A. B. Breedte=breedte-a-b"],
    );
}

#[test]
fn the_number_of_a_king_is_part_of_his_name() {
    check(&["King Edward VII was here."], &["King Edward VII=king-edward-vii"]);
}

#[test]
fn a_knight_is_called_by_his_given_name() {
    check(
        &[
            "Met Sir Philip Warwicke, and Sir Philip told me of Sir George.",
            "Sir William Batten and Sir W. Penn came, and I dined with Sir William.",
            "With Sir William Batten, and then both Sir Williams went.",
        ],
        &[
            "Sir Philip Warwicke=warwicke-sir-philip Sir Philip=warwicke-sir-philip Sir George=george-sir",
            "Sir William Batten=batten-sir-william Sir W. Penn=penn-sir-w Sir William=william-sir",
            "Sir William Batten=batten-sir-william Sir Williams=williams-sir",
        ],
    );
}

#[test]
fn a_given_name_behind_a_quarter_of_the_sky_is_a_place() {
    check(&["Her brother lives in Southern Georgia."], &[""]);
}

#[test]
fn offices_calls_and_islands_are_no_people() {
    check(
        &[
            "Her father was elected Governor. Heh, Alan Watts told me so. They are on Prince of Wales Island.",
            "Met Hon. Wm. H. Lamport there.",
        ],
        &["Alan Watts=watts-alan", "Wm. H. Lamport=lamport-wm-h"],
    );
}

#[test]
fn a_firm_is_not_whom_a_bare_surname_means() {
    check(
        &["To Messrs. Longworth in the evening.", "Longworth told me so."],
        &["Messrs. Longworth=longworth-messrs", "Longworth=longworth"],
    );
}

#[test]
fn words_of_addresses_are_none_of_the_language() {
    check(
        &[
            "Asheesh told me of his server. See www.asheesh.org, blog.asheesh.org and asheesh.org/asheesh.",
            "Asheesh and I.",
        ],
        &["Asheesh=asheesh", "Asheesh=asheesh"],
    );
}

/// Some entries that speak of programs, then `text`.
pub(super) fn of_programs(text: &str) -> Vec<Entry> {
    let others = ["Worked on the rzip code and the kernel patch.", "More bugs in the rzip driver code."];
    let mut entries = diary(&others);
    entries.push(entry((2003, 1, 9), text));
    entries
}

pub(super) fn projects(entry: &Entry) -> String {
    let projects = entry.mentions.iter().filter(|mention| mention.facet == Facet::Project);
    projects.map(|mention| &*mention.key).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_coined_word_that_is_linked_or_in_the_title_is_a_project() {
    let text = "Tried reprepro and aiccu.";
    let mut entries = of_programs(text);
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[2]), "");
    let at = text.find("aiccu").map(|start| Span::new(start, start + 5)).unwrap();
    entries[2].links.push(Link { span: at, target: "https://example.org/".to_owned() });
    entries[2].title = Some("On reprepro".to_owned());
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[2]), "reprepro aiccu reprepro");
}

#[test]
fn a_capital_inside_makes_a_project_of_what_begins_like_a_surname() {
    let mut entries = of_programs("Back from DebConf, where I met Mary McAdam.");
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[2]), "debconf");
}

#[test]
fn a_coined_word_of_which_there_are_several_is_no_project() {
    let mut entries = of_programs("On a sidepost, the patch. As a sidepost, more code. In a sidepost release.");
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[2]), "");
}

#[test]
fn programs_of_ordinary_words_are_projects_by_their_versions() {
    let mut entries =
        of_programs("Uploaded print-my-name 0.2.38-1, the new Fedora driver and Tweelo 2.5 for the up-to-date kernel.");
    entries
        .push(entry((2003, 1, 10), "The Tweelo driver code is of the last minute. Back to Fedora 9 and its bugfixes."));
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[2]), "print-my-name fedora tweelo");
    assert_eq!(projects(&entries[3]), "tweelo fedora");
}

#[test]
fn words_of_another_language_are_no_projects() {
    let text = "Questo programma per la manutenzione di Debian e la candidatura al progetto netfilter.";
    let mut entries = of_programs("The rzip code is the code of the kernel.");
    entries.extend([entry((2003, 1, 10), text), entry((2003, 1, 11), text)]);
    entries[3..].iter_mut().for_each(|entry| entry.lang = Some("it".to_owned()));
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[3]), "debian netfilter");
}

#[test]
fn a_handle_made_of_a_name_is_no_project() {
    let mut entries = of_programs("Met Gabriele Sveltor and Peter Bengtsor, who works on code.");
    let text = "Bugs fixed, by handle: gsveltor 9 in the driver code, peterbe 4 in the kernel code, with rzip.";
    entries.extend([entry((2003, 1, 10), text), entry((2003, 1, 11), text)]);
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[3]), "rzip");
}

#[test]
fn classes_in_a_row_and_people_who_work_on_a_program_are_no_projects() {
    let mut entries =
        of_programs("Missing in the documentation: AcquireFile AcquireItem ActionGroup. I am a Debian Developer.");
    annotate("", &mut entries, true);
    assert_eq!(projects(&entries[2]), "debian");
}
