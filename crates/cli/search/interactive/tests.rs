//! What keys do to the state, and the frames that are drawn of it.

use super::draw::{Look, draw, fit};
use super::state::{KEYS, Pane, State, Wish};
use super::worker::{Asking, Done, Job, Opened, work};
use diary_cli::terminal::{Exit, INTERRUPTED};
use diary_query::{Answer, LocalEngine, Request};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::path::Path;
use std::sync::mpsc::channel;

/// An index of a few entries, with a name that is wide and one that is long.
struct Diary {
    _folder: tempfile::TempDir,
    engine: LocalEngine,
}

impl Diary {
    fn new(entries: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let day = |day: usize| {
            let (month, date) = (day / 28 + 1, day % 28 + 1);
            format!(
                "# 2003-{month:02}-{date:02}\n\nRain {day}, said Ann Lee. 雪が降った。\u{1b}[2J\n\n{}\n\n",
                "and more of it. ".repeat(60)
            )
        };
        let diary = folder.path().join("diary");
        std::fs::create_dir(&diary).unwrap();
        std::fs::write(diary.join("diary.md"), (0..entries).map(day).collect::<String>()).unwrap();
        std::fs::write(diary.join("people.toml"), "[[person]]\nprefLabel = \"Ann Lee\"\n").unwrap();
        let config = diary_cli::config::ArchiveConfig::of_path(&diary);
        let inputs = diary_cli::refresh::inputs(&[config]);
        let index = folder.path().join("index");
        diary_ingest::build::build(&index, &inputs, &Default::default(), &|_| {}).unwrap();
        let engine = LocalEngine::open(&index, false).unwrap();
        Self { _folder: folder, engine }
    }

    /// Gives the state what it wishes for, as the worker would.
    fn grant(&self, state: &mut State, wish: Option<Wish>) {
        let job = match wish {
            Some(Wish::Search(asking)) => Job::Search(asking),
            Some(Wish::Read(id, query)) => Job::Read(id, query),
            _ => return,
        };
        for done in self.work(vec![job]) {
            match done {
                Done::Searched(number, answer) => state.answered(number, answer),
                Done::Read(opened) => state.opened(opened),
            }
        }
    }

    fn work(&self, jobs: Vec<Job>) -> Vec<Done> {
        let (asking, coming) = channel();
        let (telling, done) = channel();
        let count = jobs.iter().filter(|job| matches!(job, Job::Read(..))).count();
        let count = count + usize::from(jobs.iter().any(|job| matches!(job, Job::Search(_))));
        // They are all there before the worker looks, however slow this machine is.
        jobs.into_iter().for_each(|job| asking.send(job).unwrap());
        std::thread::scope(|scope| {
            scope.spawn(move || work(&self.engine, &Request::default(), &coming, &telling));
            let all = (0..count).map(|_| done.recv().unwrap()).collect();
            drop(asking);
            all
        })
    }

    /// A state that has its answer.
    fn state(&self, query: &str) -> State {
        let mut state = State::new(query);
        let asking = state.asking();
        self.grant(&mut state, Some(Wish::Search(asking)));
        assert!(!state.is_waiting() && state.answer.is_some());
        state
    }

    /// Presses keys, and grants what they wish for.
    fn press(&self, state: &mut State, keys: &[KeyCode]) {
        for code in keys {
            let wish = state.key(KeyEvent::from(*code));
            self.grant(state, wish);
        }
    }
}

const PLAIN: Look = Look { color: false, ascii: false, archives: false };

/// The rows of a screen of this size.
fn drawn(state: &mut State, columns: u16, rows: u16, look: Look) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| {
            fit(state, frame.area());
            draw(frame, state, look);
        })
        .unwrap();
    let buffer = terminal.backend().buffer();
    let rows = buffer.content.chunks(columns.into());
    rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>().trim_end().to_owned()).collect()
}

fn control(c: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
}

fn letters(text: &str) -> Vec<KeyCode> {
    text.chars().map(KeyCode::Char).collect()
}

#[test]
fn what_is_pasted_is_text_and_no_key() {
    let mut state = State::new("hotplug ");
    for pane in [Pane::Query, Pane::Hits, Pane::Facets] {
        state.pane = pane;
        assert!(matches!(state.paste("cpu\r\n q\to\u{1b}e "), Some(Wish::Search(_))));
        assert_eq!((state.line.text(), state.pane), ("hotplug cpu q o e", Pane::Query));
        state.line = super::line::Line::new("hotplug ");
    }
    assert_eq!(state.paste("\n"), None);
    state.paste(&"é".repeat(5000));
    assert!((4090..=4096).contains(&state.line.text().len()));
}

