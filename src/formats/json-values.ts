import { badInput, type UserError } from '../errors.js';
import type { OnRefusal } from './format.js';
import { afterCutLine, eachLine, endsLine, LONGEST_LINE, lineTooLong, REFUSED_LINE, readOrRefuse } from './lines.js';

/** A JSON value of a file, with the line on which it begins. */
export interface JsonValue {
  readonly value: unknown;
  readonly line: number;
  /** `file:line`, with the number of the record in an array. */
  readonly place: string;
}

const DEEPEST = 100;
const NOT_BLANK = /[^\t\n\r ]/;

/**
 * Cuts a file into JSON values: one per line or, if the file is one array of records, the elements of the array, on any number
 * of lines. Only one value, of at most 1 MB, is in memory at a time.
 *
 * @throws {UserError} with `source:line`, if a value is not JSON, too long or nested deeper than 100
 */
export class JsonValues {
  lines = 0;
  readonly #source: string;
  readonly #onRefusal: OnRefusal | undefined;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #isArray: boolean | undefined;
  /** The beginning of the file, until it shows whether the file is an array. */
  #head = '';
  #isCut = false;
  #elements: ElementCutter;

  /** @param onRefusal is told of values that are not JSON or too long, which are left out; else they are thrown */
  constructor(source: string, onRefusal?: OnRefusal) {
    this.#source = source;
    this.#onRefusal = onRefusal;
    this.#elements = new ElementCutter(source, onRefusal);
  }

