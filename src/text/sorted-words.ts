import { at } from './at.js';

/** Digits that say how many characters a word shares with the one before it. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** What each character code below 128 is as such a digit; -1 if it is none. */
const DIGIT_OF = Int8Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));

const LINE_FEED = 0x0a;

/** The number of units that become a string at a time. */
const PIECE = 4096;

/**
 * Distinct words in code-unit order, side by side in one array. A hundred thousand of them need little memory, go to other
 * threads as two arrays, and are found without a hash table that would have to be built first.
 */
export class SortedWords {
  /** The UTF-16 units of the words without anything between them. */
  readonly units: Uint16Array;
  /** (words), where each word ends among the units */
  readonly ends: Uint32Array;

  constructor({ units, ends }: Pick<SortedWords, 'units' | 'ends'>) {
    this.units = units;
    this.ends = ends;
  }

  /** @param words distinct words in code-unit order */
  static of(words: readonly string[]): SortedWords {
    const ends = new Uint32Array(words.length);
    let end = 0;
    for (const [index, word] of words.entries()) ends[index] = end += word.length;
    const units = new Uint16Array(end);
    let place = 0;
    for (const word of words) for (let unit = 0; unit < word.length; unit++) units[place++] = word.charCodeAt(unit);
    return new SortedWords({ units, ends });
  }

  get size(): number {
    return this.ends.length;
  }

  /** Returns a word by its index, from 0. */
  word(index: number): string {
    let word = '';
    for (let place = this.#start(index); place < at(this.ends, index); place++)
      word += String.fromCharCode(at(this.units, place));
    return word;
  }

  /** Yields all words in their order. */
  *all(): Generator<string, void, undefined> {
    const pieces: string[] = [];
    for (let place = 0; place < this.units.length; place += PIECE)
      pieces.push(String.fromCharCode(...this.units.subarray(place, place + PIECE)));
    const text = pieces.join('');
    for (const [index, end] of this.ends.entries()) yield text.slice(this.#start(index), end);
  }

  /** Returns the index of a word, or -1 if it is not among them. */
  indexOf(word: string): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const difference = this.#compare(middle, word);
      if (difference === 0) return middle;
      if (difference < 0) low = middle + 1;
      else high = middle;
    }
    return -1;
  }

  /** Returns a number that is below, at or above 0 as the word at an index stands before, is, or stands after another. */
  #compare(index: number, word: string): number {
    const start = this.#start(index);
    const length = at(this.ends, index) - start;
    for (let place = 0; place < length && place < word.length; place++) {
      const difference = at(this.units, start + place) - word.charCodeAt(place);
      if (difference !== 0) return difference;
    }
    return length - word.length;
  }

  #start(index: number): number {
    return index === 0 ? 0 : at(this.ends, index - 1);
  }

  /**
   * Returns the words as one text, a line each: a digit in base 62 for the number of characters that the word shares with
   * the one before it, then the rest ("front coding", Witten, Moffat & Bell 1999, section 4.1).
   */
  encode(): string {
    const lines: string[] = [];
    let before = '';
    for (const word of this.all()) {
      const most = Math.min(before.length, word.length, DIGITS.length - 1);
      let shared = 0;
      while (shared < most && before[shared] === word[shared]) shared++;
      lines.push(`${DIGITS[shared]}${word.slice(shared)}`);
      before = word;
    }
    return lines.join('\n');
  }

  /** Returns the words that `encode` wrote; undefined if the text is not what it writes. */
  static decode(text: string): SortedWords | undefined {
    const size = measure(text);
    if (!size) return undefined;
    const units = new Uint16Array(size.units);
    const ends = new Uint32Array(size.words);
    let start = 0;
    let end = 0;
    // A checkpoint has 150,000 words, so that an object or a call of an array's method for each would take longer than the rest.
    for (let line = 0, index = 0; index < size.words; index++) {
      const shared = digitAt(text, line);
      const before = start;
      const last = end;
      if (shared > last - before) return undefined;
      start = end;
      for (let place = before; place < before + shared; place++) units[end++] = at(units, place);
      for (line++; line < text.length && text.charCodeAt(line) !== LINE_FEED; line++)
        units[end++] = text.charCodeAt(line);
      line++;
      if (index > 0 && !isBefore(units, before + shared, last, start + shared, end)) return undefined;
      ends[index] = end;
    }
    return new SortedWords({ units, ends });
  }
}

/** Returns how many words an encoded text has, and of how many units; undefined if a line does not begin with a digit. */
function measure(text: string): { readonly words: number; readonly units: number } | undefined {
  let words = 0;
  let units = 0;
  for (let line = 0; text !== '' && line <= text.length; words++) {
    const shared = digitAt(text, line);
    if (shared < 0) return undefined;
    const feed = text.indexOf('\n', line);
    const end = feed < 0 ? text.length : feed;
    units += shared + end - line - 1;
    line = end + 1;
  }
  return { words, units };
}

/** Returns the digit at a place of a text, or -1 if there is none. */
function digitAt(text: string, place: number): number {
  return DIGIT_OF[text.charCodeAt(place)] ?? -1;
}

/** Returns whether the units from `a` to `aEnd`, exclusive, stand before those from `b` to `bEnd` in code-unit order. */
function isBefore(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  while (a < aEnd && b < bEnd && units[a] === units[b]) {
    a++;
    b++;
  }
  if (b === bEnd) return false;
  return a === aEnd || at(units, a) < at(units, b);
}
