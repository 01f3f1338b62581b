//! Files of bzip2, which may be several streams one behind the other.

use bzip2::bufread::BzDecoder;
use std::io::{self, Read};

/// The streams of bzip2 that stand one behind the other. Each takes megabytes, however short it is, and so only so many are
/// read.
pub(super) struct Bzip2<'b> {
    stream: BzDecoder<&'b [u8]>,
    left: usize,
}

impl<'b> Bzip2<'b> {
    pub(super) fn new(bytes: &'b [u8], most: usize) -> Self {
        Self { stream: BzDecoder::new(bytes), left: most.saturating_sub(1) }
    }
}

impl Read for Bzip2<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.stream.read(buffer)?;
            let rest = *self.stream.get_ref();
            if read > 0 || rest.is_empty() || buffer.is_empty() {
                return Ok(read);
            }
            self.left = self.left.checked_sub(1).ok_or(io::ErrorKind::QuotaExceeded)?;
            self.stream = BzDecoder::new(rest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bzip2::Compression;
    use std::io::Write;

    #[test]
    fn of_very_many_streams_the_first_are_read() {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(b"rain ").unwrap();
        let streams = encoder.finish().unwrap().repeat(4);
        let read = |most: usize| {
            let mut text = String::new();
            let whole = Bzip2::new(&streams, most).read_to_string(&mut text).is_ok();
            (text, whole)
        };
        assert_eq!(read(4), ("rain ".repeat(4), true));
        assert_eq!(read(3), ("rain ".repeat(3), false));
    }
}
