//! diary-serve: answers HTTP.

use anyhow::{Context, Result, anyhow};
use clap::{CommandFactory, Parser, ValueEnum};
use diary_cli::arguments::arguments;
use diary_cli::generate::{Generated, generate};
use diary_cli::refresh::{Refresh, prepare, sentence};
use diary_cli::settings::{Settings, Shared};
use diary_cli::terminal::{Exit, print, remark};
use diary_query::LocalEngine;
use diary_server::{Access, App, Limits, Live, Log, Rate, adopt, listen, serve};
use listenfd::ListenFd;
use std::net::{Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::Arc;
use tokio::signal::unix::{SignalKind, signal};

/// Answer searches over HTTP: a page for people, JSON for programs.
#[derive(Debug, Parser)]
#[command(name = "diary-serve", version, max_term_width = 100)]
struct Args {
    /// Where to listen; a port alone is one of this machine
    #[arg(
        long,
        alias = "port",
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8630",
        env = "DIARY_SEARCH_LISTEN",
        hide_env_values = true
    )]
    listen: String,
    /// Let everyone read: allows addresses that others can reach, and pages of other sites
    #[arg(long)]
    public: bool,
    /// A name that this server has, beside localhost; repeatable
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// What stands in front of every path, such as /search
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    base_path: String,
    /// The name of the page; the title of the archive if not given
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Requests a second that one address may make; 0 for any number [default: 30, and any number from this machine]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    rate: Option<u32>,
    /// How many proxies stand before it, whose X-Forwarded-For says who asks
    #[arg(long, value_name = "NUMBER", default_value = "0", hide_default_value = true)]
    proxies: usize,
    /// How requests are logged; what was searched for is not
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    log_format: LogFormat,
    /// Do not look whether the sources changed
    #[arg(long)]
    no_refresh: bool,
    #[command(flatten)]
    shared: Shared,
    /// Say where settings came from
    #[arg(short, long)]
    verbose: bool,
    /// Write a manual page or completions
    #[arg(long, value_enum, value_name = "WHAT", exclusive = true)]
    generate: Option<Generated>,
}

/// How requests are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// A line of words
    Text,
    /// One object a line
    Json,
    /// Not at all
    None,
}

