import { badInput } from '../errors.js';

/** A word of a file of vectors. */
export interface VectorLine {
  readonly word: string;
  /**
   * Returns the word's vector.
   *
   * @throws {UserError} with file and line, if one of its fields is not a number
   */
  readonly parse: () => Float32Array;
}

const HINT = 'each line holds a word and its numbers, separated by spaces, as in the text files of GloVe and word2vec';

/**
 * Reads text files of vectors line by line: a word and its numbers, as GloVe, word2vec and fastText write them. Those of
 * word2vec and fastText begin with a line that gives the numbers of words and of numbers per word. Words may contain spaces,
 * as some of GloVe's do.
 */
export class VectorLines {
  readonly #source: string;
  #line = 0;
  #words = 0;
  #width: number | undefined;
  #announced: number | undefined;

  /** @param source name of the file in messages */
  constructor(source: string) {
    this.#source = source;
  }

  /** Numbers per word; 0 before the first word. */
  get width(): number {
    return this.#width ?? 0;
  }

  /** Number of words so far. */
  get words(): number {
    return this.#words;
  }

  /**
   * Reads the next line; returns undefined if it holds no word.
   *
   * @throws {UserError} with file and line, if it does not have as many numbers as the first line
   */
  read(text: string): VectorLine | undefined {
    this.#line++;
    if (this.#line === 1) {
      const [, words, width] = /^(\d+)[ \t]+(\d+)\s*$/.exec(text) ?? [];
      if (words !== undefined) {
        this.#announced = Number(words);
        this.#width = Number(width);
        return undefined;
      }
    }
    if (text === '' || text === '\r') return undefined;
    this.#width ??= this.#countNumbers(text);
    const start = startOfLast(text, this.#width);
    const end = endOfField(text, start);
    if (end <= 0 || this.#width === 0 || endsInNumber(text, end)) throw this.#unexpected(text);
    this.#words++;
    const line = this.#line;
    return { word: text.slice(0, end), parse: () => this.#parse(text.slice(end), line) };
  }

  /**
   * Ends the file.
   *
   * @throws {UserError} if it had no word, or not as many as its first line says
   */
  end(): void {
    if (this.#words === 0) throw badInput(`${this.#source}: no vectors in it`, HINT);
    if (this.#announced !== undefined && this.#announced !== this.#words)
      throw badInput(
        `${this.#source}:1: the line says ${this.#announced} words, but ${this.#words} follow`,
        'the file may be incomplete: use a complete copy',
      );
  }

  /** Counts the numbers at the end of a line, of which the first field is none. */
  #countNumbers(text: string): number {
    const [, ...fields] = text.trim().split(/[ \t]+/);
    return fields.length - 1 - fields.findLastIndex((field) => !isNumber(field));
  }

  #parse(text: string, line: number): Float32Array {
    return Float32Array.from(text.trim().split(/[ \t]+/), (field) => {
      if (isNumber(field)) return Number(field);
      throw badInput(`${this.#source}:${line}: expected a number, found "${field}"`, HINT);
    });
  }

  #unexpected(text: string): Error {
    const where = `${this.#source}:${this.#line}`;
    const found = this.#countNumbers(text);
    if (this.width === 0 || found === 0)
      return badInput(`${where}: expected a word and its numbers, found no number`, HINT);
    const reason = this.#announced === undefined ? 'as its first line has' : 'as its first line says';
    return badInput(`${where}: expected a word and ${this.width} numbers, ${reason}, found ${found}`, HINT);
  }
}

/** Tells whether a field is a number that is finite in single precision. */
function isNumber(field: string): boolean {
  return field !== '' && Number.isFinite(Math.fround(Number(field)));
}

function isSpace(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === 32 || code === 9 || code === 13;
}

/** Returns where the last fields of a text begin; 0 or less if it does not have as many. */
function startOfLast(text: string, fields: number): number {
  let index = text.length;
  for (let field = 0; field < fields && index > 0; field++) {
    while (index > 0 && isSpace(text, index - 1)) index--;
    while (index > 0 && !isSpace(text, index - 1)) index--;
  }
  return index;
}

/** Returns where the text before a field ends, without white space. */
function endOfField(text: string, start: number): number {
  let end = start;
  while (end > 0 && isSpace(text, end - 1)) end--;
  return end;
}

/** Tells whether a word with spaces ends in a number, which means that the line has too many numbers. */
function endsInNumber(text: string, end: number): boolean {
  let start = end;
  while (start > 0 && !isSpace(text, start - 1)) start--;
  return start > 0 && isNumber(text.slice(start, end));
}
