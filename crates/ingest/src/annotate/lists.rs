//! What is known of words before an archive is read. The lists' sources and licences stand in `lists/README.md`.

use rustc_hash::FxHashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A list of words in small letters.
pub(super) struct List(LazyLock<Words>);

impl List {
    pub(super) const fn new(make: fn() -> Words) -> Self {
        Self(LazyLock::new(make))
    }

    /// Whether it has this word, given in small letters; or the word without its accents, which few lists keep.
    #[inline]
    pub(super) fn has(&self, word: &str) -> bool {
        let words = &*self.0;
        words.has(word) || word.len() > 3 && !word.is_ascii() && words.has(plain(word).as_str())
    }

    /// Its words, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.set.iter().copied()
    }
}

/// The words of a list.
pub(super) struct Words {
    set: FxHashSet<&'static str>,
    /// A bit for each outline that one of them has: nearly every word asked for is on no list, and has none of these.
    outlines: [u64; 16],
}

impl Words {
    #[inline]
    fn has(&self, word: &str) -> bool {
        let (place, bit) = outline(word);
        self.outlines[place] & bit != 0 && self.set.contains(word)
    }
}

impl FromIterator<&'static str> for Words {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        let words: Vec<&str> = words.into_iter().collect();
        let set: FxHashSet<&str> = words.into_iter().collect();
        let mut outlines = [0; 16];
        for (place, bit) in set.iter().map(|word| outline(word)) {
            outlines[place] |= bit;
        }
        Self { set, outlines }
    }
}

/// What is told of a word at a glance, by its first and last letter and its length, as one of some bits.
#[inline]
fn outline(word: &str) -> (usize, u64) {
    let letter = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    let (first, last) = (letter(word.as_bytes().first()), letter(word.as_bytes().last()));
    let outline = first + 37 * last + 11 * word.len();
    (outline / 64 % 16, 1 << (outline % 64))
}

/// A word without its accents.
fn plain(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// A list of the words of a text.
macro_rules! words {
    ($text:expr) => {
        $crate::annotate::lists::List::new(|| $text.split_ascii_whitespace().collect())
    };
}
pub(super) use words;

/// A list kept in a file, one word or name a line.
macro_rules! list {
    ($file:literal) => {
        List::new(|| include_str!(concat!("lists/", $file)).lines().collect())
    };
}

/// Given names of many countries.
pub(super) static GIVEN: List = list!("given.txt");
/// Given names that an archive is likely to know several bearers of.
pub(super) static COMMON_GIVEN: List = list!("given_common.txt");
/// Surnames.
pub(super) static SURNAMES: List = list!("surnames.txt");
/// Names by which one bearer is known everywhere.
pub(super) static FAMOUS: List = list!("famous.txt");
/// Countries, regions and well-known towns, also of several words.
pub(super) static PLACES: List = list!("places.txt");
/// Capitalised words that are no names of people: days, peoples, deities, companies, programs.
pub(super) static NOT_NAMES: List = list!("not_names.txt");
/// What people do, in the present and in the past.
pub(super) static HUMAN_VERBS: List = list!("human_verbs.txt");
/// Well-known free programs and their homes.
pub(super) static SOFTWARE: List = list!("software.txt");
/// The last words of what people meet at or take part in.
pub(super) static EVENT_NOUNS: List = words!(
    "summit conference conf workshop symposium hike wanderung hackfest hackathon camp expo festival marathon meetup \
     miniconf mini-conf mini-con minicon sprint congress exhibition keynote con olympics tournament"
);
/// The last parts of host names.
pub(super) static TOP_DOMAINS: List =
    words!("com org net edu gov io au uk de fr nl nz ca us eu info ch at se no fi dk it es pl cz ru jp in br be ie");
/// Words of the shapes of project names that are none: units, places of work, machines, everyday acronyms.
pub(super) static NOT_PROJECTS: List = words!(
    "email emails phd cpu cpus smp uml pci usb html xhtml xml json http https ftp url urls uri cdrom cdroms dvd dvds cds \
     dsl adsl isp isps nmi apic ibm usa bbc abc nsw iirc otoh pita todo faq fyi asap wtf lol btw imho afaik rtfm ram rom \
     api apis abi gpl lgpl tcp udp icmp nfs sql pdf png jpeg jpegs gif ascii utf8 unicode ide scsi sata raid ssd hdd lcd \
     led gui gps vpn dns dhcp ssh ssl tls lan wan wifi mhz ghz khz kb mb gb tb kbps mbps irq dma bios mmu tlb posix iso \
     noone nothings alot ok gonna wanna gotta dunno kinda sorta preachy mins secs hrs www vars args params struct structs \
     init config src dev tmp usr lib libs etc int malloc kmalloc kfree printf stdin stdout stderr foo bar baz xxx hmm yuk \
     linus google yahoo microsoft transmeta cacheline cachelines runtime userspace userland filesystem filesystems \
     backend frontend codebase changelog logfile subdirectory uninitialized refcount crashbox megabytes gigabytes scalability autoload testsuite standalone \
     sec secs msec msecs misc mph kph fps lbs num pos dir dirs alt cmd cmds arg args env dest pic pics vid vids app apps util \
     utils dev devs prog progs admin admins spec specs gfx sfx pts viz ult est dept govt max min biz tech asm checkbox \
     irc uid uids utc gmt cet cest ipv mbox nvram sidenote hostname filename filenames pathname pathnames workaround timeout fallback fullscreen offline online dialup gameplay \
     mit qwerty qwertz azerty cli amd64 i386 i686 x86 arm64 armhf localhost foobar lambda \
     metadata repo repos meta webapp webapps webpage webpages web-site bot bots readme wontfix needinfo def str std dist endpoint \
     endpoints plaintext meetup meetups hackathon hackathons sha1 md5 rsa css js sdk gpu gpus vps rss svg csv yaml toml mime \
     dom xhr iframe iframes roadmap roadmaps getter getters setter setters enum enums segfault segfaults widget widgets flexbox devtools \
     smtp imap checkin checkins codename codenames bugfix bugfixes"
);
static WORDS: List = list!("words.txt");

/// Whether `word`, in small letters, stands in the dictionary itself, and is no mere form of a word in it.
pub(super) fn is_headword(word: &str) -> bool {
    WORDS.has(word)
}

/// Whether `word`, in small letters, is an ordinary English word or a regular form of one.
pub(super) fn is_ordinary(word: &str) -> bool {
    let stem = |end: &str, instead: &str| {
        let Some(base) = word.strip_suffix(end) else { return false };
        let bare = base.len() > 2 && (end != "es" || base.ends_with(['s', 'x', 'z', 'h', 'o'])) && WORDS.has(base);
        bare || !instead.is_empty() && WORDS.has(&format!("{base}{instead}"))
    };
    WORDS.has(word)
        || [("s", ""), ("es", ""), ("ies", "y"), ("ed", "e"), ("ied", "y"), ("ing", "e"), ("ly", ""), ("er", "e")]
            .into_iter()
            .any(|(end, instead)| stem(end, instead))
}
