import { createConllReader } from '../formats/conll.js';
import { splitColumns } from '../formats/conll-layout.js';
import { readFieldRecord } from '../formats/field-records.js';
import type { CorpusReading, FormatOption } from '../formats/format.js';
import { certainFormat } from '../formats/formats.js';
import { looksLikeJson } from '../formats/json-texts.js';
import { isAnnotatedText } from '../formats/text-to-sentences.js';
import { findBratDocuments } from '../node/brat-documents.js';
import { nameOf, streamBytes } from '../node/files.js';
import { joinHead } from '../node/join-head.js';
import { wholeLines } from '../node/lines.js';
import { cutterOf, numbersOf, tokensOf } from '../text/cut-tokens.js';
import { type NamedTags, UNKNOWN_TAG } from '../text/possible-labels.js';
import { hasTokens, sentencesOf } from '../text/record.js';
import type { Token } from '../text/sentence.js';
import { cutLines, readRecord, sentenceBreaks } from '../text/sentence-breaks.js';
import type { Tokenizer } from '../text/tokenizer.js';
import { FIRST_BYTES, HEAD, readItems } from './read-corpus.js';

/** Raw text, a sentence or a paragraph a line. */
export const LINES = 'lines';

/** How raw text is read: `from` may also be `LINES`. */
export type RawReading = Pick<CorpusReading, 'from' | 'tokenColumn'>;

/** Some sentences of a file, as tokens. */
export interface RawSentences {
  readonly sentences: readonly (readonly string[])[];
  /** What the file was read as, for messages. */
  readonly readAs: string;
  /** The options about its reading that its reader has a use for. */
  readonly heeds: readonly FormatOption[];
}

type RawKind = 'lines' | 'columns' | 'records';

const DESCRIPTIONS: Readonly<Record<RawKind, string>> = {
  lines: 'lines of text',
  columns: 'columns, a token a line',
  records: 'JSON lines of texts or tokens',
};

/** Formats whose lines hold a token each. */
const COLUMNS = ['conll', 'iob2', 'conllu'];

/**
 * Reads the tokens of a file piece by piece: of lines of text, of a corpus of any format, whose tags are left out, or of JSON
 * lines with `text` or `tokens`. Without `from` the content shows which; bracket text is read as lines of text then.
 *
 * @param cut cuts text into tokens
 * @param onBytes is given all bytes that are read, unpacked
 * @throws UserError with file and line if the file cannot be read, exit code 3
 */
export async function* readRawText(
  path: string,
  { from, tokenColumn }: RawReading,
  cut: Tokenizer,
  onBytes: (bytes: Uint8Array) => void,
): AsyncGenerator<RawSentences, void, undefined> {
  const source = nameOf(path);
  let lines = 0;
  let reader: LineReader | undefined;
  let readAs = '';
  let heeds: readonly FormatOption[] = [];
  if (await findBratDocuments(path, from)) return yield* readLabelled(path, from, cut, onBytes);
  for await (const piece of joinHead(
    wholeLines(streamBytes(path), source, () => lines),
    FIRST_BYTES,
  )) {
    if (!reader) {
      const kind = kindOf(from, piece.subarray(0, HEAD).toString('utf8'));
      if (typeof kind === 'object') return yield* readLabelled(path, kind.from, cut, onBytes);
      reader = createLineReader(kind, source, tokenColumn, cut);
      readAs = DESCRIPTIONS[kind];
      heeds = kind === 'columns' ? ['tokenColumn'] : [];
    }
    onBytes(piece);
    const sentences: (readonly string[])[] = [];
    const texts = piece.toString('utf8').split('\n');
    if (texts.at(-1) === '') texts.pop();
    for (const text of texts) sentences.push(...reader.push(text, ++lines));
    yield { sentences, readAs, heeds };
  }
  if (reader) yield { sentences: reader.end(), readAs, heeds };
}

/** Returns how a file is read, or the name of its format if a reader of corpora reads it. */
function kindOf(from: string | undefined, head: string): RawKind | { readonly from: string } {
  if (from === LINES) return 'lines';
  if (from !== undefined) return COLUMNS.includes(from) ? 'columns' : { from };
  const found = certainFormat(head)?.name;
  if (looksLikeJson(head)) return found === undefined ? 'records' : { from: found };
  return (found !== undefined && COLUMNS.includes(found)) || looksLikeColumns(head) ? 'columns' : 'lines';
}

