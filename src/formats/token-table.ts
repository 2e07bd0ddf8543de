import { at } from '../text/at.js';

/** The number of slots at first; at most half of them are filled. */
const FEWEST_SLOTS = 1 << 10;
/** The most slots that are looked at. Tokens that were made to collide are decoded anew each time, which costs little. */
const MOST_PROBES = 64;
/** A shorter string is made of its characters: a decoder takes longer to begin. */
const SHORT = 16;
/** The lowest bit, the highest bit, and the first byte that is no separator, repeated in each byte of a word. */
const LOW_BITS = 0x01010101;
const HIGH_BITS = 0x80808080;
const VISIBLE = 0x21 * LOW_BITS;
/** The numbers of tokens, and of words of their bytes, at which a table is emptied. */
const MANY_TOKENS = 1 << 17;
const MANY_WORDS = 1 << 22;

/**
 * Makes strings of tokens in UTF-8. Equal tokens are one string, until so many are known that the table is emptied. A
 * token is read in two steps: `scan` finds its end and its hash, four bytes at a time, and `text` looks it up.
 */
export class TokenTable {
  /** Pairs of a hash and the offset of the token's record; 0 for an empty slot. */
  #slots = new Int32Array(2 * FEWEST_SLOTS);
  #lastSlot = FEWEST_SLOTS - 1;
  /** Records of the index of the token's text, its length in bytes, and its bytes, in little-endian words. */
  #records = new Int32Array(4 * FEWEST_SLOTS);
  #recordsEnd = 1;
  #texts: string[] = [];
  #start = 0;
  #end = 0;
  #hash = 0;
  #tail = 0;
  /** The bitwise or of all words of the token that was scanned. */
  #bits = 0;
  /** An array of each length, to be filled with the characters of a short token. */
  readonly #characters = Array.from({ length: SHORT }, (_, length) => new Array<number>(length).fill(0));
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /**
   * Returns the end of the token that begins at `start`: the offset of the first byte that is white space or a control
   * character. There must be one, and three bytes more after it.
   */
  scan(view: DataView, start: number): number {
    let hash = 0;
    let at = start;
    let bits = 0;
    for (;;) {
      const word = view.getInt32(at, true);
      // The highest bit of the first byte below 0x21 is the first one set (Warren, Hacker's Delight, 6-1).
      const separators = (word - VISIBLE) & ~word & HIGH_BITS;
      if (separators === 0) {
        hash = mix(hash, word);
        bits |= word;
        at += 4;
        continue;
      }
      const size = 24 - Math.clz32(separators & -separators);
      this.#tail = word & ((1 << size) - 1);
      at += size >> 3;
      break;
    }
    this.#bits = bits | this.#tail;
    this.#hash = finish(mix(hash, this.#tail), at - start);
    this.#start = start;
    this.#end = at;
    return at;
  }

  /** Returns the token that was scanned last. */
  text(view: DataView): string {
    const start = this.#start;
    const hash = this.#hash;
    const tail = this.#tail;
    const length = this.#end - start;
    const words = length >> 2;
    const slots = this.#slots;
    const records = this.#records;
    let slot = hash & this.#lastSlot;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const record = slots[2 * slot + 1] ?? 0;
      if (record === 0) return this.#add(view, slot);
      if (slots[2 * slot] === hash && records[record + 1] === length && records[record + 2 + words] === tail) {
        let word = 0;
        while (word < words && records[record + 2 + word] === view.getInt32(start + 4 * word, true)) word++;
        if (word === words) return at(this.#texts, at(records, record));
      }
      slot = (slot + 1) & this.#lastSlot;
    }
    return this.#decode(view);
  }

  #add(view: DataView, slot: number): string {
    const text = this.#decode(view);
    if (this.#texts.length >= MANY_TOKENS || this.#recordsEnd >= MANY_WORDS) {
      this.#slots.fill(0);
      this.#recordsEnd = 1;
      this.#texts = [];
    }
    this.#slots[2 * slot] = this.#hash;
    this.#slots[2 * slot + 1] = this.#recordsEnd;
    this.#record(view, text);
    if (2 * this.#texts.length > this.#lastSlot) this.#grow();
    return text;
  }

  /** Adds the record of the token that was scanned. */
  #record(view: DataView, text: string): void {
    const length = this.#end - this.#start;
    const words = length >> 2;
    const record = this.#recordsEnd;
    this.#recordsEnd += 3 + words;
    if (this.#recordsEnd > this.#records.length) {
      const longer = new Int32Array(2 * this.#recordsEnd);
      longer.set(this.#records);
      this.#records = longer;
    }
    this.#records[record] = this.#texts.push(text) - 1;
    this.#records[record + 1] = length;
    for (let word = 0; word < words; word++)
      this.#records[record + 2 + word] = view.getInt32(this.#start + 4 * word, true);
    this.#records[record + 2 + words] = this.#tail;
  }

  /** Makes more slots; a token that finds none is forgotten. */
  #grow(): void {
    const old = this.#slots;
    const last = 4 * this.#lastSlot + 3;
    const slots = new Int32Array(2 * (last + 1));
    for (let from = 0; from < old.length; from += 2) {
      const hash = old[from];
      const record = old[from + 1];
      if (hash === undefined || record === undefined || record === 0) continue;
      let slot = hash & last;
      let probes = 1;
      for (; slots[2 * slot + 1] !== 0; probes++) slot = (slot + 1) & last;
      if (probes > MOST_PROBES) continue;
      slots[2 * slot] = hash;
      slots[2 * slot + 1] = record;
    }
    this.#slots = slots;
    this.#lastSlot = last;
  }

  #decode(view: DataView): string {
    const length = this.#end - this.#start;
    const characters = this.#characters[length];
    if (!characters || (this.#bits & HIGH_BITS) !== 0)
      return this.#decoder.decode(new Uint8Array(view.buffer, view.byteOffset + this.#start, length));
    for (let index = 0; index < length; index++) characters[index] = view.getUint8(this.#start + index);
    return String.fromCharCode.apply(undefined, characters);
  }
}

/** Adds a word to a hash, as FxHash of Firefox and rustc does. */
function mix(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b1);
}

function finish(hash: number, length: number): number {
  return hash ^ length ^ (hash >>> 15);
}
