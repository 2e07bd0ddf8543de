/** Slots at first, and at most; half of them are filled. */
const SMALLEST = 1 << 10;
const LARGEST = 1 << 18;
/** Tokens made to collide are decoded each time, so that they cost no more than others. */
const MOST_PROBES = 16;
/** A longer token is decoded each time. */
const LONGEST = 12;
/** Words of 32 bits a slot: three of the token's bytes, and its length and number. */
const SLOT = 4;
const NUMBER_BITS = 20;

/**
 * Strings by their UTF-8 bytes: a short token that was seen before is found by its bytes, and need not be decoded. It
 * holds a bounded number of tokens, and begins anew when it is full.
 */
export class TokenTable {
  /** Number 0 stands for an empty slot. */
  #slots = new Int32Array(SLOT * SMALLEST);
  #capacity = SMALLEST;
  #strings: string[] = [''];
  readonly #units = new Uint16Array(LONGEST);
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** The string of the bytes from `start` to `end`, which are valid UTF-8. */
  stringOf(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start;
    if (length > LONGEST) return this.#decoder.decode(bytes.subarray(start, end));
    let first = 0;
    let second = 0;
    let third = 0;
    const middle = Math.min(end, start + 4);
    for (let index = start; index < middle; index++) first = (first << 8) | (bytes[index] as number);
    if (length > 4) {
      const late = Math.min(end, start + 8);
      for (let index = start + 4; index < late; index++) second = (second << 8) | (bytes[index] as number);
      for (let index = start + 8; index < end; index++) third = (third << 8) | (bytes[index] as number);
    }
    const slots = this.#slots;
    const last = SLOT * this.#capacity - 1;
    let slot = slotOf(first, second, third, length) & last;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const entry = slots[slot + 3] as number;
      if (entry === 0) return this.#add(bytes, start, end, slot, first, second, third);
      if (
        slots[slot] === first &&
        slots[slot + 1] === second &&
        slots[slot + 2] === third &&
        entry >>> NUMBER_BITS === length
      )
        return this.#strings[entry & ((1 << NUMBER_BITS) - 1)] as string;
      slot = (slot + SLOT) & last;
    }
    return this.#decode(bytes, start, end);
  }

  #add(
    bytes: Uint8Array,
    start: number,
    end: number,
    slot: number,
    first: number,
    second: number,
    third: number,
  ): string {
    const text = this.#decode(bytes, start, end);
    if (2 * this.#strings.length > this.#capacity) {
      if (this.#capacity < LARGEST) this.#grow();
      else {
        this.#slots.fill(0);
        this.#strings = [''];
      }
      return text;
    }
    const number = this.#strings.push(text) - 1;
    this.#slots[slot] = first;
    this.#slots[slot + 1] = second;
    this.#slots[slot + 2] = third;
    this.#slots[slot + 3] = ((end - start) << NUMBER_BITS) | number;
    return text;
  }

  #grow(): void {
    const old = this.#slots;
    this.#capacity *= 4;
    const last = SLOT * this.#capacity - 1;
    this.#slots = new Int32Array(SLOT * this.#capacity);
    for (let from = 0; from < old.length; from += SLOT) {
      const entry = old[from + 3] as number;
      if (entry === 0) continue;
      const [first, second, third] = old.subarray(from, from + 3) as unknown as [number, number, number];
      let slot = slotOf(first, second, third, entry >>> NUMBER_BITS) & last;
      while (this.#slots[slot + 3] !== 0) slot = (slot + SLOT) & last;
      this.#slots.set(old.subarray(from, from + SLOT), slot);
    }
  }

  /** Of few bytes; a decoder takes longer to begin. */
  #decode(bytes: Uint8Array, start: number, end: number): string {
    const units = this.#units;
    let count = 0;
    for (let index = start; index < end; ) {
      const byte = bytes[index++] as number;
      if (byte < 0x80) {
        units[count++] = byte;
        continue;
      }
      let code = byte < 0xe0 ? byte & 0x1f : byte < 0xf0 ? byte & 0x0f : byte & 0x07;
      for (let more = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3; more > 0; more--)
        code = (code << 6) | ((bytes[index++] as number) & 0x3f);
      if (code < 0x10000) units[count++] = code;
      else {
        units[count++] = 0xd800 | ((code - 0x10000) >> 10);
        units[count++] = 0xdc00 | (code & 0x3ff);
      }
    }
    return String.fromCharCode.apply(undefined, units.subarray(0, count) as unknown as number[]);
  }
}

/** Where the search for a token begins, before it is fitted to the table. */
function slotOf(first: number, second: number, third: number, length: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77) ^ Math.imul(third, 0xc2b2ae3d) ^ length;
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return (hash ^ (hash >>> 13)) << 2;
}