const TAG = /^(?:O|[BIESLU]-\S+)$/;
const MOST_LINES = 1000;
const MOST_LETTERS = 30;

/** The part of the first lines that must look like those of columns. */
const NEARLY_ALL = 0.95;

/**
 * Returns whether each line holds a token: either alone, with empty lines between sentences; or with other columns between tabs,
 * none of which has a space; or with a tag behind spaces. Tags that are not known are tags where others are: questions end with `?`.
 *
 * @param named the tags that a person named
 */
export function looksLikeColumns(head: string, { outside, unknownTag }: NamedTags = {}): boolean {
  const all = head.split('\n', MOST_LINES + 1).slice(0, -1);
  const lines = all.filter((line) => line.trim() !== '' && !/^(?:#|-DOCSTART-)/.test(line));
  const rows = lines.map((line) => splitColumns(line.replace(/\r$/, '')));
  const mostly = (test: (row: readonly string[], line: string) => boolean): boolean =>
    lines.length > 1 && rows.filter((row, index) => test(row, lines[index] ?? '')).length >= NEARLY_ALL * lines.length;
  const count = rows[0]?.length ?? 0;
  if (count === 1)
    return all.length > lines.length + 1 && mostly((row, line) => row.length === 1 && line.length <= MOST_LETTERS);
  if (mostly((row, line) => row.length === count && line.includes('\t') && row.every((field) => !field.includes(' '))))
    return true;
  const isKnown = (tag: string): boolean => TAG.test(tag) || tag === outside;
  const isTag = (tag: string): boolean => isKnown(tag) || tag === UNKNOWN_TAG || tag === unknownTag;
  return (
    mostly((row) => row.length === count && isTag(row.at(-1) ?? '')) && rows.some((row) => isKnown(row.at(-1) ?? ''))
  );
}

interface LineReader {
  /** Returns the sentences that a line completes. */
  push(line: string, number: number): (readonly string[])[];
  end(): (readonly string[])[];
}

function createLineReader(kind: RawKind, source: string, tokenColumn: number | undefined, cut: Tokenizer): LineReader {
  if (kind === 'columns') {
    const reader = createConllReader({ source, needsTags: false, tokenColumn });
    const tokensOf = (sentence: ReturnType<typeof reader.end>) => (sentence ? [sentence.tokens] : []);
    return { push: (line) => tokensOf(reader.push(line)), end: () => tokensOf(reader.end()) };
  }
  if (kind === 'lines')
    return {
      push: (line, number) => sentencesIn(number === 1 ? line.replace(/^\uFEFF/, '') : line, cut),
      end: () => [],
    };
  return {
    push(line, number) {
      if (line.trim() === '') return [];
      return readRecord(readFieldRecord(line.replace(/^\uFEFF/, ''), `${source}:${number}`), cutterOf(cut)).flatMap(
        (part) => (hasTokens(part) ? textsOf(sentencesOf({ ...part, tokens: tokensOf(part.text, part) })) : []),
      );
    },
    end: () => [],
  };
}

/** Reads a corpus, whose tags and spans are left out. */
async function* readLabelled(
  path: string,
  from: string | undefined,
  cut: Tokenizer,
  onBytes: (bytes: Uint8Array) => void,
): AsyncGenerator<RawSentences, void, undefined> {
  for await (const { items, format } of readItems(path, { from }, () => {}, undefined, onBytes)) {
    const sentences = items.flatMap((item) => {
      if (!isAnnotatedText(item)) return [item.tokens];
      if (!item.tokens) return sentencesIn(item.text, cut);
      return textsOf(cutSentences(item.text, item.tokens));
    });
    yield { sentences, readAs: `${format.name} (${format.title})`, heeds: [] };
  }
}

function sentencesIn(text: string, cut: Tokenizer): string[][] {
  if (text.trim() === '') return [];
  const tokens = cutLines(text, cut);
  return textsOf(cutSentences(text, tokens));
}

function cutSentences(text: string, tokens: readonly Token[]): (readonly Token[])[] {
  return sentencesOf({ tokens, breaks: sentenceBreaks(text, numbersOf(tokens), false) });
}

function textsOf(sentences: readonly (readonly Token[])[]): string[][] {
  return sentences.map((tokens) => tokens.map(({ text }) => text));
}
