//! The text index: tantivy's term dictionaries and postings, of what documents say and of what their words mean, and its
//! document store. The two are one segment each, in folders of their own, so that two threads can write them.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::Arc,
};

use tantivy::{
    Index, IndexSettings, Segment, SegmentReader, SingleSegmentIndexWriter, TantivyDocument, TantivyError,
    Term,
    directory::MmapDirectory,
    error::DataCorruption,
    index::{InvertedIndexReader, SegmentComponent},
    postings::{BlockSegmentPostings, TermInfo},
    schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value},
    store::{Compressor, StoreReader, ZstdCompressor},
};

use crate::{
    dense::{self, Dense},
    directory::Loaded,
};

/// What documents say: title and description as one text, analysed.
const TEXT: &str = "text";
/// What their words mean: keys, parts of compounds, concepts; and what the cards do not show.
const MEANING: &str = "meaning";

/// The fields of either index.
struct Fields {
    /// Terms, separated by spaces.
    terms: Field,
    /// The fields that the card does not show, as JSON; stored only.
    rest: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(false);
    let fields = Fields {
        terms: schema.add_text_field("terms", TextOptions::default().set_indexing_options(indexing)),
        rest: schema.add_bytes_field("rest", STORED),
    };
    (schema.build(), fields)
}

/// Memory that tantivy may use before it complains; the segment is written in one go, whatever it takes.
const WRITER_MEMORY: usize = 4_000_000_000;

/// Bytes that are packed together: the more the smaller, and the longer one of them takes to unpack.
const STORE_BLOCK: usize = 1 << 16;

/// Writes one of the two; documents are numbered in the order in which they are added.
pub(crate) struct TermsWriter {
    writer: SingleSegmentIndexWriter,
    fields: Fields,
}

impl TermsWriter {
    /// A writer of what documents say.
    pub(crate) fn of_texts(generation: &Path) -> Result<Self, TantivyError> {
        Self::create(&generation.join(TEXT))
    }

    /// A writer of what their words mean.
    pub(crate) fn of_meanings(generation: &Path) -> Result<Self, TantivyError> {
        Self::create(&generation.join(MEANING))
    }

    fn create(folder: &Path) -> Result<Self, TantivyError> {
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

    /// Adds a document: its terms, and JSON to keep.
    pub(crate) fn add(&mut self, terms: &str, rest: Option<&[u8]>) -> Result<(), TantivyError> {
        let kept = rest.map_or(0, <[u8]>::len);
        let mut document = TantivyDocument::with_capacity(terms.len() + kept + 64);
        if !terms.is_empty() {
            document.add_text(self.fields.terms, terms);
        }
        if let Some(rest) = rest {
            document.add_bytes(self.fields.rest, rest);
        }
        self.writer.add_document(document)
    }

    pub(crate) fn finish(self) -> Result<(), TantivyError> {
        self.writer.finalize().map(drop)
    }
}

/// The postings of a term.
pub(crate) struct TermPostings<'a> {
    /// Where they lie; no other term's lie there.
    pub(crate) offset: u64,
    pub(crate) block: Box<BlockSegmentPostings>,
    /// The same as bits, if the term is dense.
    pub(crate) bits: Option<&'a [u64]>,
}

/// A term that some document has. Its postings are not opened yet.
pub(crate) struct Listed<'a> {
    terms: &'a Terms,
    info: TermInfo,
}

impl<'a> Listed<'a> {
    /// How many documents have it.
    pub(crate) fn documents(&self) -> u32 {
        self.info.doc_freq
    }

    /// Where its postings lie; those of no other term of the same of the two do.
    pub(crate) fn offset(&self) -> u64 {
        self.info.postings_range.start as u64
    }

    /// Its postings, with frequencies if asked for.
    pub(crate) fn postings(&self, frequencies: bool) -> Result<TermPostings<'a>, std::io::Error> {
        let option = if frequencies {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        let Terms { reader, dense } = self.terms;
        let bits = dense.as_ref().and_then(|dense| dense.bits(self.offset()));
        Ok(TermPostings {
            bits,
            ..at(reader, &self.info, option)?
        })
    }
}

