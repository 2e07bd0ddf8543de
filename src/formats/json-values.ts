import { badInput } from '../errors.js';
import { eachLine, endsLine, LONGEST_LINE, lineTooLong } from './lines.js';

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
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #isArray: boolean | undefined;
  /** The beginning of the file, until it shows whether the file is an array. */
  #head = '';
  #isCut = false;
  #elements: ElementCutter;

  constructor(source: string) {
    this.#source = source;
    this.#elements = new ElementCutter(source);
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
    if (this.#isCut) throw lineTooLong(`${this.#source}:${this.lines}`);
    const values: JsonValue[] = [];
    eachLine(piece, (bytes) => {
      this.lines++;
      const place = `${this.#source}:${this.lines}`;
      if (bytes.length > LONGEST_LINE) throw lineTooLong(place);
      const text = this.#decoder.decode(bytes);
      const line = this.lines === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (NOT_BLANK.test(line)) values.push({ value: parseJson(line, place), line: this.lines, place });
    });
    this.#isCut = !endsLine(piece);
    return values;
  }

  /** Returns the first value of an array of which the bytes are only the beginning. */
  pushFirst(bytes: Uint8Array): unknown {
    return this.#elements.push(bytes, 1)[0]?.value;
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

  constructor(source: string) {
    this.#source = source;
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
        if (start >= 0) values.push(this.#finish(bytes.subarray(start, index)));
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
    if (this.#length > LONGEST_LINE)
      throw badInput(
        `${this.#place(this.#records + 1)}: the record is over 1 MB long`,
        'split it into several records',
      );
    this.#parts.push(this.#decoder.decode(bytes));
  }

  #place(record: number): string {
    return `${this.#source}:${this.#first} (record ${record})`;
  }

  #finish(bytes: Uint8Array): JsonValue {
    this.#keep(bytes);
    const text = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    this.#records++;
    const place = this.#place(this.#records);
    return { value: parseJson(text, place), line: this.#first, place };
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