fn main() -> ExitCode {
    let args = match arguments::<Args>(Exit(2)) {
        Ok(args) => args,
        Err(exit) => return exit.into(),
    };
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            remark(&format!("diary-serve: {}", sentence(&error)));
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> Result<()> {
    if let Some(what) = args.generate {
        return Ok(print(&generate(what, Args::command())?)?);
    }
    let settings = Settings::find(&args.shared)?;
    if args.verbose {
        remark(settings.explain().trim_end());
    }
    let addresses = addresses(&args)?;
    prepare(&settings, if args.no_refresh { Refresh::Never } else { Refresh::Always })?;
    let index = settings.index.value.clone();
    let app = App::new(server_settings(&args)?, move || {
        LocalEngine::open(&index, false).map(|engine| Arc::new(engine) as Arc<dyn Live>)
    })?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(answer(app, &addresses, log(args.log_format), &args))?;
    // A search that nobody waits for any more is not waited for here either.
    runtime.shutdown_background();
    Ok(())
}

async fn answer(app: Arc<App>, addresses: &[SocketAddr], log: Log, args: &Args) -> Result<()> {
    // A socket that was opened for it, as systemd does, goes before its own.
    let listener = match ListenFd::from_env().take_tcp_listener(0)? {
        Some(opened) => {
            let address = opened.local_addr()?;
            may_listen(args, &[address], &address.to_string())?;
            adopt(opened)?
        }
        None => listen(addresses).with_context(|| format!("cannot listen on {}", args.listen))?,
    };
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    remark(&format!("answering on http://{}{}/", listener.local_addr()?, server_settings(args)?.base_path));
    let stop = async {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    serve(app, listener, log, stop).await?;
    remark("stopped");
    Ok(())
}

/// Where to listen. What others can reach is for those who say so.
fn addresses(args: &Args) -> Result<Vec<SocketAddr>> {
    let port: Option<u16> = args.listen.strip_prefix(':').unwrap_or(&args.listen).parse().ok();
    let listen = port.map_or_else(|| args.listen.clone(), |port| format!("{}:{port}", Ipv4Addr::LOCALHOST));
    let addresses: Vec<SocketAddr> = listen
        .to_socket_addrs()
        .with_context(|| format!("{} is not an address to listen on, such as 127.0.0.1:8630", args.listen))?
        .collect();
    may_listen(args, &addresses, &args.listen)?;
    Ok(addresses)
}

fn may_listen(args: &Args, addresses: &[SocketAddr], shown: &str) -> Result<()> {
    match addresses.iter().all(|address| address.ip().is_loopback()) || args.public {
        true => Ok(()),
        false => Err(anyhow!("others could read the diary on {shown}: add --public if they may")),
    }
}

fn server_settings(args: &Args) -> Result<diary_server::Settings> {
    let base_path = match args.base_path.trim_end_matches('/') {
        "" => String::new(),
        path => format!("/{}", path.trim_start_matches('/')),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~');
    if !base_path.chars().all(is_plain) || base_path.contains("//") {
        return Err(anyhow!("--base-path is letters, digits and slashes, such as /search"));
    }
    Ok(diary_server::Settings {
        base_path,
        hosts: args.host.iter().map(|host| host.to_lowercase()).collect(),
        public: args.public,
        title: args.title.clone(),
        proxies: args.proxies,
        limits: Limits { rate: rate(args.rate), ..Limits::default() },
        today: Some(diary_cli::today),
    })
}

/// What one address may ask for: a number that is given holds for this machine's own addresses too.
fn rate(given: Option<u32>) -> Rate {
    match given {
        None => Rate::DEFAULT,
        Some(0) => Rate { per_second: f64::INFINITY, at_once: f64::INFINITY, for_loopback: false },
        Some(n) => Rate { per_second: f64::from(n), at_once: f64::from(n.saturating_mul(4)), for_loopback: true },
    }
}

fn log(format: LogFormat) -> Log {
    Arc::new(move |access: &Access| match format {
        LogFormat::None => {}
        LogFormat::Text => {
            let problem = access.problem.map(|id| format!(" problem {id}")).unwrap_or_default();
            let (path, elapsed) = (diary_render::one_line(&access.path), access.elapsed.as_secs_f64() * 1e3);
            remark(&format!("{} {path} {} {elapsed:.1} ms{problem}", access.method, access.status));
        }
        LogFormat::Json => {
            let line = serde_json::json!({
                "method": access.method,
                "path": access.path,
                "status": access.status,
                "elapsed_ms": (access.elapsed.as_secs_f64() * 1e6).round() / 1e3,
                "problem": access.problem,
            });
            remark(&line.to_string());
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(flags: &[&str]) -> Args {
        Args::try_parse_from(std::iter::once(&"diary-serve").chain(flags)).unwrap()
    }

    #[test]
    fn flags_are_sound_and_explained() {
        Args::command().debug_assert();
        for flag in Args::command().get_arguments() {
            assert!(flag.get_help().is_some(), "{} has no help", flag.get_id());
        }
    }

    #[test]
    fn only_this_machine_unless_told_otherwise() {
        for (flags, allowed) in [
            (vec![], true),
            (vec!["--listen", "[::1]:0"], true),
            (vec!["--listen", "0.0.0.0:8630"], false),
            (vec!["--listen", "[::]:8630"], false),
            (vec!["--listen", "0.0.0.0:8630", "--public"], true),
            (vec!["--listen", "8630"], true),
            (vec!["--port", ":8630"], true),
            (vec!["--listen", "nonsense"], false),
            (vec!["--listen", "99999"], false),
            (vec!["--listen", "::1"], false),
        ] {
            assert_eq!(addresses(&args(&flags)).is_ok(), allowed, "{flags:?}");
        }
        assert_eq!(server_settings(&args(&["--base-path", "diary/"])).unwrap().base_path, "/diary");
        assert!(server_settings(&args(&["--base-path", "a b"])).is_err());
    }
}