/// The terms of one of the two.
struct Terms {
    reader: Arc<InvertedIndexReader>,
    /// None until [`TextIndex::keep_dense`].
    dense: Option<Dense>,
}

/// Both, opened. Takes no lock and writes nothing.
pub(crate) struct TextIndex {
    texts: Terms,
    meanings: Terms,
    terms: Field,
    rest: Field,
    store: StoreReader,
    documents: u32,
}

/// How many blocks of stored documents are kept unpacked.
const STORE_CACHE_BLOCKS: usize = 50;

impl TextIndex {
    /// Opens what lies in the folder of a generation; none if it has no documents.
    pub(crate) fn open(generation: &Path) -> Result<Option<Self>, TantivyError> {
        let (texts, meanings) = (
            segment(&generation.join(TEXT))?,
            segment(&generation.join(MEANING))?,
        );
        let (Some(texts), Some(meanings)) = (texts, meanings) else {
            return Ok(None);
        };
        let (_, Fields { terms, rest }) = schema();
        let documents = texts.max_doc().min(meanings.max_doc());
        let store = meanings.get_store_reader(STORE_CACHE_BLOCKS)?;
        let of = |segment: &SegmentReader| -> Result<Terms, TantivyError> {
            Ok(Terms {
                reader: segment.inverted_index(terms)?,
                dense: None,
            })
        };
        Ok(Some(Self {
            texts: of(&texts)?,
            meanings: of(&meanings)?,
            store,
            documents,
            terms,
            rest,
        }))
    }

    /// Whether all terms and postings can be walked through: each term in as many documents as it says, in rising order.
    /// Where a file was made wrong on purpose the walk may panic; what passes it makes no query panic.
    pub(crate) fn is_sound(&self) -> Result<bool, TantivyError> {
        for Terms { reader, .. } in [&self.texts, &self.meanings] {
            let mut left = reader.terms().num_terms();
            let mut terms = reader.terms().stream()?;
            while terms.advance() {
                let postings = at(reader, terms.value(), IndexRecordOption::WithFreqs)?;
                match left
                    .checked_sub(1)
                    .filter(|_| rises(*postings.block, self.documents))
                {
                    Some(fewer) => left = fewer,
                    None => return Ok(false),
                }
            }
            if left != 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Keeps the most frequent terms of both together as bits. What is not sound may not come here.
    pub(crate) fn keep_dense(&mut self) -> Result<(), std::io::Error> {
        let least = self.documents.div_ceil(dense::ONE_IN).max(1);
        let mut texts = frequent(&self.texts.reader, least)?;
        let mut meanings = frequent(&self.meanings.reader, least)?;
        let frequency = |term: &TermPostings<'_>| term.block.doc_freq();
        let mut frequencies: Vec<u32> = texts.iter().chain(&meanings).map(frequency).collect();
        frequencies.sort_unstable_by(|one, other| other.cmp(one));
        if let Some(enough) = frequencies.get(dense::MOST) {
            texts.retain(|term| frequency(term) > *enough);
            meanings.retain(|term| frequency(term) > *enough);
        }
        self.texts.dense = Some(Dense::new(texts, self.documents)?);
        self.meanings.dense = Some(Dense::new(meanings, self.documents)?);
        Ok(())
    }

    /// How many documents there are.
    pub(crate) fn len(&self) -> usize {
        self.documents as usize
    }

    /// An analysed term as documents say it; none if no document does.
    pub(crate) fn said(&self, term: &str) -> Result<Option<Listed<'_>>, TantivyError> {
        self.listed(&self.texts, term)
    }

    /// A term for what words mean; none if no document has it.
    pub(crate) fn meant(&self, term: &str) -> Result<Option<Listed<'_>>, TantivyError> {
        self.listed(&self.meanings, term)
    }

