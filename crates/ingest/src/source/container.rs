//! Containers, read as streams within limits and never unpacked to disk: gzip, bzip2, zstd, zip, tar, WARC. The names
//! inside are labels, and lead nowhere.

mod bzip2;

use self::bzip2::Bzip2;
use super::find::size;
use crate::format::office;
use crate::input::Limits;
use crate::problem::{Problem, ProblemKind};
use std::io::{Cursor, ErrorKind, Read};

/// A file of a container.
#[derive(Debug)]
pub(crate) struct Member {
    /// `container!member`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// The encoding that a header names.
    pub(crate) label: Option<String>,
}

/// What came out of a container.
#[derive(Debug, Default)]
pub(crate) struct Unpacked {
    pub(crate) members: Vec<Member>,
    pub(crate) problems: Vec<Problem>,
}

/// The contents of a source, if it is a container; nothing if it is not.
pub(crate) fn unpack(path: &str, bytes: &[u8], limits: &Limits) -> Option<Unpacked> {
    let (packed, out) = (bytes.len() as u64, Unpacked::default());
    let mut unpacker = Unpacker { path, limits, packed, depth: 0, seen: 0, total: 0, out };
    if unpacker.open(bytes) { Some(unpacker.out) } else { None }
}

/// Containers are opened inside containers, down to this depth: an export packed anew by a backup, a disk's tar of zips.
const DEEPEST: usize = 3;

struct Unpacker<'a> {
    path: &'a str,
    limits: &'a Limits,
    /// The bytes of the outermost container.
    packed: u64,
    /// How many containers it is inside of.
    depth: usize,
    /// The files seen, in all containers.
    seen: usize,
    /// The bytes unpacked, in all containers.
    total: u64,
    out: Unpacked,
}

