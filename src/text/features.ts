import { at } from './at.js';
import { lettersOf, READ_LETTERS } from './letters.js';
import { foldWord, UNKNOWN_ID, type Vocabulary } from './vocabulary.js';
import type { VectorWords } from './word-vectors.js';

/**
 * What a token is known by. `prefixes` and `suffixes` stand for one table for each length of 1 to 4 characters; `letters`
 * comes last.
 */
export type FeatureName = 'form' | 'prefixes' | 'suffixes' | 'shape' | 'casing' | 'letters';

const LONGEST_AFFIX = 4;

/** Casings are numbered from 1 to this. */
const CASINGS = 8;

const LONGEST_SHAPE = 8;

const NAMED_LETTERS = 2 * READ_LETTERS;

/** A feature of tokens other than the form. Values are numbered from 1; 0 stands for all that are not in the list. */
export interface WordFeature {
  readonly name: string;
  readonly values: readonly string[];
}

/** A table with the rows that tokens name. */
export interface RowTable {
  readonly name: string;
  /** Number of rows, that of value 0 included. */
  readonly rows: number;
  /** How many rows a token names, if not one. */
  readonly namedRows?: number | undefined;
  /** Width of a row, if the rows are given and not trained. */
  readonly givenWidth?: number | undefined;
}

/** Returns the names of the tables, in the order of a token's ids. */
export function tableNames(features: readonly FeatureName[]): string[] {
  const affixes = (kind: string): string[] =>
    Array.from({ length: LONGEST_AFFIX }, (_, index) => `${kind}${index + 1}`);
  return features.flatMap((feature) => {
    if (feature === 'prefixes') return affixes('prefix');
    if (feature === 'suffixes') return affixes('suffix');
    return [feature];
  });
}

/**
 * Finds the rows that a token names in the tables: that of the form first, if it is one of the features, that of
 * pre-trained vectors last. Training and tagging both find features here, and only here.
 */
export class FeatureSet {
  readonly features: readonly FeatureName[];
  /** The vocabulary of forms; affixes are taken from words folded as it folds them. */
  readonly vocabulary: Vocabulary;
  /** The tables other than those of the form and of vectors. */
  readonly others: readonly WordFeature[];
  readonly vectors: VectorWords | undefined;
  readonly #hasForm: boolean;
  readonly #hasLetters: boolean;
  readonly #ids: readonly ReadonlyMap<string, number>[];

  constructor(
    features: readonly FeatureName[],
    vocabulary: Vocabulary,
    others: readonly WordFeature[],
    vectors?: VectorWords,
  ) {
    this.features = features;
    this.vocabulary = vocabulary;
    this.others = others;
    this.vectors = vectors;
    this.#hasForm = features.includes('form');
    this.#hasLetters = features.includes('letters');
    this.#ids = others.map(({ values }) => new Map(values.map((value, index) => [value, index + 1])));
  }

