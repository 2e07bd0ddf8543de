import type { PlacedSentence } from '../../annotation/sentence.js';
import { HEEDED_BY_BRAT, type HeedingFile, refuseUnheeded } from '../../corpora/heeded-options.js';
import { illFormedNotice, issueNotices, unknownTagsNotice } from '../../corpora/notices.js';
import { HEAD, readItems } from '../../corpora/read-corpus.js';
import { LINES, looksLikeColumns } from '../../corpora/read-raw.js';
import { describeDocument, leftOutWarning } from '../../documents/describe-document.js';
import { type DocumentKind, documentKindOf, isDocumentKind, KIND_BYTES } from '../../documents/document.js';
import { readDocument } from '../../documents/read-document.js';
import { badInput } from '../../errors.js';
import { refuseCheckpoint } from '../../formats/checkpoint-head.js';
import { createConllReader } from '../../formats/conll.js';
import { readFieldRecord } from '../../formats/field-records.js';
import type { ConversionIssue, CorpusItem, CorpusReading, Format, FormatOption, Report } from '../../formats/format.js';
import { certainFormat, formatNamed } from '../../formats/formats.js';
import { looksLikeJson } from '../../formats/json-texts.js';
import { createSentenceCutter, isAnnotatedText } from '../../formats/text-to-sentences.js';
import { findBratDocuments } from '../../node/brat-documents.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { grouped } from '../../text/counts.js';
import { cutterOf, numbersOf, tokensOf } from '../../text/cut-tokens.js';
import { locateTokens } from '../../text/locate-tokens.js';
import { countPageBreaks } from '../../text/pages.js';
import {
  countUnknown,
  findTagReading,
  knownTags,
  type TagReading,
  UNKNOWN_TAG,
  withoutUnknown,
} from '../../text/possible-labels.js';
import { hasTokens, sentencesOf } from '../../text/record.js';
import { hasSpans, spansOf } from '../../text/scheme.js';
import type { Sentence, Token } from '../../text/sentence.js';
import { cutLines, joinTokens, readRecord, sentenceBreaks } from '../../text/sentence-breaks.js';
import { tokenize } from '../../text/tokenizer.js';
import { type Notice, noticesOf } from '../story.js';

/** The name by which `--from` means a whole document, whose lines are no records. */
export const DOCUMENT = 'text';

/**
 * Reads sentences to be labelled: lines of text, JSON lines of texts or tokens, the text of a PDF, DOCX or HTML, or a corpus of any
 * format, whose labels are kept.
 *
 * @throws UserError with file and line if a file cannot be read, exit code 3; if no file has a use for an option, exit code 2
 */
export async function* readTexts(
  paths: readonly string[],
  reading: CorpusReading,
): AsyncGenerator<Notice, PlacedSentence[], undefined> {
  const all: PlacedSentence[] = [];
  const issues: ConversionIssue[] = [];
  const files: HeedingFile[] = [];
  for (const path of paths) {
    const {
      sentences,
      readAs,
      heeds,
      notices = [],
    } = await readFile(path, reading, (issue) => void issues.push(issue));
    if (sentences.length === 0) throw badInput(`${nameOf(path)}: no text in it`);
    yield* noticesOf(`${nameOf(path)}: read as ${readAs}`, ...notices);
    all.push(...sentences);
    files.push({ path, readAs, heeds });
  }
  refuseUnheeded(files, reading);
  yield* noticesOf(...issueNotices(issues));
  return all;
}

interface FileOfTexts {
  readonly sentences: readonly PlacedSentence[];
  /** What the file was read as, for messages. */
  readonly readAs: string;
  /** The options about its reading that its reader has a use for. */
  readonly heeds: readonly FormatOption[];
  /** Notices about its labels, or about what was left out; undefined if it has none. */
  readonly notices?: readonly string[];
}

const AS_LINES = 'lines of text, a sentence each (--from text cuts whole documents into sentences)';