#[test]
fn what_is_typed_is_searched_for() {
    let diary = Diary::new(30);
    let mut state = diary.state("");
    assert_eq!(state.hits().len(), 30);
    diary.press(&mut state, &letters("rain 7"));
    assert_eq!((state.line.text(), state.hits()[0].id.as_str().rsplit('/').next()), ("rain 7", Some("2003-01-08")));
    let screen = drawn(&mut state, 80, 24, PLAIN);
    assert!(screen[0].starts_with("> rain 7") && screen[0].contains("1 entry"), "{screen:#?}");
    assert!(screen[2].starts_with("▌ Wed 8 Jan 2003   Ann Lee"), "{screen:#?}");
    assert!(screen[3].contains("Rain 7, said Ann Lee. 雪"), "{screen:#?}");
    assert!(screen[23].contains("Enter read the entry") && screen[23].contains("F1 all keys"), "{screen:#?}");
    assert!(!screen.concat().contains('\u{1b}'), "{screen:#?}");
    assert_eq!(state.key(control('u')).map(|wish| matches!(wish, Wish::Search(_))), Some(true));
    assert!(state.is_waiting());
    assert!(drawn(&mut state, 80, 24, PLAIN)[0].ends_with('…'));
}

#[test]
fn an_answer_that_was_overtaken_is_not_shown() {
    let diary = Diary::new(3);
    let mut state = diary.state("rain");
    let (old, new) = (state.asking(), state.asking());
    let answer = |state: &State| -> Answer { state.answer.clone().unwrap() };
    let named = |state: &State, query: &str| Answer { query: query.to_owned(), ..answer(state) };
    state.answered(new.number, Ok(named(&state, "new")));
    state.answered(old.number, Ok(named(&state, "old")));
    assert_eq!(answer(&state).query, "new");
    state.answered(new.number + 1, Err("the index is gone".to_owned()));
    assert_eq!((answer(&state).query.as_str(), state.said.as_str()), ("new", "the index is gone"));
}

#[test]
fn of_questions_in_a_row_the_last_is_asked() {
    let diary = Diary::new(3);
    let asking = |number, text: &str| Job::Search(Asking { number, text: text.to_owned(), limit: 5 });
    let done = diary.work(vec![asking(1, "r"), asking(2, "ra"), asking(3, "rain")]);
    let numbers: Vec<u64> = done
        .iter()
        .filter_map(|done| if let Done::Searched(number, _) = done { Some(*number) } else { None })
        .collect();
    assert_eq!(numbers, [3]);
}

#[test]
fn a_value_is_added_to_the_query_and_taken_out() {
    let diary = Diary::new(30);
    let mut state = diary.state("rain");
    diary.press(&mut state, &[KeyCode::Tab, KeyCode::Tab]);
    assert_eq!(state.pane, Pane::Facets);
    diary.press(&mut state, &letters(" "));
    assert!(state.line.text().starts_with("rain person:"), "{}", state.line.text());
    assert!(state.values()[state.facet].1.selected);
    let screen = drawn(&mut state, 120, 20, PLAIN);
    assert!(screen.iter().any(|row| row.contains("▌ [x] Ann Lee")), "{screen:#?}");
    diary.press(&mut state, &[KeyCode::Enter]);
    assert_eq!(state.line.text(), "rain");
    // The months of a diary of two months.
    let screen = drawn(&mut state, 120, 20, PLAIN).join("\n");
    assert!(screen.contains("[ ] Jan 2003") && screen.contains("[ ] Feb 2003"), "{screen}");
    diary.press(&mut state, &[KeyCode::Esc]);
    assert_eq!(state.pane, Pane::Query);
}

