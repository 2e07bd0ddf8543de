const ZERO = 0x30;

/** The largest number of bytes of a UTF-16 unit in UTF-8. */
const BYTES_OF_UNIT = 3;

/** Bytes are copied so many at a time; up to one less of them are copied from behind the last, and overwritten later. */
const STEP = 4;

/** Numbers are written in groups of three digits. */
const GROUP = 3;
const THOUSAND = 1000;

/** The three digits of each number below 1000 as bytes, the first in the lowest. */
const DIGITS = Uint32Array.from({ length: THOUSAND }, (_, number) => {
  const hundreds = Math.trunc(number / 100);
  const tens = Math.trunc(number / 10) % 10;
  return ZERO + hundreds + ((ZERO + tens) << 8) + ((ZERO + (number % 10)) << 16);
});

/** Gathers bytes of UTF-8 in memory that grows as it must. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  /** All bytes so far, and at least `STEP` more behind them. */
  #view: DataView<ArrayBuffer>;
  #length = 0;
  readonly #encoder = new TextEncoder();

  /** @param capacity the bytes for which there is room at first */
  constructor(capacity = 65_536) {
    this.#bytes = new Uint8Array(capacity + STEP);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** The number of bytes so far. */
  get length(): number {
    return this.#length;
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

  /** Writes the bytes of another writer from `start` to `end`, exclusive. There are few, so that a loop is faster than `set`. */
  write(source: ByteWriter, start: number, end: number): void {
    this.#makeRoom(end - start);
    const from = source.#view;
    const to = this.#view;
    let length = this.#length;
    for (let place = start; place < end; place += STEP) {
      to.setUint32(length, from.getUint32(place, true), true);
      length += STEP;
    }
    this.#length += end - start;
  }

  /** Writes a whole number that is not below 0 in digits. */
  writeNumber(number: number): void {
    if (number >= THOUSAND) {
      const thousands = Math.trunc(number / THOUSAND);
      this.writeNumber(thousands);
      this.#writeDigits(number - THOUSAND * thousands, GROUP);
    } else this.#writeDigits(number, number < 10 ? 1 : number < 100 ? 2 : GROUP);
  }

  /** Writes the last `count` digits of a number below 1000. */
  #writeDigits(number: number, count: number): void {
    this.#makeRoom(GROUP);
    this.#view.setUint32(this.#length, (DIGITS[number] ?? 0) >>> (8 * (GROUP - count)), true);
    this.#length += count;
  }

  #makeRoom(more: number): void {
    if (this.#length + more + STEP <= this.#bytes.length) return;
    const longer = new Uint8Array(2 * (this.#length + more) + STEP);
    longer.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = longer;
    this.#view = new DataView(longer.buffer);
  }
}