async function readFile(path: string, reading: CorpusReading, report: Report): Promise<FileOfTexts> {
  const { from } = reading;
  const source = nameOf(path);
  if (await findBratDocuments(path, from)) {
    const items: CorpusItem[] = [];
    for await (const part of readItems(path, reading, report)) items.push(...part.items);
    return { ...labelledSentences(items, source, reading, report), readAs: 'brat standoff', heeds: HEEDED_BY_BRAT };
  }
  const bytes = await readBytes(path);
  const kind = from === undefined ? documentKindOf(bytes.toString('latin1', 0, KIND_BYTES), path) : from;
  if (isDocumentKind(kind)) return readDocumentFile(kind, bytes, source);
  const text = decodeText(bytes, source).replace(/^\uFEFF/, '');
  const head = text.slice(0, HEAD);
  refuseCheckpoint(head, source);
  const lines = (): FileOfTexts => ({ sentences: readLines(text, source), readAs: AS_LINES, heeds: [] });
  if (from === LINES) return lines();
  if (from === DOCUMENT) return { sentences: cutText(text, source), readAs: 'text, cut into sentences', heeds: [] };
  const format = from === undefined ? certainFormat(head) : formatNamed(from);
  if (format) return readFormat(format, text, source, reading, report);
  if (looksLikeJson(head))
    return { sentences: readJson(text, source), readAs: 'JSON lines of texts or tokens', heeds: [] };
  if (!looksLikeColumns(head, reading)) return lines();
  if (/\S[\t ]+\S/.test(head)) return readFormat(formatNamed('conll'), text, source, reading, report);
  return { sentences: readWords(text, source, reading), readAs: 'columns, a token a line', heeds: ['tokenColumn'] };
}

/** Reads the text of a document, cut into sentences, which are named by their pages where it has any. */
async function readDocumentFile(kind: DocumentKind, bytes: Uint8Array, source: string): Promise<FileOfTexts> {
  const document = await readDocument(kind, bytes, source);
  const warning = leftOutWarning(document, source);
  return {
    sentences: cutText(document.text, source, document.hasPages),
    readAs: `${describeDocument({ kind, ...document })}, cut into sentences`,
    heeds: [],
    notices: warning === undefined ? [] : [warning],
  };
}

/** Reads a sentence a line, as `rnn tag` does. */
function readLines(text: string, source: string): PlacedSentence[] {
  return text.split('\n').flatMap((line, index) => sentenceOf(line, tokenize(line), source, index + 1) ?? []);
}

/** Cuts a text into sentences, of which each has the line on which it begins, and the page in its identifier if there are pages. */
function cutText(text: string, source: string, hasPages = false): PlacedSentence[] {
  const tokens = cutLines(text, tokenize);
  let [seen, line, page] = [0, 1, 1];
  return sentencesOf({ tokens, breaks: sentenceBreaks(text, numbersOf(tokens), false) }).flatMap((own) => {
    const first = own[0]?.start ?? seen;
    const between = text.slice(seen, first);
    line += between.split('\n').length - 1;
    page += countPageBreaks(between);
    seen = first;
    const sentence = sentenceOf(text, own, source, line);
    return sentence ? { ...sentence, ...(hasPages && { recordId: `${source}:page-${page}` }) } : [];
  });
}

/** Makes a sentence of some tokens of a text; undefined if there are none. */
function sentenceOf(text: string, tokens: readonly Token[], source: string, line: number): PlacedSentence | undefined {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (!first || !last) return undefined;
  const shift = first.start;
  const moved = tokens.map((token) => ({ text: token.text, start: token.start - shift, end: token.end - shift }));
  return { text: text.slice(shift, last.end), tokens: moved, source, line };
}

