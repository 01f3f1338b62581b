//! The engine underneath as it comes, for comparison.

use super::DEPTH;
use diary::Entry;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, IndexReader, TantivyDocument};

/// One field with the stemmer of English, asked through tantivy's own query parser.
pub(super) struct Tantivy {
    index: Index,
    reader: IndexReader,
}

impl Tantivy {
    pub(super) fn new(entries: &[Entry]) -> Self {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let id = schema.add_text_field("id", STRING | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 50_000_000).unwrap();
        for entry in entries {
            let mut document = TantivyDocument::default();
            document.add_text(id, entry.id.as_str());
            let words = [entry.heading.as_str(), entry.title.as_deref().unwrap_or_default(), &entry.text];
            document.add_text(text, words.join("\n"));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        let reader = index.reader().unwrap();
        Self { index, reader }
    }

    pub(super) fn any(&self, query: &str) -> Vec<String> {
        self.ask(query, false)
    }

    pub(super) fn all(&self, query: &str) -> Vec<String> {
        self.ask(query, true)
    }

    fn ask(&self, query: &str, all: bool) -> Vec<String> {
        let schema = self.index.schema();
        let (text, id) = (schema.get_field("text").unwrap(), schema.get_field("id").unwrap());
        let mut parser = QueryParser::for_index(&self.index, vec![text]);
        if all {
            parser.set_conjunction_by_default();
        }
        let (query, _) = parser.parse_query_lenient(query);
        let searcher = self.reader.searcher();
        let top = searcher.search(&query, &TopDocs::with_limit(DEPTH).order_by_score()).unwrap();
        let ids = top.into_iter().map(|(_, address)| {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            document.get_first(id).and_then(|value| value.as_str()).unwrap().to_owned()
        });
        ids.collect()
    }
}
