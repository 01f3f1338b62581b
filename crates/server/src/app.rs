//! What every handler shares: the engine of the day, the bounds on work, the templates.

use crate::Settings;
use crate::metrics::Metrics;
use crate::page::Pages;
use crate::problem::Problem;
use crate::rate::Buckets;
use crate::recent::Recent;
use axum::http::{HeaderMap, header};
use diary::CivilDate;
use diary_query::{Engine, EngineError, LocalEngine, Request, Standing};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Semaphore;

/// An engine that can tell when a newer state of its index is to be had.
pub trait Live: Engine {
    /// Whether it should be opened anew, or asked no more; cheap.
    fn standing(&self) -> Standing;
}

impl Live for LocalEngine {
    fn standing(&self) -> Standing {
        Self::standing(self)
    }
}

/// Opens the engine; called again when it is outdated. Blocks.
type Open = Box<dyn Fn() -> Result<Arc<dyn Live>, EngineError> + Send + Sync>;

/// The server's state, shared by all its requests.
pub struct App {
    pub(crate) settings: Settings,
    pub(crate) pages: Pages,
    open: Open,
    engine: RwLock<Arc<dyn Live>>,
    gone: AtomicBool,
    stopping: AtomicBool,
    searches: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    pub(crate) buckets: Buckets,
    pub(crate) recent: Recent,
    pub(crate) metrics: Metrics,
}

impl App {
    /// Opens the engine for the first time.
    ///
    /// # Errors
    ///
    /// Where the index cannot be used.
    pub fn new(
        settings: Settings,
        open: impl Fn() -> Result<Arc<dyn Live>, EngineError> + Send + Sync + 'static,
    ) -> Result<Arc<Self>, EngineError> {
        let limits = &settings.limits;
        Ok(Arc::new(Self {
            pages: Pages::new().map_err(|error| EngineError::Unusable(error.to_string()))?,
            engine: RwLock::new(open()?),
            gone: AtomicBool::new(false),
            open: Box::new(open),
            stopping: AtomicBool::new(false),
            searches: Arc::new(Semaphore::new(limits.searches)),
            waiting: Arc::new(Semaphore::new(limits.searches.saturating_add(limits.waiting))),
            buckets: Buckets::new(limits.rate),
            recent: Recent::new(limits.recent),
            metrics: Metrics::default(),
            settings,
        }))
    }

    /// The engine to ask; a request that has it keeps it to its end, whatever comes after.
    pub(crate) fn engine(&self) -> Arc<dyn Live> {
        Arc::clone(&self.engine.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Opens a newer state of the index if there is one. An index that cannot be opened leaves the old one in place; of
    /// one that was taken away nothing is told any more, until there is one again.
    pub(crate) fn refresh(&self) {
        match self.engine().standing() {
            Standing::Current if !self.is_gone() => return,
            Standing::Current | Standing::Outdated => {}
            Standing::Gone => {
                self.gone.store(true, Ordering::Relaxed);
                return self.recent.forget();
            }
        }
        if let Ok(newer) = (self.open)() {
            *self.engine.write().unwrap_or_else(PoisonError::into_inner) = newer;
            self.gone.store(false, Ordering::Relaxed);
            self.recent.forget();
        }
    }

    /// Whether the index was taken away.
    pub(crate) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    /// Does work off the async threads: so much at once, so much waiting, and the rest turned away.
    pub(crate) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let place = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Problem::busy())?;
        let turn = Arc::clone(&self.searches).acquire_owned().await.map_err(|_| Problem::busy())?;
        // The turn goes with the work: a request that is given up does not free it before the work is done.
        let done = tokio::task::spawn_blocking(move || {
            let _held = (place, turn);
            work()
        });
        done.await.map_err(|_| Problem::internal())
    }

    /// What the site is called: as its owner says, or as its one archive is.
    pub(crate) fn site(&self) -> String {
        match (&self.settings.title, self.engine().facts().archives.as_slice()) {
            (Some(title), _) => title.clone(),
            (None, [one]) => diary_render::one_line(&one.title),
            (None, _) => "Diaries".to_owned(),
        }
    }

    /// Where this server is for the one who asks, origin and base path; the Host has been looked at before.
    pub(crate) fn home(&self, headers: &HeaderMap) -> Result<String, Problem> {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_');
        if !host.chars().all(is_plain) {
            return Err(Problem::bad_parameter("the Host header is no name of a host"));
        }
        let forwarded = headers.get("x-forwarded-proto").and_then(|proto| proto.to_str().ok());
        let scheme = if self.settings.proxies > 0 && forwarded == Some("https") { "https" } else { "http" };
        Ok(format!("{scheme}://{host}{}", self.settings.base_path))
    }

    /// How many searches run now.
    pub(crate) fn searching(&self) -> u64 {
        u64::try_from(self.settings.limits.searches.saturating_sub(self.searches.available_permits())).unwrap_or(0)
    }

    /// The day it is, where there is a clock.
    pub(crate) fn today(&self) -> Option<CivilDate> {
        self.settings.today.and_then(|today| today())
    }

    /// The question, asked on the day it is.
    pub(crate) fn at_this_day(&self, request: Request) -> Request {
        Request { clock: self.today(), ..request }
    }

    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}