function readJson(text: string, source: string): PlacedSentence[] {
  return text.split('\n').flatMap((content, index) => {
    if (content.trim() === '') return [];
    const place = `${source}:${index + 1}`;
    const record = readFieldRecord(content, place);
    const id: unknown = JSON.parse(content).id;
    return readRecord(record, cutterOf(tokenize)).flatMap((part) => {
      if (!hasTokens(part)) return [];
      return sentencesOf({ ...part, tokens: tokensOf(part.text, part) }).flatMap((own) => {
        const sentence = sentenceOf(part.text, own, source, index + 1);
        return sentence ? { ...sentence, ...(isId(id) && { recordId: id }) } : [];
      });
    });
  });
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** Reads tokens without tags, a token a line. */
function readWords(text: string, source: string, { tokenColumn }: CorpusReading): PlacedSentence[] {
  const reader = createConllReader({ source, needsTags: false, tokenColumn });
  const sentences = text.split('\n').flatMap((line) => reader.push(line) ?? []);
  return [...sentences, reader.end()].flatMap((sentence) =>
    sentence ? { ...placed(sentence), source, line: sentence.line } : [],
  );
}

function readFormat(format: Format, text: string, source: string, reading: CorpusReading, report: Report): FileOfTexts {
  const reader = format.createReader(source, reading, report);
  const items = [...reader.push(new TextEncoder().encode(text)), ...reader.end()];
  const { name, title, heeds } = format;
  return { ...labelledSentences(items, source, reading, report), readAs: `${name} (${title})`, heeds };
}

/** How the tags are read that texts with spans get. */
const TAGS_OF_TEXTS: TagReading = {
  scheme: { name: 'iob2', outside: 'O' },
  isUnknown: (tag) => tag === UNKNOWN_TAG,
};

/** Makes sentences of the items of a corpus; those without an entity count as not labelled. */
function labelledSentences(
  items: readonly CorpusItem[],
  source: string,
  reading: CorpusReading,
  report: Report,
): Pick<FileOfTexts, 'sentences' | 'notices'> {
  const tagged = items.filter((item): item is Sentence => !isAnnotatedText(item));
  const tagReading = findTagReading(tagged, reading);
  const sentences = items.flatMap((item) => {
    if (!isAnnotatedText(item)) return labelled(item, tagReading, source);
    return createSentenceCutter(report)([item], source).map((sentence) => ({
      ...labelled(sentence, TAGS_OF_TEXTS, source),
      recordId: item.id,
      ...(item.isGuess && { isGuess: true as const }),
    }));
  });
  return { sentences, notices: tagged.length > 0 ? tagNotices(tagged, tagReading, source, reading) : [] };
}

/** Tells of tags that are not taken as they are. */
function tagNotices(
  tagged: readonly Sentence[],
  tagReading: TagReading,
  source: string,
  reading: CorpusReading,
): string[] {
  const sentences = tagged.map((sentence) => withoutUnknown(sentence, tagReading));
  const { scheme } = tagReading;
  return [
    ...(countUnknown(sentences) === 0 ? unknownTagsNotice(source, sentences, reading) : []),
    ...(hasSpans(scheme) ? illFormedNotice(source, sentences, scheme) : [plainTagsNotice(source, sentences)]),
  ];
}

const FEW = 5;

function plainTagsNotice(source: string, sentences: readonly Sentence[]): string {
  const tags = [...new Set(sentences.flatMap(knownTags))].sort();
  const listed = tags.slice(0, FEW).join(', ') + (tags.length > FEW ? ` and ${grouped(tags.length - FEW)} more` : '');
  return `warning: ${source}: its tags (${listed}) mark no entities, and are left out; --outside names the tag of tokens outside, --tag-column the column`;
}

function labelled(item: Sentence, tagReading: TagReading, source: string): PlacedSentence {
  const { scheme } = tagReading;
  const sentence = withoutUnknown(item, tagReading);
  const spans = hasSpans(scheme) ? spansOf(sentence.tags, scheme) : [];
  const isPartial = hasSpans(scheme) && sentence.possible?.some((labels) => labels === undefined);
  return {
    ...placed(sentence),
    ...{ source, line: sentence.line },
    ...(spans.length > 0 && { given: spans }),
    ...(isPartial && { isPartial }),
  };
}

/** Returns the text of a sentence, which is made where there is none, with the places of its tokens. */
function placed({ text, tokens }: Sentence): Pick<PlacedSentence, 'text' | 'tokens'> {
  const found = text === undefined ? undefined : locateTokens(tokens, text);
  const joined = joinTokens(tokens);
  return text !== undefined && found ? { text, tokens: found } : { text: joined.text, tokens: joined.tokens };
}
