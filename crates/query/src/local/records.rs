//! The stored entries of an open index.

use diary::{Entry, EntryId};
use diary_index_schema::Fields;
use diary_index_schema::packing::{Unpacker, Unpacking, packed};
use diary_index_schema::record::StoredEntry;
use std::sync::OnceLock;
use tantivy::error::DataCorruption;
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyError, Term};

/// An entry, with the ids of those before and after it in its archive.
pub(super) type Stored = (Entry, Option<EntryId>, Option<EntryId>);

/// Where entries are read from.
pub(super) struct Records {
    unpacking: Unpacking,
    /// Of each segment; opened when first asked for.
    stores: OnceLock<Vec<StoreReader>>,
}

/// So many blocks of each segment are kept at hand.
const KEPT_BLOCKS: usize = 64;

impl Records {
    pub(super) fn new(unpacking: Unpacking) -> Self {
        Self { unpacking, stores: OnceLock::new() }
    }

    /// What reads one entry after the other.
    pub(super) fn reader(&self, searcher: &Searcher) -> tantivy::Result<RecordReader<'_>> {
        let stores = match self.stores.get() {
            Some(stores) => stores,
            None => {
                let opened = searcher.segment_readers().iter().map(|reader| reader.get_store_reader(KEPT_BLOCKS));
                let opened = opened.collect::<std::io::Result<_>>()?;
                self.stores.get_or_init(|| opened)
            }
        };
        Ok(RecordReader { stores, unpacker: self.unpacking.unpacker()? })
    }

    /// The entry of this id.
    pub(super) fn find(&self, searcher: &Searcher, id: &EntryId) -> tantivy::Result<Option<Stored>> {
        let field = Fields::new().id;
        let term = Term::from_field_text(field, id.as_str());
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let postings = reader.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?;
            if let Some(document) = postings.map(|postings| postings.doc()).filter(|document| *document != TERMINATED) {
                return self.reader(searcher)?.read(DocAddress::new(segment as u32, document)).map(Some);
            }
        }
        Ok(None)
    }
}

/// Reads entries.
pub(super) struct RecordReader<'r> {
    stores: &'r [StoreReader],
    unpacker: Unpacker<'r>,
}

impl RecordReader<'_> {
    pub(super) fn read(&mut self, address: DocAddress) -> tantivy::Result<Stored> {
        let store = self.stores.get(address.segment_ord as usize).ok_or_else(damaged)?;
        let document = store.get_document_bytes(address.doc_id)?;
        let bytes = packed(&document).and_then(|packed| self.unpacker.unpack(packed)).ok_or_else(damaged)?;
        let record = StoredEntry::read(&bytes).ok_or_else(damaged)?;
        let (previous, next) = record.neighbours();
        Ok((record.into_entry().ok_or_else(damaged)?, previous, next))
    }
}

fn damaged() -> TantivyError {
    TantivyError::DataCorruption(DataCorruption::comment_only("record"))
}
