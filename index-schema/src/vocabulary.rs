//! The words that stand in the texts of an index.

use tantivy::Searcher;
use tantivy::schema::Field;

/// Calls `each` with every word of `field` that has a letter and the number of its entries, in order.
pub(crate) fn each_word(searcher: &Searcher, field: Field, mut each: impl FnMut(&str, u64)) -> tantivy::Result<()> {
    let indexes = searcher.segment_readers().iter().map(|reader| reader.inverted_index(field));
    let indexes = indexes.collect::<tantivy::Result<Vec<_>>>()?;
    let mut streams = Vec::with_capacity(indexes.len());
    for index in &indexes {
        let mut stream = index.terms().stream()?;
        if stream.advance() {
            streams.push(stream);
        }
    }
    while let Some(word) = streams.iter().map(|stream| stream.key()).min().map(<[u8]>::to_vec) {
        let mut count = 0;
        streams.retain_mut(|stream| {
            if stream.key() != word {
                return true;
            }
            count += u64::from(stream.value().doc_freq);
            stream.advance()
        });
        if let Ok(word) = std::str::from_utf8(&word)
            && word.chars().any(char::is_alphabetic)
        {
            each(word, count);
        }
    }
    Ok(())
}
