//! The text index: tantivy's term dictionary, postings and document store, in one segment.

use std::{path::Path, sync::Arc};

use tantivy::{
    Index, IndexSettings, SegmentReader, SingleSegmentIndexWriter, TantivyDocument, TantivyError, Term,
    directory::MmapDirectory,
    index::InvertedIndexReader,
    postings::SegmentPostings,
    schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    store::{Compressor, StoreReader},
};

/// The fields of the text index.
struct Fields {
    /// The identifier, as one term.
    id: Field,
    /// Title and description as one text, analysed.
    text: Field,
    /// The native JSON, stored only.
    detail: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = |tokenizer, option| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(option)
            .set_fieldnorms(false);
        TextOptions::default().set_indexing_options(indexing)
    };
    let fields = Fields {
        id: schema.add_text_field("id", indexing("raw", IndexRecordOption::Basic)),
        text: schema.add_text_field("text", indexing("whitespace", IndexRecordOption::WithFreqs)),
        detail: schema.add_bytes_field("detail", STORED),
    };
    (schema.build(), fields)
}

/// Memory that tantivy may use before it complains; the segment is written in one go, whatever it takes.
const WRITER_MEMORY: usize = 4_000_000_000;

/// Writes the text index; documents are numbered in the order in which they are added.
pub(crate) struct TextWriter {
    writer: SingleSegmentIndexWriter,
    fields: Fields,
}

impl TextWriter {
    pub(crate) fn create(folder: &Path) -> Result<Self, TantivyError> {
        fs_err::create_dir_all(folder)
            .map_err(Arc::new)
            .map_err(TantivyError::IoError)?;
        let (schema, fields) = schema();
        let settings = IndexSettings {
            docstore_compression: Compressor::Lz4,
            ..IndexSettings::default()
        };
        let writer = Index::builder()
            .schema(schema)
            .settings(settings)
            .single_segment_index_writer(MmapDirectory::open(folder)?, WRITER_MEMORY)?;
        Ok(Self { writer, fields })
    }

    /// Adds a document: its id, its analysed terms separated by spaces, and its JSON.
    pub(crate) fn add(&mut self, id: &str, terms: &str, detail: &[u8]) -> Result<(), TantivyError> {
        let mut document = TantivyDocument::with_capacity(terms.len() + detail.len() + 64);
        document.add_text(self.fields.id, id);
        document.add_text(self.fields.text, terms);
        document.add_bytes(self.fields.detail, detail);
        self.writer.add_document(document)
    }

    pub(crate) fn finish(self) -> Result<(), TantivyError> {
        self.writer.finalize().map(drop)
    }
}

/// The text index, opened. Takes no lock and writes nothing.
pub(crate) struct TextIndex {
    fields: Fields,
    text: Arc<InvertedIndexReader>,
    ids: Arc<InvertedIndexReader>,
    store: StoreReader,
    documents: u32,
}

/// How many blocks of stored documents are kept unpacked.
const STORE_CACHE_BLOCKS: usize = 50;

impl TextIndex {
    pub(crate) fn open(folder: &Path) -> Result<Option<Self>, TantivyError> {
        let index = Index::open_in_dir(folder)?;
        let (_, fields) = schema();
        let segments = index.searchable_segments()?;
        let Some(segment) = segments.first() else {
            return Ok(None);
        };
        let reader = SegmentReader::open(segment)?;
        Ok(Some(Self {
            text: reader.inverted_index(fields.text)?,
            ids: reader.inverted_index(fields.id)?,
            store: reader.get_store_reader(STORE_CACHE_BLOCKS)?,
            documents: reader.max_doc(),
            fields,
        }))
    }

    /// How many documents there are.
    pub(crate) fn len(&self) -> usize {
        self.documents as usize
    }

    /// The postings of an analysed term, with frequencies; none if no document has it.
    pub(crate) fn postings(&self, term: &str) -> Result<Option<SegmentPostings>, TantivyError> {
        let term = Term::from_field_text(self.fields.text, term);
        Ok(self.text.read_postings(&term, IndexRecordOption::WithFreqs)?)
    }

    /// The document with this identifier.
    pub(crate) fn find(&self, id: &str) -> Result<Option<u32>, TantivyError> {
        let term = Term::from_field_text(self.fields.id, id);
        let postings = self.ids.read_postings(&term, IndexRecordOption::Basic)?;
        Ok(postings
            .map(|postings| tantivy::DocSet::doc(&postings))
            .filter(|doc| *doc < self.documents))
    }

    /// The JSON of a document.
    pub(crate) fn detail(&self, doc: u32) -> Result<Option<Vec<u8>>, TantivyError> {
        let document: TantivyDocument = self.store.get(doc)?;
        Ok(document
            .get_first(self.fields.detail)
            .and_then(|value| value.as_bytes().map(<[u8]>::to_vec)))
    }
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextIndex")
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}