impl Unpacker<'_> {
    fn open(&mut self, bytes: &[u8]) -> bool {
        match kind(bytes) {
            Some(Kind::Gzip) => self.stream(flate2::read::MultiGzDecoder::new(bytes)),
            Some(Kind::Bzip2) => self.stream(Bzip2::new(bytes, self.limits.members)),
            Some(Kind::Zstd) => match zstd::Decoder::new(bytes) {
                Ok(decoder) => self.stream(decoder),
                Err(_) => self.say(ProblemKind::Unreadable, "", "It is damaged, and could not be unpacked."),
            },
            Some(Kind::Zip) => self.zip(bytes),
            Some(Kind::Tar) => self.tar(bytes),
            Some(Kind::Warc) => self.warc(bytes),
            None => return false,
        }
        true
    }

    fn say(&mut self, kind: ProblemKind, member: &str, message: &str) {
        let source = if member.is_empty() { self.path.to_owned() } else { format!("{}!{member}", self.path) };
        self.out.problems.push(Problem::of_source(kind, &source, message));
    }

    /// The most that may still be read of one member.
    fn budget(&self, most: u64) -> u64 {
        let ratio = (self.packed.saturating_mul(self.limits.ratio)).max(1 << 20);
        most.min(self.limits.container.min(ratio).saturating_sub(self.total))
    }

    /// Reads a stream within the limits. What was read before an error is kept.
    fn take(&mut self, mut stream: impl Read, member: &str, most: u64) -> Option<Vec<u8>> {
        let budget = self.budget(most);
        let mut bytes = Vec::new();
        let result = stream.by_ref().take(budget + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > budget {
            let (kind, message) = if budget == most {
                (
                    ProblemKind::TooLarge,
                    format!(
                        "It is larger than {}, the most that is read of one file.",
                        size(most.max(self.limits.file))
                    ),
                )
            } else {
                (
                    ProblemKind::ContainerLimit,
                    "It unpacks to more than the limits allow, and was left out from there on.".to_owned(),
                )
            };
            self.say(kind, member, &message);
            return None;
        }
        match result.map_err(|error| error.kind()) {
            Ok(_) => {}
            Err(ErrorKind::QuotaExceeded) => {
                self.say(
                    ProblemKind::ContainerLimit,
                    member,
                    "It is of too many parts; those at its end were left out.",
                );
            }
            Err(_) => {
                self.say(ProblemKind::Unreadable, member, "It is damaged or cut off; what could be unpacked was kept.");
            }
        }
        self.total += bytes.len() as u64;
        Some(bytes)
    }

    /// One file that was compressed, or a container that was.
    fn stream(&mut self, stream: impl Read) {
        let Some(bytes) = self.take(stream, "", self.limits.container) else { return };
        match kind(&bytes) {
            Some(Kind::Tar | Kind::Warc) => {
                self.total -= bytes.len() as u64;
                self.open(&bytes);
            }
            Some(_) => self.open_inside("", &bytes),
            None if bytes.len() as u64 > self.limits.file => {
                let most = size(self.limits.file);
                let message = format!("It is larger than {most}, the most that is read of one file.");
                self.say(ProblemKind::TooLarge, "", &message);
            }
            None => {
                let name = self.path.rsplit(['/', '!']).next().unwrap_or(self.path);
                let name = [".gz", ".bz2", ".zst", ".GZ"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
                let path = format!("{}!{name}", self.path);
                self.out.members.push(Member { path, bytes, label: None });
            }
        }
    }

    /// Whether one more file may be read.
    fn may_go_on(&mut self) -> bool {
        self.seen += 1;
        if self.seen <= self.limits.members {
            return true;
        }
        let message = format!("It holds more than {} files; the rest was left out.", self.limits.members);
        self.say(ProblemKind::ContainerLimit, "", &message);
        false
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>, label: Option<String>) {
        if kind(&bytes).is_some() {
            self.open_inside(name, &bytes);
        } else {
            self.out.members.push(Member { path: format!("{}!{name}", self.path), bytes, label });
        }
    }

    /// Opens a container that is inside this one, within what is left of the same limits.
    fn open_inside(&mut self, name: &str, bytes: &[u8]) {
        if self.depth == DEEPEST {
            self.say(ProblemKind::ContainerLimit, name, "A container inside containers was left out: it is too deep.");
            return;
        }
        let path = if name.is_empty() { self.path.to_owned() } else { format!("{}!{name}", self.path) };
        let (limits, packed, out) = (self.limits, self.packed, std::mem::take(&mut self.out));
        let mut inner =
            Unpacker { path: &path, limits, packed, depth: self.depth + 1, seen: self.seen, total: self.total, out };
        inner.open(bytes);
        (self.seen, self.total, self.out) = (inner.seen, inner.total, inner.out);
    }

    /// The parts with text of an office document, one behind the other, which go by the name of the whole; whether it is one.
    fn office(&mut self, archive: &mut zip::ZipArchive<Cursor<&[u8]>>) -> bool {
        let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
        let Some(parts) = office::parts(names.iter().map(String::as_str)) else { return false };
        if parts.is_empty() {
            self.say(ProblemKind::SkippedBinary, "", office::WITHOUT_TEXT);
            return true;
        }
        let mut bytes = Vec::new();
        for part in parts {
            let Ok(file) = archive.by_name(&part) else {
                self.say(ProblemKind::Unreadable, "", "It is encrypted or damaged, and was left out.");
                return true;
            };
            // All parts together are one file.
            let most = self.limits.file.saturating_sub(bytes.len() as u64);
            let Some(mut read) = self.take(file, "", most) else { break };
            bytes.append(&mut read);
        }
        if !bytes.is_empty() {
            self.out.members.push(Member { path: self.path.to_owned(), bytes, label: None });
        }
        true
    }

    fn zip(&mut self, bytes: &[u8]) {
        let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            self.say(ProblemKind::Unreadable, "", "It is a damaged zip archive, and could not be unpacked.");
            return;
        };
        if self.office(&mut archive) {
            return;
        }
        let mut names: Vec<(String, usize)> = Vec::new();
        for index in 0..archive.len() {
            if !self.may_go_on() {
                break;
            }
            let opened = archive.by_index(index).map(|file| {
                let name = file.name().map_or_else(|_| format!("{index}"), |name| label(&name));
                (name, file.is_file(), super::find::is_aside(&label(&file.name().unwrap_or_default())))
            });
            match opened {
                Ok((name, true, false)) => names.push((name, index)),
                Ok(_) => {}
                Err(_) => self.say(
                    ProblemKind::Unreadable,
                    &index.to_string(),
                    "It is encrypted or damaged, and was left out.",
                ),
            }
        }
        names.sort_by(|a, b| super::find::natural(&a.0, &b.0));
        super::find::without_lists(&mut names, |(name, _)| name);
        for (name, index) in names {
            let Ok(file) = archive.by_index(index) else { continue };
            match self.take(file, &name, self.limits.file) {
                Some(bytes) => self.add(&name, bytes, None),
                None if self.budget(1) == 0 => return,
                None => {}
            }
        }
    }

    fn tar(&mut self, bytes: &[u8]) {
        let mut archive = tar::Archive::new(bytes);
        let Ok(entries) = archive.entries() else { return };
        let mut members: Vec<(String, Vec<u8>)> = Vec::new();
        for entry in entries {
            if !self.may_go_on() {
                break;
            }
            let Ok(entry) = entry else {
                self.say(ProblemKind::Unreadable, "", "It is damaged or cut off; what could be unpacked was kept.");
                break;
            };
            let name = label(&String::from_utf8_lossy(&entry.path_bytes()));
            if !entry.header().entry_type().is_file() || super::find::is_aside(&name) {
                continue;
            }
            match self.take(entry, &name, self.limits.file) {
                Some(bytes) => members.push((name, bytes)),
                None if self.budget(1) == 0 => break,
                None => {}
            }
        }
        members.sort_by(|a, b| super::find::natural(&a.0, &b.0));
        for (name, bytes) in members {
            self.add(&name, bytes, None);
        }
    }

    /// The pages of a web archive: responses that were answered with 200.
    fn warc(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some(record) = record(&mut rest) {
            if !self.may_go_on() {
                return;
            }
            let (kind, address) = (header(&record.head, "WARC-Type"), header(&record.head, "WARC-Target-URI"));
            let body = record.body;
            match kind.as_deref() {
                Some("response") => {}
                Some("resource") => {
                    let name = label(&address.unwrap_or_default());
                    self.add(&name, body.to_vec(), None);
                    continue;
                }
                _ => continue,
            }
            let Some((head, page)) = http(body) else { continue };
            let ok = head.lines().next().is_some_and(|status| status.split(' ').nth(1) == Some("200"));
            let mime = header(&head, "Content-Type").unwrap_or_default();
            let text = mime.is_empty() || ["text/", "xml", "json"].iter().any(|part| mime.contains(part));
            if !ok || !text || mime.contains("css") || mime.contains("javascript") {
                continue;
            }
            let name = label(&address.unwrap_or_default());
            let page = if header(&head, "Transfer-Encoding").is_some_and(|coding| coding.contains("chunked")) {
                chunked(page)
            } else {
                page.to_vec()
            };
            let page = match header(&head, "Content-Encoding").as_deref() {
                Some("gzip" | "x-gzip") => {
                    self.take(flate2::read::MultiGzDecoder::new(page.as_slice()), &name, self.limits.file)
                }
                _ => Some(page),
            };
            let encoding =
                mime.split("charset=").nth(1).map(|label| label.trim_matches(['"', '\'', ' ', ';']).to_owned());
            if let Some(page) = page {
                self.add(&name, page, encoding);
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Gzip,
    Bzip2,
    Zstd,
    Zip,
    Tar,
    Warc,
}

/// What a container is, by its first bytes.
fn kind(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [0x1F, 0x8B, ..] => Some(Kind::Gzip),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, ..] => Some(Kind::Bzip2),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Kind::Zstd),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
        _ if bytes.starts_with(b"WARC/") => Some(Kind::Warc),
        _ if bytes.get(257..262) == Some(b"ustar") => Some(Kind::Tar),
        _ => None,
    }
}