#[test]
fn an_entry_is_read_whole_with_its_marks_and_left_again() {
    let diary = Diary::new(3);
    let mut state = diary.state("rain");
    diary.press(&mut state, &[KeyCode::Down, KeyCode::Enter]);
    let opened = |state: &State| -> Opened { state.opened.clone().unwrap() };
    assert_eq!(opened(&state).entry.id, state.hits()[1].id);
    assert_eq!(opened(&state).marks.len(), 1);
    let screen = drawn(&mut state, 40, 10, PLAIN);
    assert!(screen[1].ends_with(opened(&state).entry.id.as_str()) && screen[2].starts_with("  Rain"), "{screen:#?}");
    diary.press(&mut state, &letters("G"));
    assert!(drawn(&mut state, 40, 10, PLAIN)[8].contains("people: Ann Lee"));
    let end = opened(&state).first_row;
    diary.press(&mut state, &letters("k"));
    assert_eq!(opened(&state).first_row, end - 1);
    diary.press(&mut state, &letters("n"));
    assert_eq!(opened(&state).entry.id, state.hits()[2].id);
    diary.press(&mut state, &letters("n"));
    assert_eq!(state.said, "this is the last hit");
    assert_eq!(state.key(KeyEvent::from(KeyCode::Char('o'))), Some(Wish::Browse));
    diary.press(&mut state, &[KeyCode::Esc]);
    assert!(state.opened.is_none() && state.hit == 2);
}

#[test]
fn more_hits_come_when_the_end_is_in_sight() {
    let diary = Diary::new(120);
    let mut state = diary.state("");
    drawn(&mut state, 80, 24, PLAIN);
    assert_eq!(state.hits().len(), 50);
    diary.press(&mut state, &[KeyCode::Tab, KeyCode::End]);
    assert_eq!((state.hits().len(), state.hit), (100, 49));
    diary.press(&mut state, &[KeyCode::End, KeyCode::End]);
    assert_eq!((state.hits().len(), state.hit), (120, 119));
    let screen = drawn(&mut state, 80, 24, PLAIN);
    assert!(screen.iter().any(|row| row.starts_with("▌ Wed 1 Jan 2003")), "{screen:#?}");
    diary.press(&mut state, &[KeyCode::Home]);
    assert!(drawn(&mut state, 80, 24, PLAIN)[2].starts_with("▌ "));
}

#[test]
fn leaving_tells_whether_something_was_found() {
    let diary = Diary::new(3);
    for (query, exit) in [("rain", Exit(0)), ("zzyzx", Exit(1))] {
        let mut state = diary.state(query);
        assert_eq!(state.key(KeyEvent::from(KeyCode::Esc)), Some(Wish::Quit(exit)), "{query}");
        assert_eq!(state.key(control('c')), Some(Wish::Quit(INTERRUPTED)));
        assert_eq!(state.key(control('z')), Some(Wish::Suspend));
    }
    let mut state = diary.state("rain date:1999");
    let screen = drawn(&mut state, 80, 24, PLAIN).join("\n");
    assert!(screen.contains("No entry.") && screen.contains("without date:1999: 3 entries"), "{screen}");
}

#[test]
fn every_screen_is_whole_at_every_size() {
    let diary = Diary::new(30);
    for (columns, rows) in [(1, 1), (7, 3), (20, 5), (40, 10), (60, 24), (80, 24), (120, 40), (200, 60)] {
        let mut state = diary.state("rain person:\"Ann Lee\" 雪");
        for keys in [vec![], vec![KeyCode::Tab, KeyCode::Tab], vec![KeyCode::Esc, KeyCode::Enter], vec![KeyCode::F(1)]]
        {
            diary.press(&mut state, &keys);
            for look in [PLAIN, Look { color: true, ascii: true, archives: false }] {
                let screen = drawn(&mut state, columns, rows, look);
                assert_eq!(screen.len(), usize::from(rows));
                assert!(!look.ascii || !screen.concat().contains(['▌', '…', '·']), "{screen:#?}");
            }
        }
    }
}

#[test]
fn every_key_is_shown_and_told_in_the_manual() {
    let diary = Diary::new(1);
    let mut state = diary.state("");
    diary.press(&mut state, &[KeyCode::F(1)]);
    for (columns, rows) in [(80, 24), (40, 48)] {
        let screen = drawn(&mut state, columns, rows, PLAIN).join("\n");
        for key in &KEYS {
            assert!(screen.contains(key.key), "{} at {columns}x{rows}: {screen}", key.key);
        }
    }
    // A screen without room for all shows those of the place that has the keys.
    let screen = drawn(&mut state, 40, 14, PLAIN).join("\n");
    assert!(screen.contains("read the entry") && screen.contains("suspend, draw anew"), "{screen}");
    assert!(!screen.contains("edit its source"), "{screen}");
    diary.press(&mut state, &letters("x"));
    assert!(!state.shows_keys && state.line.text().is_empty());
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/cli/README.md")).unwrap();
    for key in &KEYS {
        let row = format!("| {} | `{}` | {} |", key.place, key.key, key.does);
        assert!(readme.contains(&row), "crates/cli/README.md lacks {row}");
    }
}
