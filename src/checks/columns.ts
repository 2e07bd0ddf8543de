import { type ConllReader, createConllReader, endsSentence } from '../formats/conll.js';
import { type ConllColumns, type ConllLayout, splitColumns } from '../formats/conll-layout.js';
import { describeLabelled, isLabelled } from '../formats/tokenless-lines.js';
import { at } from '../text/at.js';
import { countEach } from '../text/counts.js';
import type { NamedTags } from '../text/possible-labels.js';
import type { Sentence } from '../text/sentence.js';
import type { FindingKind, FindingLog } from './findings.js';
import { excerpt } from './lines.js';
import type { PlacedSentence } from './sentence-store.js';

const PADDED = /^ | $/;
/** Matches marks of documents, and what may be comments, ranges and empty nodes of CoNLL-U. */
export const NO_TOKEN = /^(?:-DOCSTART-|#|\d+[-.]\d+(?:[\t ]|$)| +\d+[-.]\d+(?: [^\t]*)?$)/;
const NUMBERED_LINE = /^ *\d+(?:[\t ]|$)/;

/** The first lines show how many columns the lines of a file have. */
export const MOST_SHOWING = 10_000;

/** The sentences that the lines of a file contain. */
export interface ReadLines {
  readonly sentences: readonly PlacedSentence[];
  /** Undefined if no line holds a token. */
  readonly layout: ConllLayout | undefined;
  /** Whether tabs separate the columns of most lines. */
  readonly hasTabs: boolean;
}

/** Reads the sentences of all lines of a file, as `ColumnsReader` does. */
export function readLines(file: string, lines: readonly string[], columns: ConllColumns, log: FindingLog): ReadLines {
  const sentences: PlacedSentence[] = [];
  const reader = new ColumnsReader(file, columns, log, (sentence) => void sentences.push(sentence));
  for (const line of lines) reader.push(line);
  reader.end();
  return { sentences, layout: reader.layout, hasTabs: reader.hasTabs };
}

/** A line of a token of the sentence at hand. */
interface TokenLine {
  readonly number: number;
  readonly isTabbed: boolean;
}

/**
 * Reads the sentences of CoNLL lines as the other commands do, but goes on where they stop: it leaves out a sentence with a
 * line that cannot be read, and reports the line; it removes spaces around tokens and tags, and reports them. It also reports in
 * readable lines what other readers stumble over.
 */
export class ColumnsReader {
  readonly #file: string;
  readonly #columns: ConllColumns & NamedTags;
  readonly #log: FindingLog;
  readonly #take: (sentence: PlacedSentence) => void;
  /** The first lines, until there are enough to show how many columns lines have. */
  #first: string[] | undefined = [];
  #reader: ConllReader | undefined;
  #lineCount = 0;
  /** The lines that can hold tokens of the sentence at hand; none if it is left out. */
  #pending: { readonly number: number; readonly line: string }[] = [];
  #isRefused = false;
  #sentenceCount = 0;
  #balance = 0;
  /** Where tabs separate columns, and where spaces do. */
  readonly #tabbed;
  readonly #spaced;

  constructor(
    file: string,
    columns: ConllColumns & NamedTags,
    log: FindingLog,
    take: (sentence: PlacedSentence) => void,
  ) {
    this.#file = file;
    this.#columns = columns;
    this.#log = log;
    this.#take = take;
    this.#tabbed = log.createPlaces();
    this.#spaced = log.createPlaces();
  }

  /** The layout that the first lines have shown. */
  get layout(): ConllLayout | undefined {
    return this.#reader?.layout;
  }

  /** Whether tabs separate the columns of most lines. */
  get hasTabs(): boolean {
    return this.#balance >= 0;
  }

  push(line: string): void {
    if (!this.#first) this.#read(line);
    else if (this.#first.push(line) >= MOST_SHOWING) this.#begin();
  }

  end(): void {
    this.#begin();
    this.#finish(this.#reader?.end());
    if (this.#sentenceCount === 0) this.#add('no-sentence', 1, 'no sentence in it');
    this.#log.addAll('mixed-separators', this.#file, this.hasTabs ? this.#spaced : this.#tabbed);
  }

  /** Reads the first lines, now that they have shown how many columns lines have. */
  #begin(): void {
    const first = this.#first;
    if (!first) return;
    this.#first = undefined;
    this.#reader = createConllReader({
      ...this.#columns,
      source: this.#file,
      needsTags: true,
      columnCount: usualColumnCount(first),
      onRefusal: ({ kind, line, what }) => this.#refuse(kind, line, what),
      onTokenless: (line) => {
        if (isLabelled(line, this.#columns)) this.#add('not-held', line.line, describeLabelled(line));
      },
    });
    for (const line of first) this.#read(line);
  }

  #read(line: string): void {
    const number = ++this.#lineCount;
    if (line === '' && this.#pending.length === 0 && !this.#isRefused) {
      // Most lines of some files are empty, and end nothing.
      this.#reader?.push(line);
      return;
    }
    if (line !== '' && line.trim() === '') this.#add('white-separator', number, `holds ${excerpt(line)}`);
    this.#pending.push({ number, line });
    this.#finish(this.#reader?.push(line));
    const { layout } = this;
    const isEnd = endsSentence(line);
    if (isEnd || (this.#isRefused && layout)) this.#pending = [];
    else if (layout && !isTokenLine(line, layout)) this.#pending.pop();
    if (isEnd) this.#isRefused = false;
  }

  #refuse(kind: FindingKind, number: number, what: string): void {
    const refused = this.#pending.find((each) => each.number === number);
    this.#add(kind, number, `${what}: ${excerpt(refused?.line ?? '')}`);
    this.#isRefused = true;
  }

  /** Takes a sentence that the reader has found. */
  #finish(read: Sentence | undefined): void {
    const { layout } = this;
    if (!read || !layout) return;
    this.#sentenceCount++;
    const tokenLines: TokenLine[] = [];
    for (const { number, line } of this.#pending)
      if (number >= read.line && tokenLines.length < read.tokens.length && isTokenLine(line, layout))
        tokenLines.push({ number, isTabbed: line.includes('\t') });
    const tokens = this.#clean(read.tokens, 'token', tokenLines);
    const tags = this.#clean(read.tags, 'tag', tokenLines);
    for (const [index, token] of tokens.entries()) this.#checkToken(token, at(tokenLines, index), layout);
    const lines = tokenLines.map(({ number }) => number);
    this.#take({ tokens, tags, document: read.document, file: this.#file, lines });
  }

  /** Returns fields without spaces around them. */
  #clean(fields: readonly string[], name: string, lines: readonly TokenLine[]): readonly string[] {
    return fields.map((field, index) => {
      if (!PADDED.test(field)) return field;
      const trimmed = field.replace(/^ +| +$/g, '') || field;
      if (trimmed !== field) this.#add('padded-field', at(lines, index).number, `${name} ${JSON.stringify(field)}`);
      return trimmed;
    });
  }

  #checkToken(token: string, { number, isTabbed }: TokenLine, { isNumbered }: ConllLayout): void {
    this.#balance += isTabbed ? 1 : -1;
    if (isTabbed) this.#tabbed.add(this.#file, number, 'separated by tabs');
    else this.#spaced.add(this.#file, number, 'separated by spaces');
    if (token.includes(' ')) this.#add('space-in-token', number, `token ${JSON.stringify(token)}`);
    if (!isNumbered && token.startsWith('#')) this.#add('comment-like', number, `token ${JSON.stringify(token)}`);
  }

  #add(kind: FindingKind, line: number, what: string): void {
    this.#log.add(kind, { file: this.#file, line, what });
  }
}

/** Returns the number of columns that most of the first lines have, without lines that do not, or may not, hold a token. */
export function usualColumnCount(lines: readonly string[]): number {
  const counts = countEach(
    lines
      .slice(0, MOST_SHOWING)
      .filter((line) => line.trim() !== '' && !NO_TOKEN.test(line))
      .map(countColumns),
  );
  let usual = 0;
  for (const [count, lineCount] of counts) if (lineCount > (counts.get(usual) ?? 0)) usual = count;
  return usual;
}

/** Counts what `splitColumns` returns, without creating it if tabs separate the columns. */
function countColumns(line: string): number {
  let count = 1;
  for (let tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', tab + 1)) count++;
  return count > 1 ? count : splitColumns(line).length;
}

function isTokenLine(line: string, layout: ConllLayout | undefined): boolean {
  if (layout?.isNumbered) return NUMBERED_LINE.test(line);
  return !layout?.isNamed || !line.startsWith('#') || line.includes('\t');
}
