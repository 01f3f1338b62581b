//! The engine as this contract sets it up: how it cuts a text into words, and an empty index to write to.

use crate::Fields;
use crate::analysis::Words;
use std::path::Path;
use std::str::Split;
use tantivy::store::Compressor;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, IndexBuilder, IndexSettings};

/// The tokenizer of words as written.
pub const WORDS: &str = "diary_words";

/// Stands between two blocks of a text that is to be indexed.
pub(crate) const BLOCK_BREAK: char = '\u{1e}';

/// About so many bytes of packed records are read for one.
const RECORDS_TOGETHER: usize = 4 << 10;

/// Words further apart than any phrase reaches, so that none spans two blocks.
const BLOCK_DISTANCE: usize = 100;

/// The way to an index with the fields, the analysis and the storage of this contract.
pub fn builder() -> IndexBuilder {
    let settings = IndexSettings {
        // They are packed each by itself.
        docstore_compression: Compressor::None,
        // Whoever writes has threads enough.
        docstore_compress_dedicated_thread: false,
        docstore_blocksize: RECORDS_TOGETHER,
        ..IndexSettings::default()
    };
    Index::builder().schema(Fields::schema()).settings(settings).tokenizers(tokenizers())
}

/// The engine's tokenizers with [`WORDS`] among them.
pub fn tokenizers() -> TokenizerManager {
    let tokenizers = TokenizerManager::default();
    tokenizers.register(WORDS, Analysis);
    tokenizers
}

/// Makes an empty index in `folder`, which must be there and hold none.
///
/// # Errors
///
/// Where the engine cannot write its files.
pub fn create(folder: &Path) -> tantivy::Result<Index> {
    builder().create_in_dir(folder)
}

/// [`crate::analysis`] as the engine wants it.
#[derive(Clone, Copy)]
struct Analysis;

impl Tokenizer for Analysis {
    type TokenStream<'t> = Stream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Stream<'t> {
        let mut blocks = text.split(BLOCK_BREAK);
        let words = Words::new(blocks.next().unwrap_or_default());
        Stream { blocks, words, base: 0, any: false, token: Token::default() }
    }
}

struct Stream<'t> {
    /// The blocks not yet begun.
    blocks: Split<'t, char>,
    words: Words<'t>,
    /// The place of the first word of the block at hand.
    base: usize,
    /// Whether a word was found in any block.
    any: bool,
    token: Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            if let Some(word) = self.words.advance() {
                self.token.text.clear();
                self.token.text.push_str(&word.word);
                self.token.position = self.base + word.position;
                self.any = true;
                return true;
            }
            let Some(block) = self.blocks.next() else { return false };
            self.words = Words::new(block);
            if self.any {
                self.base = self.token.position + BLOCK_DISTANCE;
            }
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(usize, String)> {
        let mut analysis = Analysis;
        let mut stream = analysis.token_stream(text);
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.position, token.text.clone())));
        found
    }

    #[test]
    fn no_phrase_spans_two_blocks() {
        let text = format!("Two walks{BLOCK_BREAK}{BLOCK_BREAK}spam-filters");
        let expected = [(0, "two"), (1, "walks"), (101, "spamfilters"), (101, "spam"), (102, "filters")];
        assert_eq!(words(&text), expected.map(|(at, word)| (at, word.to_owned())));
    }
}
