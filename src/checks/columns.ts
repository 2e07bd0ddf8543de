import { createConllReader } from '../formats/conll.js';
import { type ConllColumns, type ConllLayout, splitColumns } from '../formats/conll-layout.js';
import type { Sentence } from '../text/sentence.js';
import type { FindingLog } from './findings.js';
import type { FindingKind } from './kinds.js';
import { excerpt } from './lines.js';
import type { PlacedSentence } from './part.js';

const PADDED = /^ | $/;
/** Documents, and what may be comments, ranges and empty nodes of CoNLL-U. */
const NO_TOKEN = /^(?:-DOCSTART-|#|\d+[-.]\d+(?:[\t ]|$)| +\d+[-.]\d+(?: [^\t]*)?$)/;
const NUMBERED_LINE = /^ *\d+(?:[\t ]|$)/;

export interface ReadLines {
  readonly sentences: readonly PlacedSentence[];
  /** How many columns most lines have. */
  readonly columnCount: number;
  /** Undefined where no line is a token's. */
  readonly layout: ConllLayout | undefined;
  /** Whether most lines separate columns by tabs. */
  readonly hasTabs: boolean;
}

/**
 * Reads the sentences of CoNLL lines as the other commands do, but goes on where they stop: a sentence with a line that
 * cannot be read is left out, and the line found; spaces around tokens and tags are left out, and found.
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
  const texts = new Map<string, string>();
  const clean = (fields: readonly string[], name: string, numbers: readonly number[]): readonly string[] =>
    fields.map((field, index) => {
      const trimmed = PADDED.test(field) ? field.replace(/^ +| +$/g, '') || field : field;
      if (trimmed !== field)
        log.add('padded-field', { file, line: numbers[index] as number, what: `${name} ${JSON.stringify(field)}` });
      return once(trimmed, texts);
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

/** The first of equal texts: that all occurrences of a word are one string makes every later look-up faster. */
function once(text: string, texts: Map<string, string>): string {
  const known = texts.get(text);
  if (known === undefined) texts.set(text, text);
  return known ?? text;
}

/** The number of columns that most lines have; what is no token, or may be none, is left aside. */
export function usualColumnCount(lines: readonly string[]): number {
  const counts = new Map<number, number>();
  for (const line of lines) {
    if (line.trim() === '' || NO_TOKEN.test(line)) continue;
    const count = countColumns(line);
    counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  let usual = 0;
  for (const [count, lineCount] of counts) if (lineCount > (counts.get(usual) ?? 0)) usual = count;
  return usual;
}

/** As many as `splitColumns` gives, without making them. */
function countColumns(line: string): number {
  let count = 1;
  for (let tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', tab + 1)) count++;
  return count > 1 ? count : splitColumns(line).length;
}

/** The lines of a sentence's tokens; between those of CoNLL-U there are comments, ranges and empty nodes. */
function tokenLines({ tokens, line }: Sentence, lines: readonly string[], layout: ConllLayout | undefined): number[] {
  const found: number[] = [];
  for (let number = line; found.length < tokens.length; number++)
    if (isTokenLine(lines[number - 1] as string, layout)) found.push(number);
  return found;
}

function isTokenLine(line: string, layout: ConllLayout | undefined): boolean {
  if (layout?.isNumbered) return NUMBERED_LINE.test(line);
  return !layout?.isNamed || !line.startsWith('#') || line.includes('\t');
}

function hasTab(lines: readonly string[], number: number): boolean {
  return (lines[number - 1] as string).includes('\t');
}

/** Finds what the lines of a readable file have that other readers trip over. */
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
      const number = numbers[index] as number;
      const add = (kind: FindingKind, what: string): void => log.add(kind, { file, line: number, what });
      if (hasTab(lines, number) !== hasTabs)
        add('mixed-separators', hasTabs ? 'separated by spaces' : 'separated by tabs');
      if (token.includes(' ')) add('space-in-token', `token ${JSON.stringify(token)}`);
      if (!layout?.isNumbered && token.startsWith('#')) add('comment-like', `token ${JSON.stringify(token)}`);
    }
  }
}
