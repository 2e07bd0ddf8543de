import { integerAt } from './at.js';
import { ChunkTable, NO_CHUNK } from './chunk-table.js';
import type { CutTokens } from './cut-tokens.js';
import type { ChunkCutter } from './tokenizer.js';

/** Longer chunks are rare, and not remembered. */
const LONGEST_REMEMBERED = 48;

/** The numbers that are remembered of each token: its word, its start and its end in the chunk. */
const NUMBERS_EACH = 3;

/** Where and by what FNV-1a starts and multiplies. */
const HASH_START = 0x811c9dc5 | 0;
const HASH_PRIME = 0x01000193;

/**
 * Cuts texts into tokens as a tokenizer does, and numbers their words. The pieces between white space are looked up as a whole:
 * each distinct one is cut, and its words are numbered, only once.
 */
export class TextReader {
  readonly #cut: ChunkCutter;
  readonly #numberOf: ((word: string) => number) | undefined;
  readonly #table = new ChunkTable();
  #offsets = new Int32Array(1024);
  #words = new Int32Array(512);
  /** The number of tokens of the text so far. */
  #count = 0;

  /** @param numberOf returns the number of a word; if it is undefined, tokens have none */
  constructor(cut: ChunkCutter, numberOf: ((word: string) => number) | undefined) {
    this.#cut = cut;
    this.#numberOf = numberOf;
  }

  /** Forgets all words, as must be done when they get other numbers. */
  clear(): void {
    this.#table.clear();
  }

  read(text: string): CutTokens {
    this.#count = 0;
    let last = text.length;
    while (last > 0 && isSpaceUnit(text.charCodeAt(last - 1))) last--;
    for (let start = 0; start < last; ) {
      let unit = text.charCodeAt(start);
      if (isSpaceUnit(unit)) {
        start++;
        continue;
      }
      let hash = HASH_START;
      let end = start;
      do {
        hash = Math.imul(hash ^ unit, HASH_PRIME);
        unit = text.charCodeAt(++end);
      } while (end < last && !isSpaceUnit(unit));
      const isLast = end === last;
      // The last chunk is cut in its own way: by the other hash the table takes it for another chunk.
      this.#addChunk(text, start, end, isLast ? ~hash : hash, isLast);
      start = end;
    }
    return {
      offsets: this.#offsets.slice(0, 2 * this.#count),
      words: this.#numberOf ? this.#words.slice(0, this.#count) : undefined,
    };
  }

  #addChunk(text: string, start: number, end: number, hash: number, isLast: boolean): void {
    const table = this.#table;
    const found = table.find(text, start, end, hash);
    if (found !== NO_CHUNK) {
      const first = table.firstNumberOf(found);
      this.#addTokens(table.numbers, first, first + table.countOf(found), start);
      return;
    }
    const numbers: number[] = [];
    const chunk = text.slice(start, end);
    this.#cut(chunk, isLast, (from, to) => {
      numbers.push(this.#numberOf?.(chunk.slice(from, to)) ?? 0, from, to);
    });
    if (chunk.length <= LONGEST_REMEMBERED) table.add(text, start, end, hash, numbers);
    this.#addTokens(Int32Array.from(numbers), 0, numbers.length, start);
  }

  /** Adds the tokens whose numbers stand from `first` to `last`, exclusive. */
  #addTokens(numbers: Int32Array, first: number, last: number, start: number): void {
    const added = (last - first) / NUMBERS_EACH;
    if (this.#count + added > this.#words.length) {
      this.#words = extended(this.#words, this.#count + added);
      this.#offsets = extended(this.#offsets, 2 * (this.#count + added));
    }
    let token = this.#count;
    for (let place = first; place < last; place += NUMBERS_EACH) {
      this.#words[token] = integerAt(numbers, place);
      this.#offsets[2 * token] = start + integerAt(numbers, place + 1);
      this.#offsets[2 * token + 1] = start + integerAt(numbers, place + 2);
      token++;
    }
    this.#count = token;
  }
}

function extended(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * length);
  longer.set(numbers);
  return longer;
}

const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;
const OGHAM_SPACE = 0x1680;
/** The white space beyond Latin-1. */
const OTHER_SPACES = new Set([...'\u1680\u2028\u2029\u202f\u205f\u3000\ufeff'].map((space) => space.charCodeAt(0)));

/** Tells whether a UTF-16 unit is what `\s` matches. */
function isSpaceUnit(unit: number): boolean {
  if (unit <= SPACE) return unit === SPACE || (unit >= 0x09 && unit <= 0x0d);
  if (unit < NO_BREAK_SPACE) return false;
  if (unit < OGHAM_SPACE) return unit === NO_BREAK_SPACE;
  return (unit >= 0x2000 && unit <= 0x200a) || OTHER_SPACES.has(unit);
}
