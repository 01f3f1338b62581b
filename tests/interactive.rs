//! `diary-search -i` at a real terminal: tmux gives one, and tells what is on it.

use crate::world::World;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A terminal with a shell in it, gone with the value.
struct Terminal {
    socket: String,
}

impl Terminal {
    /// `None`, with a word, where there is no tmux.
    fn start(world: &World, columns: u16, rows: u16) -> Option<Self> {
        let socket = world.path().join("tmux").to_string_lossy().into_owned();
        let program = world.command("diary-search").get_program().to_string_lossy().into_owned();
        let folder = program.rsplit_once('/').unwrap().0.to_owned();
        let shell = format!(
            "env -i HOME={} PATH={folder}:/usr/bin:/bin TERM=screen LC_ALL=C.UTF-8 BROWSER=no-such-browser PS1='$ ' sh -i",
            world.path().display()
        );
        let terminal = Self { socket };
        let (columns, rows) = (columns.to_string(), rows.to_string());
        let mut start = terminal.tmux(&["-f", "/dev/null", "new-session", "-d", "-x", &columns, "-y", &rows, &shell]);
        match start.current_dir(world.path()).env("LC_ALL", "C.UTF-8").output() {
            Ok(done) if done.status.success() => Some(terminal),
            tried => {
                eprintln!("skipped: tmux gives no terminal ({tried:?})");
                None
            }
        }
    }

    fn tmux(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.args(["-u", "-S", &self.socket]).args(arguments).stdin(Stdio::null());
        command
    }

    /// Pastes, as terminals do it that say where what is pasted begins and ends.
    fn pastes(&self, text: &str) {
        assert!(self.tmux(&["set-buffer", text]).status().unwrap().success());
        assert!(self.tmux(&["paste-buffer", "-p"]).status().unwrap().success());
    }

    /// Presses keys, as tmux calls them.
    fn press(&self, keys: &[&str]) {
        assert!(self.tmux(&[&["send-keys"], keys].concat()).status().unwrap().success());
    }

    fn types(&self, text: &str) {
        self.press(&["-l", text]);
    }

    fn screen(&self) -> String {
        String::from_utf8_lossy(&self.tmux(&["capture-pane", "-p"]).output().unwrap().stdout).into_owned()
    }

    /// The program that the shell runs. The shell is asked, since other diaries may be searched on this machine too.
    fn child(&self) -> String {
        let said = |command: &mut Command| String::from_utf8_lossy(&command.output().unwrap().stdout).trim().to_owned();
        let shell = said(&mut self.tmux(&["display", "-p", "#{pane_pid}"]));
        said(Command::new("pgrep").args(["-P", &shell]))
    }

    /// Waits until the screen is as it should be.
    #[track_caller]
    fn until(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let started = Instant::now();
        loop {
            let screen = self.screen();
            if is_so(&screen) {
                return;
            }
            assert!(started.elapsed() < Duration::from_secs(60), "never {what}:\n{screen}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    #[track_caller]
    fn shows(&self, words: &str) {
        self.until(words, |screen| screen.contains(words));
    }

    /// Waits for the shell again, on a screen that has nothing of ours, and asks it for the last exit status.
    #[track_caller]
    fn is_left_with(&self, code: i32) {
        self.until("the shell again", |screen| !screen.contains("F1 all keys") && !screen.contains("? all keys"));
        self.types("echo left with $?; stty -a | grep -o ' .\\?icanon'\n");
        self.until("the exit status", |screen| screen.contains(&format!("left with {code}\n")));
        self.until("the terminal as it was", |screen| screen.lines().any(|line| line.trim() == "icanon"));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.tmux(&["kill-server"]).stderr(Stdio::null()).status();
    }
}

#[test]
fn a_person_searches_reads_and_leaves() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let Some(terminal) = Terminal::start(&world, 120, 30) else { return };
    terminal.shows("$");
    terminal.types("diary-search -i hotplug\n");
    terminal.shows("> hotplug");
    terminal.shows("6 entries");
    terminal.types(" person:linus");
    terminal.shows("1 entry");
    terminal.press(&["C-w"]);
    terminal.shows("6 entries");
    terminal.press(&["Down", "Enter"]);
    terminal.shows("Esc back");
    terminal.press(&["o"]);
    terminal.shows("https://ozlabs.org/");
    terminal.press(&["Escape"]);
    terminal.shows("F1 all keys");
    // The facets at the side, then a screen that has no room for them.
    terminal.press(&["Tab", "Tab"]);
    terminal.shows("on or off");
    terminal.press(&["Space"]);
    terminal.shows("[x]");
    assert!(terminal.tmux(&["resize-window", "-x", "40", "-y", "12"]).status().unwrap().success());
    terminal.shows("on or off");
    terminal.press(&["?"]);
    terminal.shows("any key goes back");
    // One by one: an escape with more behind it is another key.
    terminal.press(&["x"]);
    terminal.shows("on or off");
    terminal.press(&["Escape"]);
    terminal.shows("F1 all keys");
    terminal.pastes("\nrzip\nq");
    terminal.shows("rzip q");
    terminal.press(&["Escape"]);
    terminal.is_left_with(0);
    terminal.types("clear; diary-search -i zzyzxqq\n");
    terminal.shows("No entry.");
    terminal.press(&["C-c"]);
    terminal.is_left_with(130);
}

#[test]
fn the_terminal_is_given_back_by_every_way_out() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let Some(terminal) = Terminal::start(&world, 80, 24) else { return };
    terminal.shows("$");
    for (signal, code) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        terminal.types("clear; diary-search -i hotplug\n");
        terminal.shows("6 entries");
        let child = terminal.child();
        assert!(Command::new("kill").args([&format!("-{signal}"), &child]).status().unwrap().success(), "{child}");
        terminal.is_left_with(code);
    }
    terminal.types("clear; diary-search -i hotplug\n");
    terminal.shows("6 entries");
    terminal.press(&["C-z"]);
    terminal.until("suspended", |screen| screen.contains("Stopped") || screen.contains("Suspended"));
    terminal.types("clear; fg\n");
    terminal.shows("6 entries");
    terminal.types(" cpu");
    terminal.shows("> hotplug cpu");
    terminal.press(&["Escape"]);
    terminal.is_left_with(0);
    let pipe = world.search(&["-i", "hotplug"]).code(2).says("-i needs a terminal");
    assert_eq!(pipe.stdout, "");
}

#[test]
fn it_ends_with_its_terminal() {
    let world = World::rusty();
    world.ingest(&[]).code(0);
    let Some(terminal) = Terminal::start(&world, 80, 24) else { return };
    terminal.shows("$");
    terminal.types("diary-search -i hotplug\n");
    terminal.shows("6 entries");
    let child = terminal.child();
    let is_there = || Command::new("kill").args(["-0", &child]).stderr(Stdio::null()).status().unwrap().success();
    assert!(is_there(), "{child}");
    drop(terminal);
    let started = Instant::now();
    while is_there() {
        assert!(started.elapsed() < Duration::from_secs(60), "it runs on without a terminal");
        std::thread::sleep(Duration::from_millis(50));
    }
}