  get tables(): RowTable[] {
    const tables = this.others.map(({ name, values }): RowTable => {
      const table = { name, rows: values.length + 1 };
      return name === 'letters' ? { ...table, namedRows: NAMED_LETTERS } : table;
    });
    if (this.#hasForm) tables.unshift({ name: 'form', rows: this.vocabulary.size });
    if (this.vectors)
      tables.push({ name: 'vectors', rows: this.vectors.words.length + 1, givenWidth: this.vectors.width });
    return tables;
  }

  /** Writes the rows that a token names to `ids` from `start` on, table by table. */
  writeIds(token: string, ids: Int32Array, start: number): void {
    const form = foldWord(token, this.vocabulary.form);
    let place = start;
    if (this.#hasForm) ids[place++] = this.vocabulary.idOfForm(form);
    let table = 0;
    visitValues(this.features, token, form, (value) => {
      ids[place++] = this.#ids[table++]?.get(value) ?? UNKNOWN_ID;
    });
    if (this.#hasLetters)
      for (const letter of lettersOf(token)) ids[place++] = this.#ids[table]?.get(letter) ?? UNKNOWN_ID;
    if (this.vectors) ids[place] = this.vectors.idOf(token, form);
  }
}

/**
 * Collects the features of a corpus: the affixes that at least two forms have, and the shapes, casings and letters that at
 * least two tokens have.
 */
export function collectFeatures(
  sentences: readonly { readonly tokens: readonly string[] }[],
  features: readonly FeatureName[],
  vocabulary: Vocabulary,
  vectors?: VectorWords,
): FeatureSet {
  const names = tableNames(features).filter((name) => name !== 'form');
  const counted = names.map((name) => ({ name, counts: new Map<string, number>() }));
  const seenTokens = new Set<string>();
  const seenForms = new Set<string>();
  for (const { tokens } of sentences) {
    for (const token of tokens) {
      if (seenTokens.has(token)) continue;
      seenTokens.add(token);
      const form = foldWord(token, vocabulary.form);
      const isNewForm = !seenForms.has(form);
      seenForms.add(form);
      let table = 0;
      const countValue = (value: string): void => {
        const { counts } = at(counted, table);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      };
      visitValues(features, token, form, (value, isOfForm) => {
        if (isNewForm || !isOfForm) countValue(value);
        table++;
      });
      if (features.includes('letters')) for (const letter of new Set(lettersOf(token))) countValue(letter);
    }
  }
  const others = counted.map(({ name, counts }) => ({ name, values: seenTwice(counts) }));
  return new FeatureSet(features, vocabulary, others, vectors);
}

/** Returns the values with a count of at least two, the most frequent first, ties in code-unit order. */
function seenTwice(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([valueA, countA], [valueB, countB]) => countB - countA || (valueA < valueB ? -1 : 1))
    .map(([value]) => value);
}

/** Visits a token's value for each table except those of form and letters, in the order of `tableNames`. */
function visitValues(
  features: readonly FeatureName[],
  token: string,
  form: string,
  visit: (value: string, isOfForm: boolean) => void,
): void {
  for (const feature of features) {
    if (feature === 'prefixes') visitPrefixes(form, (prefix) => visit(prefix, true));
    else if (feature === 'suffixes') visitSuffixes(form, (suffix) => visit(suffix, true));
    else if (feature === 'shape') visit(shapeOf(token), false);
    else if (feature === 'casing') visit(`${casingOf(token)}`, false);
  }
}

/** Visits the first 1, 2, 3 and 4 characters, a surrogate pair counting as one, or the whole form if it is shorter. */
function visitPrefixes(form: string, visit: (prefix: string) => void): void {
  let end = 0;
  for (let length = 1; length <= LONGEST_AFFIX; length++) {
    if (end < form.length) end += beginsPair(form, end) ? 2 : 1;
    visit(form.slice(0, end));
  }
}

/** Visits the last 1, 2, 3 and 4 characters, or the whole form if it is shorter. */
function visitSuffixes(form: string, visit: (suffix: string) => void): void {
  let start = form.length;
  for (let length = 1; length <= LONGEST_AFFIX; length++) {
    if (start > 0) start -= start > 1 && beginsPair(form, start - 2) ? 2 : 1;
    visit(form.slice(start));
  }
}

/** Tells whether a surrogate pair, which is one character, begins at an index. */
function beginsPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}

/** Upper case, lower case, digit, letter without case, anything else. */
type LetterClass = 'X' | 'x' | 'd' | 'l' | '';

function classOf(letter: string): LetterClass {
  const code = letter.charCodeAt(0);
  if (code < 128) {
    if (code >= 97 && code <= 122) return 'x';
    if (code >= 65 && code <= 90) return 'X';
    return code >= 48 && code <= 57 ? 'd' : '';
  }
  if (/\p{Uppercase}/u.test(letter)) return 'X';
  if (/\p{Lowercase}/u.test(letter)) return 'x';
  if (/\p{Nd}/u.test(letter)) return 'd';
  return /\p{L}/u.test(letter) ? 'l' : '';
}

/**
 * Returns the shape of a token, `XxXxx` for `McDonald`: letters by case, digits as `d`, others as they are; runs are cut to
 * two, and the whole to eight.
 */
export function shapeOf(token: string): string {
  let shape = '';
  let last = '';
  let before = '';
  let length = 0;
  for (const letter of token) {
    const found = classOf(letter);
    const sign = found === '' || found === 'l' ? letter : found;
    if (sign !== last || sign !== before) {
      shape += sign;
      if (++length === LONGEST_SHAPE) break;
    }
    before = last;
    last = sign;
  }
  return shape;
}

/**
 * Returns the casing of a token: 1 lower case, 2 upper case, 3 only the first letter upper case, 4 digits only, 5 some
 * digits, 6 another token that begins with upper case, 7 other letters, 8 no letters.
 */
export function casingOf(token: string): number {
  const classes = Array.from(token, classOf);
  const upper = classes.lastIndexOf('X');
  const hasLower = classes.includes('x');
  const startsUpper = classes[0] === 'X';
  if (hasLower && upper < 0) return 1;
  if (!hasLower && upper >= 0 && classes.length > 1) return 2;
  if (startsUpper && upper === 0) return 3;
  if (classes.length > 0 && classes.every((found) => found === 'd')) return 4;
  if (classes.includes('d')) return 5;
  if (startsUpper) return 6;
  return upper >= 0 || classes.includes('l') ? 7 : CASINGS;
}
