import { createConllReader } from '../formats/conll.js';
import { type ConllColumns, type ConllLayout, splitColumns } from '../formats/conll-layout.js';
import { at } from '../text/at.js';
import { countEach, internStrings } from '../text/counts.js';
import type { Sentence } from '../text/sentence.js';
import type { FindingKind, FindingLog } from './findings.js';
import { excerpt } from './lines.js';
import type { PlacedSentence } from './part.js';

const PADDED = /^ | $/;
/** Marks of documents, and what may be comments, ranges and empty nodes of CoNLL-U. */
const NO_TOKEN = /^(?:-DOCSTART-|#|\d+[-.]\d+(?:[\t ]|$)| +\d+[-.]\d+(?: [^\t]*)?$)/;
const NUMBERED_LINE = /^ *\d+(?:[\t ]|$)/;

/** The tokens, tags and findings that the lines of a file contain. */
export interface ReadLines {
  readonly sentences: readonly PlacedSentence[];
  /** How many columns most lines have. */
  readonly columnCount: number;
  /** Undefined if no line holds a token. */
  readonly layout: ConllLayout | undefined;
  /** Whether tabs separate the columns of most lines. */
  readonly hasTabs: boolean;
}

/**
 * Reads the sentences of CoNLL lines as the other commands do, but goes on where they stop: it leaves out a sentence with a
 * line that cannot be read, and reports the line; it removes spaces around tokens and tags, and reports them.
 */
export function readLines(file: string, lines: readonly string[], columns: ConllColumns, log: FindingLog): ReadLines {
  const columnCount = usualColumnCount(lines);
  const reader = createConllReader({
    ...columns,
    source: file,
    needsTags: true,
    columnCount,
    onRefusal: ({ kind, line, what }) =>
      log.add(kind, { file, line, what: `${what}: ${excerpt(lines[line - 1] ?? '')}` }),
  });
  const read: Sentence[] = [];
  const take = (sentence: Sentence | undefined): void => {
    if (sentence) read.push(sentence);
  };
  for (const line of lines) take(reader.push(line));
  take(reader.end());
  if (read.length === 0) log.add('no-sentence', { file, line: 1, what: 'no sentence in it' });
  const { layout } = reader;
  const once = internStrings();
  const clean = (fields: readonly string[], name: string, numbers: readonly number[]): readonly string[] =>
    fields.map((field, index) => {
      const trimmed = PADDED.test(field) ? field.replace(/^ +| +$/g, '') || field : field;
      if (trimmed !== field)
        log.add('padded-field', { file, line: at(numbers, index), what: `${name} ${JSON.stringify(field)}` });
      return once(trimmed);
    });
  const sentences = read.map((sentence) => {
    const numbers = tokenLines(sentence, lines, layout);
    const tokens = clean(sentence.tokens, 'token', numbers);
    return { ...sentence, tokens, tags: clean(sentence.tags, 'tag', numbers), file, lines: numbers };
  });
  let balance = 0;
  for (const sentence of sentences) for (const line of sentence.lines) balance += hasTab(lines, line) ? 1 : -1;
  return { sentences, columnCount, layout, hasTabs: balance >= 0 };
}

/** Returns the number of columns that most lines have, without lines that do not, or may not, hold a token. */
export function usualColumnCount(lines: readonly string[]): number {
  const counts = countEach(lines.filter((line) => line.trim() !== '' && !NO_TOKEN.test(line)).map(countColumns));
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

/** Returns the line numbers of a sentence's tokens, between which CoNLL-U may have comments, ranges and empty nodes. */
function tokenLines({ tokens, line }: Sentence, lines: readonly string[], layout: ConllLayout | undefined): number[] {
  const found: number[] = [];
  for (let number = line; found.length < tokens.length; number++)
    if (isTokenLine(at(lines, number - 1), layout)) found.push(number);
  return found;
}

function isTokenLine(line: string, layout: ConllLayout | undefined): boolean {
  if (layout?.isNumbered) return NUMBERED_LINE.test(line);
  return !layout?.isNamed || !line.startsWith('#') || line.includes('\t');
}

function hasTab(lines: readonly string[], number: number): boolean {
  return at(lines, number - 1).includes('\t');
}

/** Finds in a readable file what other readers stumble over. */
export function checkLines(
  file: string,
  lines: readonly string[],
  { sentences, hasTabs, layout }: ReadLines,
  log: FindingLog,
): void {
  for (const [index, line] of lines.entries())
    if (line !== '' && line.trim() === '')
      log.add('white-separator', { file, line: index + 1, what: `holds ${excerpt(line)}` });
  for (const { tokens, lines: numbers } of sentences) {
    for (const [index, token] of tokens.entries()) {
      const number = at(numbers, index);
      const add = (kind: FindingKind, what: string): void => log.add(kind, { file, line: number, what });
      if (hasTab(lines, number) !== hasTabs)
        add('mixed-separators', hasTabs ? 'separated by spaces' : 'separated by tabs');
      if (token.includes(' ')) add('space-in-token', `token ${JSON.stringify(token)}`);
      if (!layout?.isNumbered && token.startsWith('#')) add('comment-like', `token ${JSON.stringify(token)}`);
    }
  }
}
