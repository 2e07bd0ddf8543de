import { badInput } from '../errors.js';
import type { VectorLine } from './vectors-lines.js';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const CARRIAGE_RETURN = 0x0d;

/** Longer than any word with a vector, in bytes. */
const LONGEST_WORD = 10_000;

const HEAD = /^(\d{1,9}) (\d{1,5})\r?\n/;

/** Returns whether a file begins like word2vec's binary format: a line with two numbers, a word, and bytes that are no line of numbers. */
export function isBinaryVectors(beginning: Uint8Array): boolean {
  const [head, , width] = HEAD.exec(new TextDecoder('latin1').decode(beginning.subarray(0, 40))) ?? [];
  if (head === undefined) return false;
  const space = beginning.indexOf(SPACE, head.length);
  if (space < 0) return false;
  const lineFeed = beginning.indexOf(LINE_FEED, space);
  const rest = new TextDecoder('latin1').decode(beginning.subarray(space + 1, lineFeed < 0 ? undefined : lineFeed));
  if (lineFeed < 0) return /[^\d+\-.eE \t\r]/.test(rest);
  const fields = rest.trim().split(/[ \t]+/);
  return fields.length !== Number(width) || !fields.every((field) => Number.isFinite(Number(field)));
}

/**
 * Reads word2vec's binary format as it comes: a line with the number of words and their width, then for each word its
 * UTF-8, a space, and its numbers in single precision, little-endian; a line feed may follow.
 */
export class BinaryVectors {
  readonly #source: string;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #bytes: Uint8Array = new Uint8Array();
  #announced = 0;
  #words = 0;
  #width = 0;

  /** @param source name of the file in messages */
  constructor(source: string) {
    this.#source = source;
  }

  /** Numbers per word; 0 before the first word. */
  get width(): number {
    return this.#width;
  }

  /** Number of words so far. */
  get words(): number {
    return this.#words;
  }

  /**
   * Returns the words that the next bytes complete.
   *
   * @throws {UserError} if they are not as they should be, exit code 3
   */
  read(bytes: Uint8Array): VectorLine[] {
    const all = new Uint8Array(this.#bytes.length + bytes.length);
    all.set(this.#bytes);
    all.set(bytes, this.#bytes.length);
    let start = this.#width === 0 ? this.#readHead(all) : 0;
    const found: VectorLine[] = [];
    while (this.#width > 0) {
      while (all[start] === LINE_FEED || all[start] === CARRIAGE_RETURN) start++;
      const space = all.indexOf(SPACE, start);
      if (space < 0 && all.length - start > LONGEST_WORD) throw this.#wrong('found no end of a word');
      const end = space + 1 + 4 * this.#width;
      if (space < 0 || end > all.length) break;
      found.push(this.#vector(all.subarray(start, space), all.slice(space + 1, end)));
      start = end;
    }
    this.#bytes = all.subarray(start);
    return found;
  }

  /**
   * Ends the file.
   *
   * @throws {UserError} if it does not have as many words as its first line says, exit code 3
   */
  end(): void {
    if (this.#words === this.#announced && this.#bytes.length === 0) return;
    throw badInput(
      `${this.#source}: its first line says ${this.#announced} words, but ${this.#words} follow`,
      'the file may be incomplete: use a complete copy',
    );
  }

  #readHead(all: Uint8Array): number {
    const [head = '', words, width] = HEAD.exec(new TextDecoder('latin1').decode(all.subarray(0, 40))) ?? [];
    if (width === undefined) {
      if (all.length < 40) return 0;
      throw this.#wrong('found another first line');
    }
    this.#announced = Number(words);
    this.#width = Number(width);
    if (this.#width === 0) throw this.#wrong('found vectors of no numbers');
    return head.length;
  }

  #vector(word: Uint8Array, bytes: Uint8Array): VectorLine {
    this.#words++;
    const place = this.#words;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const parse = (): Float32Array => {
      const numbers = Float32Array.from({ length: this.#width }, (_, index) => view.getFloat32(4 * index, true));
      if (numbers.every(Number.isFinite)) return numbers;
      throw this.#wrong(`found for word ${place} a number that is not finite`);
    };
    try {
      return { word: this.#decoder.decode(word), parse };
    } catch {
      throw this.#wrong(`found that word ${place} is no UTF-8`);
    }
  }

  #wrong(found: string): Error {
    return badInput(`${this.#source}: expected word2vec's binary format, ${found}`, 'use a complete copy, or its text');
  }
}