/// A member's name as a label: no leading slash, no step upwards, `/` between folders.
fn label(name: &str) -> String {
    let name = name.split_once("://").map_or(name, |(_, rest)| rest);
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if parts.is_empty() { "unnamed".to_owned() } else { parts.join("/").replace('!', "_") }
}

struct Record<'a> {
    head: String,
    body: &'a [u8],
}

/// The next record of a web archive. A record that is cut off ends it.
fn record<'a>(rest: &mut &'a [u8]) -> Option<Record<'a>> {
    let start = rest.iter().position(|b| !b.is_ascii_whitespace())?;
    let bytes = &rest[start..];
    if !bytes.starts_with(b"WARC/") {
        return None;
    }
    let (head, after) = http(bytes)?;
    let length: usize = header(&head, "Content-Length")?.parse().ok()?;
    let body = &after[..length.min(after.len())];
    *rest = &after[length.min(after.len())..];
    Some(Record { head, body })
}

/// A block of headers and what comes after it.
fn http(bytes: &[u8]) -> Option<(String, &[u8])> {
    const LONGEST_HEAD: usize = 64 * 1024;
    let reach = &bytes[..bytes.len().min(LONGEST_HEAD)];
    let end = |mark: &[u8]| reach.windows(mark.len()).position(|window| window == mark).map(|at| (at, at + mark.len()));
    let (head, body) = end(b"\r\n\r\n").or_else(|| end(b"\n\n"))?;
    Some((String::from_utf8_lossy(&bytes[..head]).into_owned(), &bytes[body..]))
}

