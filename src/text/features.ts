import { lettersOf, READ_LETTERS } from './letters.js';
import { foldWord, UNKNOWN_ID, type Vocabulary } from './vocabulary.js';
import type { VectorWords } from './word-vectors.js';

/** `prefixes` and `suffixes` are one feature for each length of 1 to 4 characters; `letters`, where it is one, is the last. */
export type FeatureName = 'form' | 'prefixes' | 'suffixes' | 'shape' | 'casing' | 'letters';

const LONGEST_AFFIX = 4;

/** Casings are numbered from 1. */
const CASINGS = 8;

const LONGEST_SHAPE = 8;

const NAMED_LETTERS = 2 * READ_LETTERS;

/** One one-hot vector of a token beside its form; value number 0 stands for all that are not in the list. */
export interface WordFeature {
  readonly name: string;
  readonly values: readonly string[];
}

/** The rows that tokens may name. */
export interface RowTable {
  readonly name: string;
  /** Value number 0 included. */
  readonly rows: number;
  /** How many of its rows a token names, where that is not one. */
  readonly namedRows?: number | undefined;
  /** Numbers a row where the rows are given, and not trained. */
  readonly givenWidth?: number | undefined;
}

/** How the tables are called, in the order of a token's ids. */
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
 * What tokens are known by: the rows that each names in the tables, the form's first where it is one of the features,
 * those of pre-trained vectors last.
 * Training and tagging find features here, and only here.
 */
export class FeatureSet {
  readonly features: readonly FeatureName[];
  /** Of the forms; its way of folding also holds for affixes. */
  readonly vocabulary: Vocabulary;
  /** The other tables. */
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

  /** Writes the token's rows, table by table, to `ids`, from `at` on. */
  writeIds(token: string, ids: Int32Array, at: number): void {
    const form = foldWord(token, this.vocabulary.form);
    let place = at;
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

/** The features of a corpus: all affixes of at least two forms, all shapes and letters of at least two tokens. */
export function collectFeatures(
  sentences: readonly { readonly tokens: readonly string[] }[],
  features: readonly FeatureName[],
  vocabulary: Vocabulary,
  vectors?: VectorWords,
): FeatureSet {
  const names = tableNames(features).filter((name) => name !== 'form');
  const counts = names.map(() => new Map<string, number>());
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
        const count = counts[table] as Map<string, number>;
        count.set(value, (count.get(value) ?? 0) + 1);
      };
      visitValues(features, token, form, (value, isOfForm) => {
        if (isNewForm || !isOfForm) countValue(value);
        table++;
      });
      if (features.includes('letters')) for (const letter of new Set(lettersOf(token))) countValue(letter);
    }
  }
  const others = names.map((name, table) => ({ name, values: oftenSeen(counts[table] as Map<string, number>) }));
  return new FeatureSet(features, vocabulary, others, vectors);
}

/** Values that two have, from the most frequent on, ties in code-unit order. */
function oftenSeen(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([valueA, countA], [valueB, countB]) => countB - countA || (valueA < valueB ? -1 : 1))
    .map(([value]) => value);
}

/** Visits the value of each table but the form's and the letters', in the order of `tableNames`. */
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

/** The first 1 to 4 characters, a surrogate pair being one; of shorter words the whole. */
function visitPrefixes(form: string, visit: (prefix: string) => void): void {
  let end = 0;
  for (let length = 1; length <= LONGEST_AFFIX; length++) {
    if (end < form.length) end += isHighSurrogate(form, end) ? 2 : 1;
    visit(form.slice(0, end));
  }
}

function visitSuffixes(form: string, visit: (suffix: string) => void): void {
  let start = form.length;
  for (let length = 1; length <= LONGEST_AFFIX; length++) {
    if (start > 0) start -= start > 1 && isHighSurrogate(form, start - 2) ? 2 : 1;
    visit(form.slice(start));
  }
}

/** Whether a pair of surrogates, which is one character, begins there. */
function isHighSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}

/** Upper, lower, digit, other letter, none of them. */
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

/** `McDonald` to `XxXxx`: letters by case, digits as `d`, runs of three or more cut to two, eight at most. */
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

/** Lower, upper, title, digits only, with digits, other capital, letters without case, the rest: from 1 to 8. */
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
