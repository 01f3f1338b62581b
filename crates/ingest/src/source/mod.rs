//! From a folder to text: [`find`] says which files an archive is made of, [`privacy`] which of them are for the diarist
//! alone, [`container`] takes out what is packed in them, and [`decode`] reads their bytes.

pub(crate) mod container;
pub(crate) mod decode;
pub(crate) mod find;
pub(crate) mod privacy;
