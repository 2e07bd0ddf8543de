const ZERO = 0x30;

/** The largest number of bytes of a UTF-16 unit in UTF-8. */
const BYTES_OF_UNIT = 3;

/** The largest number of digits of a whole number that is exact. */
const LONGEST_NUMBER = 16;

/** Gathers bytes of UTF-8 in memory that grows as it must. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;
  readonly #encoder = new TextEncoder();

  /** @param capacity the bytes for which there is room at first */
  constructor(capacity = 65_536) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** The number of bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** All bytes so far, and more behind them; valid until something is written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes;
  }

  /** Returns a copy of all bytes, and forgets them. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#length);
    this.clear();
    return taken;
  }

  /** Forgets all bytes. */
  clear(): void {
    this.#length = 0;
  }

  writeText(text: string): void {
    this.#makeRoom(BYTES_OF_UNIT * text.length);
    this.#length += this.#encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written;
  }

  /** Writes the bytes from `start` to `end`, exclusive. There are few, so that a loop is faster than `set`. */
  write(bytes: Uint8Array, start: number, end: number): void {
    this.#makeRoom(end - start);
    const own = this.#bytes;
    let length = this.#length;
    for (let place = start; place < end; place++) own[length++] = bytes[place] ?? 0;
    this.#length = length;
  }

  /** Writes a whole number that is not below 0 in digits. */
  writeNumber(number: number): void {
    this.#makeRoom(LONGEST_NUMBER);
    let digits = 1;
    for (let rest = number; rest > 9; rest = Math.trunc(rest / 10)) digits++;
    this.#length += digits;
    let place = this.#length;
    let rest = number;
    for (let digit = 0; digit < digits; digit++) {
      const next = Math.trunc(rest / 10);
      this.#bytes[--place] = ZERO + rest - 10 * next;
      rest = next;
    }
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const longer = new Uint8Array(2 * (this.#length + more));
    longer.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = longer;
  }
}
