import { buildVocabulary, foldWord, type Vocabulary } from '../../src/text/vocabulary.js';

const FOLDED = { lowercase: true, foldDigits: true };

/** Casings are numbered from 1. */
const CASINGS = 8;

/** A one-hot vector of a token: the values that it knows are numbered from 1, in this order; others have number 0. */
export interface WordFeature {
  readonly name: string;
  readonly width: number;
  readonly values: readonly string[];
}

/** What a token is known by beside its form: `prefix1` to `suffix4`, `shape` and `casing`. */
const AFFIXES = [1, 2, 3, 4].flatMap((length) => [
  { name: `prefix${length}`, of: (letters: readonly string[]) => letters.slice(0, length).join('') },
  { name: `suffix${length}`, of: (letters: readonly string[]) => letters.slice(-length).join('') },
]);

/** Upper, lower, digit, other letter: what `classOf` has found so far. */
const CLASSES = new Map<string, 'X' | 'x' | 'd' | 'l' | ''>();

function classOf(letter: string): 'X' | 'x' | 'd' | 'l' | '' {
  let found = CLASSES.get(letter);
  if (found === undefined) {
    if (/\p{Uppercase}/u.test(letter)) found = 'X';
    else if (/\p{Lowercase}/u.test(letter)) found = 'x';
    else if (/\p{Nd}/u.test(letter)) found = 'd';
    else found = /\p{L}/u.test(letter) ? 'l' : '';
    CLASSES.set(letter, found);
  }
  return found;
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
      if (++length === 8) break;
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
  if (classes.every((found) => found === 'd')) return 4;
  if (classes.includes('d')) return 5;
  if (startsUpper) return 6;
  return upper >= 0 || classes.includes('l') ? 7 : CASINGS;
}

type Tokens = readonly { readonly tokens: readonly string[] }[];

/** The words of the sentences, lower-cased and with digits folded. */
export function collectForms(sentences: Tokens): WordFeature {
  return { name: 'form', width: 100, values: formsOf(sentences).words };
}

/** Forms, affixes that two forms have, shapes seen five times, and casings. */
export function collectWordFeatures(sentences: Tokens): WordFeature[] {
  const forms = formsOf(sentences);
  const letters = forms.words.map((word) => [...word]);
  const affixes = AFFIXES.map(({ name, of }) => ({ name, width: 16, values: seenOften(letters.map(of), 2) }));
  const shapes = seenOften(
    sentences.flatMap(({ tokens }) => tokens.map(shapeOf)),
    5,
  );
  const casings = Array.from({ length: CASINGS }, (_, index) => `${index + 1}`);
  return [
    { name: 'form', width: 100, values: forms.words },
    ...affixes,
    { name: 'shape', width: 16, values: shapes },
    { name: 'casing', width: 8, values: casings },
  ];
}

/** Finds the numbers of tokens' features; a token seen before is looked up. */
export class FeatureExtractor {
  readonly #ids: readonly ReadonlyMap<string, number>[];
  readonly #known = new Map<string, readonly number[]>();

  constructor(features: readonly WordFeature[]) {
    this.#ids = features.map(({ values }) => new Map(values.map((value, index) => [value, index + 1])));
  }

  /** The numbers of a sentence's tokens, for each feature. */
  extract(tokens: readonly string[]): Int32Array[] {
    const ids = this.#ids.map(() => new Int32Array(tokens.length));
    for (const [t, token] of tokens.entries()) {
      const numbers = this.#numbersOf(token);
      for (const [feature, column] of ids.entries()) column[t] = numbers[feature] as number;
    }
    return ids;
  }

  #numbersOf(token: string): readonly number[] {
    let numbers = this.#known.get(token);
    if (!numbers) {
      const form = foldWord(token, FOLDED);
      const letters = [...form];
      const values =
        this.#ids.length === 1
          ? [form]
          : [form, ...AFFIXES.map(({ of }) => of(letters)), shapeOf(token), `${casingOf(token)}`];
      numbers = values.map((value, feature) => this.#ids[feature]?.get(value) ?? 0);
      this.#known.set(token, numbers);
    }
    return numbers;
  }
}

function formsOf(sentences: Tokens): Vocabulary {
  return buildVocabulary(sentences, { ...FOLDED, size: Number.POSITIVE_INFINITY, minCount: 1 });
}

function seenOften(values: readonly string[], times: number): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= times).map(([value]) => value);
}