  push(piece: Uint8Array): JsonValue[] {
    if (this.#isArray === undefined) {
      this.#head = (this.#head + this.#decoder.decode(piece.subarray(0, 4096))).replace(/^\uFEFF/, '');
      const beginning = this.#head.replace(/[\t\n\r ]+/g, '');
      if (beginning !== '' && beginning !== '[') this.#isArray = /^\[[[{\]]/.test(beginning);
      if (beginning === '[') this.#isArray = true;
      this.#head = this.#head.slice(0, 2);
    }
    if (this.#isArray) {
      const values = this.#elements.push(piece);
      this.lines = this.#elements.line - 1;
      return values;
    }
    if (this.#isCut && !this.#onRefusal) throw lineTooLong(`${this.#source}:${this.lines}`);
    const whole = this.#isCut ? afterCutLine(piece) : piece;
    if (!whole) return [];
    const values: JsonValue[] = [];
    eachLine(whole, (bytes) => {
      this.lines++;
      const line = this.lines;
      const place = `${this.#source}:${line}`;
      const value = readOrRefuse(() => this.#readLine(bytes, place), { line, place }, this.#onRefusal);
      if (value) values.push({ ...value, line, place });
    });
    this.#isCut = !endsLine(piece);
    return values;
  }

  /** Returns the value on a line; undefined if the line is blank, or stands for one that was refused. */
  #readLine(bytes: Uint8Array, place: string): { readonly value: unknown } | undefined {
    if (bytes.length > LONGEST_LINE) throw lineTooLong(place);
    const text = this.#decoder.decode(bytes);
    const line = this.lines === 1 ? text.replace(/^\uFEFF/, '') : text;
    return NOT_BLANK.test(line) && line !== REFUSED_LINE ? { value: parseJson(line, place) } : undefined;
  }

  /** Returns the first values, at most so many, of an array of which the bytes are only the beginning. */
  pushSome(bytes: Uint8Array, most: number): unknown[] {
    return this.#elements.push(bytes, most).map(({ value }) => value);
  }

  /**
   * Ends the file.
   *
   * @throws {UserError} if the array is not closed
   */
  end(): void {
    if (this.#isArray) this.#elements.end();
  }
}

/** Finds the elements of one array in a stream of bytes. */
class ElementCutter {
  line = 1;
  readonly #source: string;
  readonly #onRefusal: OnRefusal | undefined;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #isClosed = false;
  #expectsElement = false;
  #isInElement = false;
  #records = 0;
  /** The text of the element that has begun, its length in bytes, and its first line. */
  #parts: string[] = [];
  #length = 0;
  #first = 0;

  constructor(source: string, onRefusal: OnRefusal | undefined) {
    this.#source = source;
    this.#onRefusal = onRefusal;
  }

  /** Returns the elements that the bytes complete. After the wanted number of elements, the rest is ignored. */
  push(bytes: Uint8Array, most = Number.POSITIVE_INFINITY): JsonValue[] {
    const values: JsonValue[] = [];
    let start = this.#isInElement ? 0 : -1;
    for (let index = 0; values.length < most; index++) {
      const byte = bytes[index];
      if (byte === undefined) break;
      if (byte === 0x0a) this.line++;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === 0x5c) this.#isEscaped = true;
        else if (byte === 0x22) this.#isInString = false;
        continue;
      }
      if (byte <= 0x20 || (this.line === 1 && this.#depth === 0 && byte >= 0x80)) continue;
      if (this.#isClosed) this.#fail('found more after the end of the array');
      if (this.#depth === 0) {
        this.#depth = 1;
        continue;
      }
      const closes = byte === 0x5d || byte === 0x7d;
      if (this.#depth === 1 && (byte === 0x2c || closes)) {
        if (start >= 0) values.push(...this.#finish(bytes.subarray(start, index)));
        else if (byte === 0x2c || this.#expectsElement) this.#fail('expected a record between the commas');
        start = -1;
        this.#expectsElement = byte === 0x2c;
        this.#isClosed = closes;
        if (byte === 0x7d) this.#fail('found "}" where the array should go on or end');
        continue;
      }
      if (start < 0) {
        start = index;
        this.#first = this.line;
        this.#expectsElement = false;
      }
      if (byte === 0x22) this.#isInString = true;
      else if (closes) this.#depth--;
      else if (byte === 0x5b || byte === 0x7b) this.#depth++;
    }
    if (start >= 0) {
      this.#keep(bytes.subarray(start));
      this.#isInElement = true;
    } else this.#isInElement = false;
    return values;
  }

  #keep(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (this.#length <= LONGEST_LINE) this.#parts.push(this.#decoder.decode(bytes));
    else if (this.#onRefusal) this.#parts = [];
    else throw this.#tooLong(this.#place(this.#records + 1));
  }

  #place(record: number): string {
    return `${this.#source}:${this.#first} (record ${record})`;
  }

  #tooLong(place: string): UserError {
    return badInput(`${place}: the record is over 1 MB long`, 'split it into several records');
  }

  /** Returns the element that the bytes complete, or nothing if it is refused. */
  #finish(bytes: Uint8Array): JsonValue[] {
    this.#keep(bytes);
    const text = this.#parts.join('');
    const isTooLong = this.#length > LONGEST_LINE;
    this.#parts = [];
    this.#length = 0;
    this.#records++;
    const where = { line: this.#first, place: this.#place(this.#records) };
    const read = (): JsonValue[] => {
      if (isTooLong) throw this.#tooLong(where.place);
      return [{ value: parseJson(text, where.place), ...where }];
    };
    return readOrRefuse(read, where, this.#onRefusal) ?? [];
  }

  #fail(what: string): never {
    throw badInput(
      `${this.#source}:${this.line}: ${what}`,
      'a JSON file is one array of records, or has one record per line',
    );
  }

  end(): void {
    if (!this.#isClosed) this.#fail('the array is not closed: the file is incomplete');
  }
}

/**
 * Parses JSON.
 *
 * @throws {UserError} if the text is not JSON, or nested too deep
 */
export function parseJson(text: string, place: string): unknown {
  if (isDeep(text)) throw badInput(`${place}: the JSON is nested deeper than ${DEEPEST}`, 'no corpus is');
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replace(/(?:, |\.{3})?"[\s\S]*$/, '');
    throw badInput(
      `${place}: expected JSON (${reason.slice(0, 100)})`,
      'a record is an object on one line; --from names the format',
    );
  }
}

function isDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > DEEPEST) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}
