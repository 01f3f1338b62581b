//! Records packed each by itself, so that to show one no other is unpacked.
//!
//! What the records of one part of an index have in common, their names and turns of phrase, stands once in a dictionary
//! beside them. So they take less room than if many were packed together, and none has to be found among others.

use crate::record::StoredEntry;
use diary::Entry;
use std::io;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, from_samples};
use zstd::zstd_safe::CParameter;

/// About so many bytes of records are looked at to see what they have in common.
const SAMPLED: usize = 256 << 10;

/// The most bytes of a dictionary: a longer one saves little more, and is read before the first record is.
const LONGEST: usize = 32 << 10;

/// A dictionary has at most this part of the text that it saves room for.
const PART: usize = 32;

/// As much as pays.
const LEVEL: i32 = zstd::DEFAULT_COMPRESSION_LEVEL;

/// No record is longer: what says that it is has been damaged.
const MOST_UNPACKED: usize = 1 << 31;

/// What the records of one part of an index have in common.
pub struct Packing(Vec<u8>);

impl Packing {
    /// What the records of these entries have in common; nothing where they are few. The same entries in the same order
    /// have the same.
    pub fn of(entries: &[&Entry]) -> Self {
        let text: usize = entries.iter().map(|entry| entry.text.len()).sum();
        let sampled = entries.iter().step_by(text.div_ceil(SAMPLED).max(1));
        let samples: Vec<Vec<u8>> = sampled
            .filter_map(|entry| {
                let mut record = StoredEntry::from(*entry).write().ok()?;
                record.truncate(LONGEST);
                Some(record)
            })
            .collect();
        Self(from_samples(&samples, LONGEST.min(text / PART)).unwrap_or_default())
    }

    /// As it stands in a file.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What packs one record after the other.
    ///
    /// # Errors
    ///
    /// Where there is no memory for it.
    pub fn packer(&self) -> io::Result<Packer> {
        let mut compressor = Compressor::with_dictionary(LEVEL, &self.0)?;
        // There is only the one that it can be.
        compressor.set_parameter(CParameter::DictIdFlag(false))?;
        Ok(Packer(compressor))
    }
}

/// Packs records.
pub struct Packer(Compressor<'static>);

impl Packer {
    pub(crate) fn pack(&mut self, record: &StoredEntry<'_>) -> io::Result<Vec<u8>> {
        self.0.compress(&record.write()?)
    }
}

/// A [`Packing`] read back.
pub struct Unpacking(DecoderDictionary<'static>);

impl Unpacking {
    /// What such a file holds; `None` where it is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        DecoderDictionary::try_copy(bytes).ok().map(Self)
    }

    /// What unpacks one record after the other.
    ///
    /// # Errors
    ///
    /// Where there is no memory for it.
    pub fn unpacker(&self) -> io::Result<Unpacker<'_>> {
        Decompressor::with_prepared_dictionary(&self.0).map(Unpacker)
    }
}

/// Unpacks records.
pub struct Unpacker<'u>(Decompressor<'u>);

impl Unpacker<'_> {
    /// The bytes of a record, as [`StoredEntry::read`] reads them, or nothing where it is damaged.
    pub fn unpack(&mut self, packed: &[u8]) -> Option<Vec<u8>> {
        self.0.decompress(packed, MOST_UNPACKED).ok()
    }
}

/// The packed record in a document as the engine stores it: taken from there as it stands, since the engine itself would
/// copy it byte by byte.
///
/// A document is the number of its stored values, of which ours have one, and of each its field, its type, its length, of
/// which the last byte alone has the highest bit, and its bytes.
pub fn packed(document: &[u8]) -> Option<&[u8]> {
    const BEFORE_LENGTH: usize = 1 + size_of::<u32>() + 1;
    let value = document.get(BEFORE_LENGTH..)?;
    let last = value.iter().position(|byte| byte & 0x80 != 0)?;
    value.get(last + 1..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::tests::sample;
    use crate::{Fields, engine};
    use tantivy::{IndexWriter, doc};

    /// So many entries that say something else each.
    fn entries(count: usize) -> Vec<Entry> {
        let text =
            |n: usize| format!("Up betimes on the {n}th day, and to the office, where we sat till {} o'clock.", n % 7);
        let entry = |n| Entry { text: text(n), blocks: vec![], links: vec![], mentions: vec![], ..sample() };
        (0..count).map(entry).collect()
    }

    #[test]
    fn what_records_have_in_common_is_kept_once() {
        let entries = entries(2000);
        let entries: Vec<&Entry> = entries.iter().collect();
        let packed = |packing: &Packing| {
            let (mut packer, unpacking) = (packing.packer().unwrap(), Unpacking::read(packing.bytes()).unwrap());
            let mut unpacker = unpacking.unpacker().unwrap();
            let lengths = entries.iter().map(|entry| {
                let packed = packer.pack(&StoredEntry::from(*entry)).unwrap();
                let record = unpacker.unpack(&packed).unwrap();
                assert_eq!(StoredEntry::read(&record).unwrap().into_entry().as_ref(), Some(*entry));
                packed.len()
            });
            lengths.sum::<usize>()
        };
        let (alone, together) = (Packing(Vec::new()), Packing::of(&entries));
        assert!(together.bytes().len() <= LONGEST && together.bytes() == Packing::of(&entries).bytes());
        assert!(packed(&together) * 3 < packed(&alone), "{} {}", packed(&together), packed(&alone));
    }

    #[test]
    fn a_record_is_found_in_the_document_that_the_engine_stores() {
        for length in [0, 1, 127, 128, 20_000] {
            let (field, record) = (Fields::new().record, vec![b'x'; length]);
            let index = engine::builder().create_in_ram().unwrap();
            let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
            writer.add_document(doc!(field => record.clone())).unwrap();
            writer.commit().unwrap();
            let searcher = index.reader().unwrap().searcher();
            let store = searcher.segment_reader(0).get_store_reader(1).unwrap();
            assert_eq!(packed(&store.get_document_bytes(0).unwrap()), Some(&record[..]));
        }
        assert_eq!(packed(b"damaged"), None);
    }

    #[test]
    fn few_entries_have_nothing_in_common() {
        for count in 0..3 {
            let entries = entries(count);
            assert!(Packing::of(&entries.iter().collect::<Vec<_>>()).bytes().is_empty());
        }
    }

    #[test]
    fn damaged_records_and_dictionaries_never_panic() {
        let entries = entries(500);
        let packing = Packing::of(&entries.iter().collect::<Vec<_>>());
        let packed = packing.packer().unwrap().pack(&StoredEntry::from(&entries[0])).unwrap();
        let whole = Unpacking::read(packing.bytes()).unwrap();
        for at in 0..packed.len() {
            let mut flipped = packed.clone();
            flipped[at] ^= 0x15;
            for bad in [&flipped[..], &packed[..at]] {
                whole.unpacker().unwrap().unpack(bad);
            }
        }
        for at in 0..packing.bytes().len() {
            let mut flipped = packing.bytes().to_vec();
            flipped[at] ^= 0x15;
            for bad in [&flipped[..], &packing.bytes()[..at]] {
                if let Some(unpacking) = Unpacking::read(bad) {
                    unpacking.unpacker().unwrap().unpack(&packed);
                }
            }
        }
    }
}