fn header(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// A body that was sent in chunks, put together.
fn chunked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(end) = rest.iter().take(64).position(|b| *b == b'\n') {
        let line = String::from_utf8_lossy(&rest[..end]);
        let length = usize::from_str_radix(line.trim().split(';').next().unwrap_or_default(), 16).unwrap_or(0);
        if length == 0 {
            break;
        }
        let from = end + 1;
        let to = from.saturating_add(length).min(rest.len());
        out.extend_from_slice(&rest[from..to]);
        rest = rest.get(to + 2..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn names(path: &str, bytes: &[u8]) -> (Vec<String>, Vec<&'static str>) {
        let unpacked = unpack(path, bytes, &Limits::default()).unwrap();
        (
            unpacked.members.into_iter().map(|m| m.path).collect(),
            unpacked.problems.iter().map(|p| p.kind.name()).collect(),
        )
    }

    #[test]
    fn streams_and_members() {
        assert_eq!(names("d/a.txt.gz", &gzip(b"words")), (vec!["d/a.txt.gz!a.txt".to_owned()], vec![]));
        let mut tar = tar::Builder::new(Vec::new());
        for name in ["2/b.txt", "2/a.txt"] {
            let mut header = tar::Header::new_gnu();
            header.set_size(5);
            header.set_cksum();
            tar.append_data(&mut header, name, &b"words"[..]).unwrap();
        }
        let tar = tar.into_inner().unwrap();
        assert_eq!(names("t.tgz", &gzip(&tar)).0, ["t.tgz!2/a.txt", "t.tgz!2/b.txt"]);
        let warc = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.org/2003/12/19.html\r\nContent-Length: 38\r\n\r\nHTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>x</p>\r\n\r\n";
        let length = "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>x</p>".len();
        let warc = warc.replace("Content-Length: 38", &format!("Content-Length: {length}"));
        assert_eq!(names("w.warc.gz", &gzip(warc.as_bytes())).0, ["w.warc.gz!x.org/2003/12/19.html"]);
        assert!(unpack("a.txt", b"plain", &Limits::default()).is_none());
    }

    #[test]
    fn an_office_document_is_its_text_also_inside_another_container() {
        let zip = |parts: &[(&str, &[u8])]| {
            let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for (name, bytes) in parts {
                writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
                writer.write_all(bytes).unwrap();
            }
            writer.finish().unwrap().into_inner()
        };
        let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
        let word = zip(&[types, ("word/document.xml", b"<d/>"), ("word/styles.xml", b"<s/>")]);
        let slides = zip(&[types, ("ppt/presentation.xml", b"<p/>")]);
        let sheets = zip(&[types, ("xl/worksheets/sheet1.xml", b"<w/>")]);
        assert_eq!(names("2004.docx", &word), (vec!["2004.docx".to_owned()], vec![]));
        assert_eq!(names("2004.xlsx", &sheets), (vec!["2004.xlsx".to_owned()], vec![]));
        assert_eq!(names("2004.pptx", &slides), (vec![], vec!["skipped-binary"]));
        let all = zip(&[("a/2004.docx", &word), ("a/2004.pptx", &slides), ("b.zip", &zip(&[("c.txt", b"words")]))]);
        let found = ["all.zip!a/2004.docx", "all.zip!b.zip!c.txt"].map(str::to_owned).to_vec();
        assert_eq!(names("all.zip", &all), (found, vec!["skipped-binary"]));
    }

    #[test]
    fn the_parts_of_a_workbook_together_are_no_larger_than_a_file() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in ["[Content_Types].xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
            writer.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&[b' '; 600]).unwrap();
        }
        let book = writer.finish().unwrap().into_inner();
        let unpacked = unpack("b.xlsx", &book, &Limits { file: 1000, ..Limits::default() }).unwrap();
        assert_eq!(unpacked.members[0].bytes.len(), 600);
        assert!(unpacked.problems[0].message.contains("larger than 1000 bytes"), "{}", unpacked.problems[0].message);
    }

    #[test]
    fn bombs_are_stopped() {
        let bomb = gzip(&vec![b'a'; 3 << 20]);
        assert_eq!(names("b.gz", &bomb).1, ["container-limit"]);
        let nested = |times: usize| (0..times).fold(b"words".to_vec(), |bytes, _| gzip(&bytes));
        assert_eq!(names("n.gz", &nested(DEEPEST + 1)), (vec!["n.gz!n".to_owned()], vec![]));
        assert_eq!(names("n.gz", &nested(DEEPEST + 2)), (vec![], vec!["container-limit"]));
        assert_eq!(names("b.gz", &gzip(&bomb)).1, ["container-limit"], "inside another the same limits hold");
        let cut = &gzip(&b"words and more words ".repeat(1000))[..60];
        assert!(names("c.gz", cut).1.contains(&"unreadable"));
    }

    #[test]
    fn names_are_labels() {
        assert_eq!(label("../../etc/passwd"), "etc/passwd");
        assert_eq!(label("/abs\\x!y"), "abs/x_y");
        assert_eq!(label("http://x.org/a/"), "x.org/a");
    }
}