    fn listed<'a>(&self, terms: &'a Terms, term: &str) -> Result<Option<Listed<'a>>, TantivyError> {
        let info = terms
            .reader
            .get_term_info(&Term::from_field_text(self.terms, term))?;
        Ok(info.map(|info| Listed { terms, info }))
    }

    /// The postings of every word that at least so many documents have, without frequencies.
    pub(crate) fn frequent(&self, least: u32) -> Result<Vec<TermPostings<'_>>, std::io::Error> {
        frequent(&self.texts.reader, least)
    }

    /// The JSON that was kept with a document.
    pub(crate) fn rest(&self, doc: u32) -> Result<Option<Vec<u8>>, TantivyError> {
        // The stored documents are many and asked for one by one: they are not walked through when the index is opened.
        let read = catch_unwind(AssertUnwindSafe(|| self.store.get(doc)));
        let unreadable = || DataCorruption::comment_only(format!("document {doc} cannot be unpacked"));
        let document: TantivyDocument = read.unwrap_or_else(|_| Err(unreadable().into()))?;
        Ok(document
            .get_first(self.rest)
            .and_then(|value| value.as_bytes().map(<[u8]>::to_vec)))
    }
}

/// The one segment of an index; none if nothing was ever added to it.
fn segment(folder: &Path) -> Result<Option<SegmentReader>, TantivyError> {
    let segments = Index::open(Loaded::open(folder)?)?.searchable_segments()?;
    let Some(segment) = segments.first() else {
        return Ok(None);
    };
    if !stores_soundly(segment)? {
        return Err(DataCorruption::comment_only("the stored documents cannot be found").into());
    }
    SegmentReader::open(segment).map(Some)
}

/// What stands at the end of the stored documents: a version of four bytes, eight bytes that say where their skip list begins,
/// and sixteen others.
const STORE_FOOTER: usize = 28;
/// The most layers that the skip list has, as its first byte says it; each has eight times as many entries as the one above.
const MOST_LAYERS: u8 = LAYERS + 20;
/// The same for none.
const LAYERS: u8 = 0x80;

/// Whether the skip list of the stored documents has as many layers as there can be: tantivy sets memory aside for as many as
/// a file says, and without it the process ends.
fn stores_soundly(segment: &Segment) -> Result<bool, TantivyError> {
    let file = segment.open_read(SegmentComponent::Store)?.read_bytes()?;
    let layers = || {
        let (before, footer) = file.split_at_checked(file.len().checked_sub(STORE_FOOTER)?)?;
        let start = u64::from_le_bytes(footer.get(4..12)?.try_into().ok()?);
        before.get(usize::try_from(start).ok()?).copied()
    };
    Ok(layers().is_some_and(|layers| (LAYERS..=MOST_LAYERS).contains(&layers)))
}

/// Documents in a full block of postings.
const BLOCK: usize = 128;

/// Whether postings are as many as they say, in rising order, each of a document that there is. They are sought through, as
/// queries do: the list of blocks must agree.
fn rises(mut block: BlockSegmentPostings, documents: u32) -> bool {
    let (mut next, mut found, mut at) = (0, 0, 0);
    loop {
        let docs = block.docs().get(at..).unwrap_or_default();
        if docs.is_empty() {
            return at < BLOCK && found == block.doc_freq() as usize;
        }
        for doc in docs {
            if *doc < next || *doc >= documents {
                return false;
            }
            next = doc + 1;
        }
        found += docs.len();
        at = block.seek(next);
    }
}

fn at<'a>(
    reader: &InvertedIndexReader,
    info: &TermInfo,
    option: IndexRecordOption,
) -> Result<TermPostings<'a>, std::io::Error> {
    Ok(TermPostings {
        offset: info.postings_range.start as u64,
        block: Box::new(reader.read_block_postings_from_terminfo(info, option)?),
        bits: None,
    })
}

/// The postings of every term that at least so many documents have, without frequencies.
fn frequent<'a>(reader: &InvertedIndexReader, least: u32) -> Result<Vec<TermPostings<'a>>, std::io::Error> {
    let mut terms = reader.terms().stream()?;
    let mut found = Vec::new();
    while terms.advance() {
        let info = terms.value();
        if info.doc_freq >= least {
            found.push(at(reader, info, IndexRecordOption::Basic)?);
        }
    }
    Ok(found)
}

impl std::fmt::Debug for TextIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextIndex")
            .field("documents", &self.documents)
            .finish_non_exhaustive()
    }
}
