//! `-i`: results as you type.
//!
//! [`state`] is what the screen is about and what keys do to it, [`draw`] shows it, [`worker`] asks the index on a thread
//! of its own; here the three meet the terminal.

mod draw;
mod line;
mod state;
#[cfg(test)]
mod tests;
mod worker;

use crate::{Asked, walk};
use anyhow::{Context, Result, anyhow};
use diary::EntryId;
use diary_cli::terminal::{self, Exit};
use diary_query::Request;
use diary_render::address;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyEventKind};
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::crossterm::{cursor, execute};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use state::{State, Wish};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use worker::{Done, Job, work};

/// How long keys are waited for while an answer is on its way, and while none is.
const SOON: Duration = Duration::from_millis(10);
const IDLE: Duration = Duration::from_millis(200);

/// Lets a person search until they have enough of it.
pub(crate) fn interactive(asked: &Asked, request: &Request) -> Result<Exit> {
    if !terminal::is_conversing() {
        return Err(anyhow!("-i needs a terminal that can be drawn on; without it hits are printed"));
    }
    let engine = asked.engine;
    terminal::while_another_has_it(|| {
        std::thread::scope(|scope| {
            let (jobs, coming) = channel();
            let (telling, done) = channel();
            scope.spawn(move || work(engine, request, &coming, &telling));
            Session::start(asked, request, jobs, done)?.run()
        })
    })
}

/// Ends the program when its terminal is gone. A thread sees to it: the one that waits for keys would read the end of the
/// terminal over and over, and not come back to look at a flag.
fn end_with_the_terminal() -> io::Result<()> {
    let mut hang_ups = Signals::new([SIGHUP])?;
    std::thread::spawn(move || {
        if hang_ups.forever().next().is_some() {
            ratatui::restore();
            std::process::exit(128 + SIGHUP);
        }
    });
    Ok(())
}

/// The terminal while it is drawn on. However this ends, the terminal is given back as it was.
struct Session<'a> {
    asked: &'a Asked<'a>,
    terminal: DefaultTerminal,
    state: State,
    jobs: Sender<Job>,
    done: Receiver<Done>,
    signal: Arc<AtomicUsize>,
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        let _ = self.terminal.show_cursor();
        let _ = execute!(io::stdout(), DisableBracketedPaste);
        ratatui::restore();
    }
}

impl<'a> Session<'a> {
    fn start(asked: &'a Asked<'a>, request: &Request, jobs: Sender<Job>, done: Receiver<Done>) -> Result<Self> {
        let signal = Arc::new(AtomicUsize::new(0));
        for number in [SIGINT, SIGTERM, SIGTSTP] {
            signal_hook::flag::register_usize(number, Arc::clone(&signal), number.try_into()?)?;
        }
        end_with_the_terminal()?;
        let terminal = ratatui::try_init().context("cannot draw on this terminal")?;
        execute!(io::stdout(), EnableBracketedPaste)?;
        Ok(Self { asked, terminal, state: State::new(&request.text), jobs, done, signal })
    }

    fn run(mut self) -> Result<Exit> {
        let first = self.state.asking();
        self.tell(Job::Search(first))?;
        let look = draw::Look {
            color: self.asked.look.color,
            ascii: terminal::is_ascii(),
            archives: self.asked.look.archives,
        };
        loop {
            self.terminal.draw(|frame| {
                draw::fit(&mut self.state, frame.area());
                draw::draw(frame, &self.state, look);
            })?;
            let mut is_told = event::poll(if self.state.is_waiting() { SOON } else { IDLE })?;
            // All that was typed meanwhile, before anything is drawn again.
            while is_told {
                let wish = match event::read()? {
                    Event::Key(key) if key.kind != KeyEventKind::Release => self.state.key(key),
                    Event::Paste(text) => self.state.paste(&text),
                    _ => None,
                };
                if let Some(exit) = wish.map(|wish| self.grant(wish)).transpose()?.flatten() {
                    return Ok(exit);
                }
                is_told = event::poll(Duration::ZERO)?;
            }
            while let Ok(done) = self.done.try_recv() {
                match done {
                    Done::Searched(number, answer) => self.state.answered(number, answer),
                    Done::Read(opened) => self.state.opened(opened),
                }
            }
            match i32::try_from(self.signal.swap(0, Ordering::SeqCst))? {
                0 => {}
                SIGTSTP => self.suspend()?,
                signal => return Ok(Exit(128 + u8::try_from(signal)?)),
            }
        }
    }

    fn tell(&self, job: Job) -> Result<()> {
        self.jobs.send(job).map_err(|_| anyhow!("the search has ended"))
    }

    /// Does what a key asked for; how the program ends, where that was it.
    fn grant(&mut self, wish: Wish) -> Result<Option<Exit>> {
        match wish {
            Wish::Search(asking) => self.tell(Job::Search(asking))?,
            Wish::Read(id, query) => self.tell(Job::Read(id, query))?,
            Wish::Browse => self.browse()?,
            Wish::Edit => self.edit()?,
            Wish::Suspend => self.suspend()?,
            Wish::Redraw => self.terminal.clear()?,
            Wish::Quit(exit) => return Ok(Some(exit)),
        }
        Ok(None)
    }

    /// The entry that is read, or else the hit that is chosen: its id, its page, where it was read.
    fn at_hand(&self) -> Option<(EntryId, Option<String>, String)> {
        if let Some(opened) = &self.state.opened {
            let place = opened.entry.sources.first().map(|source| format!("{}:{}", source.path, source.line));
            let page = opened.around.permalink(&opened.entry);
            return Some((opened.entry.id.clone(), page, place.unwrap_or_default()));
        }
        self.state.chosen().map(|hit| (hit.id.clone(), address::permalink(hit), hit.source.clone()))
    }

    fn browse(&mut self) -> Result<()> {
        let Some((id, page, _)) = self.at_hand() else { return Ok(()) };
        self.state.said = match page {
            None => format!("{id} has no page on the web; e opens its source"),
            Some(page) if self.away(|| walk::browsed(&page))? => String::new(),
            Some(page) => page,
        };
        Ok(())
    }

    fn edit(&mut self) -> Result<()> {
        let Some((id, _, place)) = self.at_hand() else { return Ok(()) };
        let asked = self.asked;
        self.state.said = match (walk::source(asked, &place, &id), walk::editor()) {
            (Err(error), _) => error.to_string(),
            (Ok((path, line)), None) => format!("{}:{line} ({})", path.display(), walk::NO_EDITOR),
            (Ok((path, line)), Some(editor)) => match self.away(|| walk::edited(&editor, &path, line))? {
                Ok(true) => String::new(),
                _ => format!("{editor} did not end well"),
            },
        };
        Ok(())
    }

    fn suspend(&mut self) -> Result<()> {
        self.away(|| emulate_default_handler(SIGTSTP))??;
        Ok(())
    }

    /// Does something on the terminal as it was, and draws anew after it.
    fn away<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        disable_raw_mode()?;
        execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)?;
        let done = work();
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        self.terminal.clear()?;
        Ok(done)
    }
}
