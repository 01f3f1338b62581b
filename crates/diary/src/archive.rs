//! A named set of sources read together.

use crate::Reckoning;

/// What is known of an archive before a byte of it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// Short and stable: the first part of every entry id, and a facet value. Lower case, no spaces, no slash.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Where its pages are on the web, if they are: permalinks start here. Ends in a slash or a file name.
    pub base_url: Option<String>,
    /// The language to assume where the text itself does not say; a two-letter code.
    pub lang: Option<String>,
    /// Decides what "winter 2003" means.
    pub hemisphere: Hemisphere,
    /// Decides what its printed dates mean.
    pub reckoning: Reckoning,
    /// The diarist, who is not counted among the people of the diary.
    pub diarist: Option<String>,
}

impl Archive {
    /// An archive of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: name.to_owned(),
            base_url: None,
            lang: None,
            hemisphere: Hemisphere::North,
            reckoning: Reckoning::default(),
            diarist: None,
        }
    }
}

/// On which half of the Earth a diary was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Hemisphere {
    /// Winter is December to February.
    #[default]
    North,
    /// Winter is June to August.
    South,
}
