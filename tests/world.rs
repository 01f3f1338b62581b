//! A folder of its own for each test, and the programs run in it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder with a diary in it.
pub(crate) struct World {
    folder: tempfile::TempDir,
}

/// What a program did.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

impl World {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The diary of 2003 with its authority files and a diary.toml like the project's own.
    pub(crate) fn rusty() -> Self {
        let world = Self::empty();
        world.copy("corpus/rusty-2003", "corpus/rusty-2003");
        world.copy("diary.toml", "diary.toml");
        world
    }

    /// One archive over a folder of the corpus.
    pub(crate) fn corpus(folder: &str, settings: &str) -> Self {
        let world = Self::empty();
        world.copy(&format!("corpus/{folder}"), "diary");
        world.write("diary.toml", &format!("[[archive]]\nname = \"test\"\nroot = \"diary\"\n{settings}"));
        world
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Copies a file or folder of the checkout.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        copy(&root().join(from), &self.path().join(to));
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        let path = match program {
            "diary-search" => env!("CARGO_BIN_EXE_diary-search"),
            "diary-ingest" => env!("CARGO_BIN_EXE_diary-ingest"),
            "diary-serve" => env!("CARGO_BIN_EXE_diary-serve"),
            other => panic!("no program {other}"),
        };
        let mut command = Command::new(path);
        command.current_dir(self.path()).env_clear().env("HOME", self.path()).env("PATH", "/usr/bin:/bin");
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> Done {
        Done::of(&self.command(program).args(arguments).output().unwrap())
    }

    pub(crate) fn search(&self, arguments: &[&str]) -> Done {
        self.run("diary-search", arguments)
    }

    pub(crate) fn ingest(&self, arguments: &[&str]) -> Done {
        self.run("diary-ingest", arguments)
    }

    /// The ids that a query finds, best first.
    pub(crate) fn ids(&self, arguments: &[&str]) -> Vec<String> {
        let done = self.search(&[&["--all", "-l"], arguments].concat());
        assert!(matches!(done.code, Some(0 | 1)), "{done:?}");
        done.stdout.lines().map(str::to_owned).collect()
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let done = self.search(&[&["--json"], arguments].concat());
        serde_json::from_str(&done.stdout).unwrap_or_else(|error| panic!("{error}: {done:?}"))
    }

    /// A server over this world's index, on a port of its own, gone with the value.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        let mut child = self
            .command("diary-serve")
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = String::new();
        let port = loop {
            let line = lines.next().unwrap_or_else(|| panic!("no address: {said}")).unwrap();
            said.push_str(&line);
            let after = line.split("127.0.0.1:").nth(1);
            let digits = after.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
            if let Some(port) = digits.and_then(|digits| digits.parse().ok()) {
                break port;
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, port }
    }
}

/// Copies a file or folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(from, to).unwrap();
    }
}

impl Done {
    pub(crate) fn of(output: &std::process::Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// The program ended with this code, and without a panic.
    #[track_caller]
    pub(crate) fn code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
        self
    }

    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stdout.contains(words) || self.stderr.contains(words), "no {words:?} in {self:?}");
        self
    }
}

/// A running diary-serve.
pub(crate) struct Server {
    child: Child,
    pub(crate) port: u16,
}

impl Server {
    /// The whole answer to raw bytes: status line, headers and body.
    pub(crate) fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Status and body of a GET.
    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let answer = self.send(
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port).as_bytes(),
        );
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        (status, if chunked { unchunk(body) } else { body.to_owned() })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unchunk(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        whole.push_str(rest.get(..size).unwrap_or(rest));
        body = rest.get(size + 2..).unwrap_or_default();
    }
    whole
}
