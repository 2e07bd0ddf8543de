import { at } from '../text/at.js';
import { UNKNOWN_TAG } from '../text/possible-labels.js';

/** The columns of the token and of the tag, from 1; undefined: where the content shows them. */
export interface ConllColumns {
  readonly tokenColumn?: number | undefined;
  readonly tagColumn?: number | undefined;
}

/** How the lines of a file are to be read. */
export interface ConllLayout {
  /** Whether lines begin with the token's number, as in CoNLL-U. If so, lines that begin with # are comments. */
  readonly isNumbered: boolean;
  /** Whether the first line names the columns, as in CoNLL-U Plus. If so, lines with # and no tab are comments. */
  readonly isNamed: boolean;
  readonly tokenColumn: number;
  /** Undefined for the last column. */
  readonly tagColumn: number | undefined;
  /** The tag stands in the tag column as `KEY=tag` among other pairs: the MISC column of CoNLL-U. */
  readonly hasPairs: boolean;
}

/** The key of the tag in a column of pairs. */
export const PAIR_KEY = 'NER';

/** Matches a line that names the columns, as the first line of CoNLL-U Plus does. */
export const NAMED_COLUMNS = /^# *global\.columns *= *([^\t]+)$/;
/** Matches a column that is the number of a token. */
export const TOKEN_NUMBER = /^\d+$/;
/** Matches the first column of the first line of a sentence: a token, a range or an empty node. */
const FIRST_NUMBER = /^(?:1(?:-\d+)?|0\.1)$/;
/** Matches a column that is the number of a range of tokens or of an empty node, whose lines are no tokens. */
export const RANGE_OR_EMPTY_NODE = /^\d+[-.]\d+$/;
/** Matches what stands in a column of a token for which there is nothing to say. */
export const EMPTY_COLUMN = /^[_-]?$/;
/** Matches a tag with a prefix, and O. */
export const TAG = /^(?:O|[BIESLU]-.+)$/;
const PAIR = /(?:^|\|)(?:NER|NE|Entity|NamedEntity)=([^|]*)/i;
const NAMED_TAG = /^(?:.*:)?(?:NER|NE|ENTITY|NAMED[-_]?ENTITY)$/i;
const MISC_COLUMN = 10;

/**
 * Splits a line into columns, at tabs if it holds any, else at spaces. A token may hold a no-break or zero-width space,
 * and a space if tabs separate columns.
 */
export function splitColumns(line: string): string[] {
  return line.includes('\t') ? line.split('\t') : line.split(' ').filter((column) => column !== '');
}

/** Returns the tag in a column of pairs, as in `SpaceAfter=No|NER=B-PER`; O if there is none. */
export function tagOfPairs(column: string): string {
  return PAIR.exec(column)?.[1] ?? 'O';
}

/** Returns whether one pair is that of a tag. */
export function isTagPair(pair: string): boolean {
  return PAIR.test(pair);
}

/** Returns a column of pairs with another tag, or unchanged if it has none. */
export function withTagOfPairs(column: string, tag: string): string {
  return column.replace(PAIR, (pair: string, former: string) => pair.slice(0, pair.length - former.length) + tag);
}

/**
 * Finds the layout of a file by its first lines. If lines are numbered and nobody says where the tag stands, it stands in
 * the one column that holds nothing but tags, or else among the pairs of the MISC column.
 *
 * @param lines the lines of the first sentence, or of more than one of its tokens
 */
export function findLayout(lines: readonly string[], columns: ConllColumns): ConllLayout {
  const named = NAMED_COLUMNS.exec(lines[0] ?? '')?.[1]
    ?.trim()
    .split(/ +/);
  if (named) return layoutOfNames(named, columns);
  const isNumbered = columns.tokenColumn !== 1 && beginNumbered(lines);
  const tokenColumn = columns.tokenColumn ?? (isNumbered ? 2 : 1);
  const layout = { isNumbered, isNamed: false, tokenColumn, tagColumn: columns.tagColumn, hasPairs: false };
  if (!isNumbered) return layout;
  const rows = lines
    .filter((line) => !line.startsWith('#'))
    .map(splitColumns)
    .filter(([number]) => TOKEN_NUMBER.test(number as string));
  const count = rows[0]?.length ?? 0;
  const misc = rows.map((row) => row[MISC_COLUMN - 1] ?? '');
  const hasPairs = count === MISC_COLUMN && misc.every((column) => column === '_' || column.includes('='));
  if (columns.tagColumn !== undefined) return { ...layout, hasPairs: hasPairs && columns.tagColumn === MISC_COLUMN };
  const candidates = Array.from({ length: Math.min(count, 1000) }, (_, index) => index + 1).filter(
    (column) => column > 2 && rows.every((row) => isTag(row[column - 1] ?? '')),
  );
  if (candidates.length === 1) return { ...layout, tagColumn: candidates[0] };
  if (candidates.length === 0 && hasPairs && misc.some((column) => isTag(PAIR.exec(column)?.[1] ?? '')))
    return { ...layout, tagColumn: MISC_COLUMN, hasPairs: true };
  return layout;
}

/** Returns whether a column is a tag with a prefix, or one that stands where there are such tags. */
function isTag(column: string): boolean {
  return TAG.test(column) || column === UNKNOWN_TAG;
}

/** Finds the layout of CoNLL-U Plus, whose first line is `# global.columns = ID FORM ... NER`. */
function layoutOfNames(names: readonly string[], columns: ConllColumns): ConllLayout {
  const form = names.indexOf('FORM') + 1;
  const tag = names.findIndex((name) => NAMED_TAG.test(name)) + 1;
  return {
    isNumbered: names[0] === 'ID',
    isNamed: true,
    tokenColumn: columns.tokenColumn ?? (form || 1),
    tagColumn: columns.tagColumn ?? (tag || undefined),
    hasPairs: false,
  };
}

/**
 * Returns whether a file begins as CoNLL-U does: the first token has number 1, and the second a number, too. A sentence
 * of one token needs a comment before it.
 */
export function beginNumbered(lines: readonly string[]): boolean {
  const tokens = lines.filter((line) => !line.startsWith('#')).slice(0, 2);
  const [first, second] = tokens.map(splitColumns);
  if (first === undefined || first.length < 3 || !FIRST_NUMBER.test(at(first, 0))) return false;
  if (second === undefined) return tokens.length < lines.length;
  const number = at(second, 0);
  return TOKEN_NUMBER.test(number) || RANGE_OR_EMPTY_NODE.test(number);
}
