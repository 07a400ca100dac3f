//! The text index: tantivy's term dictionary, postings and document store, in one segment.

use std::{path::Path, sync::Arc};

use tantivy::{
    Index, IndexSettings, SegmentReader, SingleSegmentIndexWriter, TantivyDocument, TantivyError, Term,
    directory::MmapDirectory,
    index::InvertedIndexReader,
    postings::{BlockSegmentPostings, TermInfo},
    schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    store::{Compressor, StoreReader, ZstdCompressor},
};

use crate::{directory::Loaded, spill::Spilled};

/// The fields of the text index.
struct Fields {
    /// The identifier, and those of other sources, each as one term.
    id: Field,
    /// Title and description as one text, analysed.
    text: Field,
    /// What the words mean: keys, parts of compounds, concepts.
    meaning: Field,
    /// The fields that the card does not show, as JSON; stored only.
    rest: Field,
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
        meaning: schema.add_text_field("meaning", indexing("whitespace", IndexRecordOption::WithFreqs)),
        rest: schema.add_bytes_field("rest", STORED),
    };
    (schema.build(), fields)
}

/// Memory that tantivy may use before it complains; the segment is written in one go, whatever it takes.
const WRITER_MEMORY: usize = 4_000_000_000;

/// Bytes that are packed together: the more the smaller, and the longer one of them takes to unpack.
const STORE_BLOCK: usize = 1 << 16;

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
            docstore_compression: Compressor::Zstd(ZstdCompressor {
                compression_level: Some(3),
            }),
            docstore_blocksize: STORE_BLOCK,
            ..IndexSettings::default()
        };
        let writer = Index::builder()
            .schema(schema)
            .settings(settings)
            .single_segment_index_writer(MmapDirectory::open(folder)?, WRITER_MEMORY)?;
        Ok(Self { writer, fields })
    }

    /// Adds a document: what finds it by identifier and by words, and JSON to keep.
    pub(crate) fn add(&mut self, spilled: &Spilled<'_>) -> Result<(), TantivyError> {
        let Spilled {
            id,
            other_ids,
            terms,
            meanings,
            rest,
            ..
        } = spilled;
        let mut document = TantivyDocument::with_capacity(terms.len() + rest.len() + 64);
        for id in std::iter::once(*id).chain(other_ids.lines()) {
            document.add_text(self.fields.id, id);
        }
        document.add_text(self.fields.text, terms);
        if !meanings.is_empty() {
            document.add_text(self.fields.meaning, meanings);
        }
        document.add_bytes(self.fields.rest, rest);
        self.writer.add_document(document)
    }

    pub(crate) fn finish(self) -> Result<(), TantivyError> {
        self.writer.finalize().map(drop)
    }
}

/// The postings of a term.
pub(crate) struct TermPostings {
    /// Where they lie; no other term's lie there.
    pub(crate) offset: u64,
    pub(crate) block: BlockSegmentPostings,
}

/// The text index, opened. Takes no lock and writes nothing.
pub(crate) struct TextIndex {
    fields: Fields,
    text: Arc<InvertedIndexReader>,
    meaning: Arc<InvertedIndexReader>,
    ids: Arc<InvertedIndexReader>,
    store: StoreReader,
    documents: u32,
}

/// How many blocks of stored documents are kept unpacked.
const STORE_CACHE_BLOCKS: usize = 50;

impl TextIndex {
    pub(crate) fn open(folder: &Path) -> Result<Option<Self>, TantivyError> {
        let index = Index::open(Loaded::open(folder)?)?;
        let (_, fields) = schema();
        let segments = index.searchable_segments()?;
        let Some(segment) = segments.first() else {
            return Ok(None);
        };
        let reader = SegmentReader::open(segment)?;
        Ok(Some(Self {
            text: reader.inverted_index(fields.text)?,
            meaning: reader.inverted_index(fields.meaning)?,
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

    /// The postings of an analysed term, with frequencies if asked for; none if no document has it.
    pub(crate) fn postings(
        &self,
        term: &str,
        frequencies: bool,
    ) -> Result<Option<TermPostings>, TantivyError> {
        Self::postings_of(&self.text, self.fields.text, term, frequencies)
    }

    /// The postings of a term for what words mean; none if no document has it.
    pub(crate) fn meaning(
        &self,
        term: &str,
        frequencies: bool,
    ) -> Result<Option<TermPostings>, TantivyError> {
        Self::postings_of(&self.meaning, self.fields.meaning, term, frequencies)
    }

    fn postings_of(
        reader: &InvertedIndexReader,
        field: Field,
        term: &str,
        frequencies: bool,
    ) -> Result<Option<TermPostings>, TantivyError> {
        let term = Term::from_field_text(field, term);
        let option = if frequencies {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        let info = reader.get_term_info(&term)?;
        Ok(info.map(|info| at(reader, &info, option)).transpose()?)
    }

    /// The postings of every term that at least so many documents have, without frequencies.
    pub(crate) fn frequent(&self, least: u32) -> Result<Vec<TermPostings>, std::io::Error> {
        let mut terms = self.text.terms().stream()?;
        let mut found = Vec::new();
        while terms.advance() {
            let info = terms.value();
            if info.doc_freq >= least {
                found.push(at(&self.text, info, IndexRecordOption::Basic)?);
            }
        }
        Ok(found)
    }

    /// The document with this identifier.
    pub(crate) fn find(&self, id: &str) -> Result<Option<u32>, TantivyError> {
        let term = Term::from_field_text(self.fields.id, id);
        let postings = self.ids.read_postings(&term, IndexRecordOption::Basic)?;
        Ok(postings
            .map(|postings| tantivy::DocSet::doc(&postings))
            .filter(|doc| *doc < self.documents))
    }

    /// The JSON that was kept with a document.
    pub(crate) fn rest(&self, doc: u32) -> Result<Option<Vec<u8>>, TantivyError> {
        let document: TantivyDocument = self.store.get(doc)?;
        Ok(document
            .get_first(self.fields.rest)
            .and_then(|value| value.as_bytes().map(<[u8]>::to_vec)))
    }
}

fn at(
    reader: &InvertedIndexReader,
    info: &TermInfo,
    option: IndexRecordOption,
) -> Result<TermPostings, std::io::Error> {
    Ok(TermPostings {
        offset: info.postings_range.start as u64,
        block: reader.read_block_postings_from_terminfo(info, option)?,
    })
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextIndex")
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}
