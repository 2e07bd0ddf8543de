/** Slots at first; at most half of them are filled. */
const FEWEST_SLOTS = 1 << 10;
/** Tokens made to collide are looked up by their strings, so that they cost little more than others. */
const MOST_PROBES = 64;
/** A shorter string is made of its characters; a decoder takes longer to begin. */
const SHORT = 16;
/** Of each byte of a word its lowest bit, its highest bit, and the first that no separator is. */
const LOW_BITS = 0x01010101;
const HIGH_BITS = 0x80808080;
const VISIBLE = 0x21 * LOW_BITS;
/** So many tokens, or words of their bytes, are enough for those who need not keep all. */
const MANY_TOKENS = 1 << 17;
const MANY_WORDS = 1 << 22;

/**
 * Numbers tokens by their UTF-8 bytes, from 0 in the order in which they are met; a string is made only where it is
 * asked for. A token is found in two steps: `scan` finds its end and its hash, four bytes at a time, and `number` looks
 * up what was scanned.
 */
export class TokenTable {
  /** Pairs of a hash and where the token's record begins; 0 stands for an empty slot. */
  #slots = new Int32Array(2 * FEWEST_SLOTS);
  #lastSlot = FEWEST_SLOTS - 1;
  /** Records of a token's number, its length in bytes, and its bytes, the first one lowest in each word. */
  #records = new Int32Array(4 * FEWEST_SLOTS);
  #recordsEnd = 1;
  /** Where the record of each number begins. */
  #begins: number[] = [];
  #texts: (string | undefined)[] = [];
  /** Numbers of tokens that found no slot. */
  #collided = new Map<string, number>();
  #start = 0;
  #end = 0;
  #hash = 0;
  #tail = 0;
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  get size(): number {
    return this.#begins.length;
  }

  /** Whether the table holds enough to begin anew, if it need not know all tokens. */
  get isFull(): boolean {
    return this.size >= MANY_TOKENS || this.#recordsEnd >= MANY_WORDS;
  }

  /**
   * Finds the end of the token that begins at `start`: the first byte that is white space or a control character, which
   * must be there, with three bytes more behind it.
   */
  scan(view: DataView, start: number): number {
    let hash = 0;
    let at = start;
    for (;;) {
      const word = view.getInt32(at, true);
      // The highest bit of the first byte below 0x21 is the first one set (Warren, Hacker's Delight, 6-1).
      const separators = (word - VISIBLE) & ~word & HIGH_BITS;
      if (separators === 0) {
        hash = mix(hash, word);
        at += 4;
        continue;
      }
      const bits = 24 - Math.clz32(separators & -separators);
      this.#tail = word & ((1 << bits) - 1);
      at += bits >> 3;
      break;
    }
    this.#hash = finish(mix(hash, this.#tail), at - start);
    this.#start = start;
    this.#end = at;
    return at;
  }

  /** The number of the token that was scanned last. */
  number(view: DataView): number {
    const start = this.#start;
    const hash = this.#hash;
    const tail = this.#tail;
    const length = this.#end - start;
    const words = length >> 2;
    const slots = this.#slots;
    const records = this.#records;
    let slot = hash & this.#lastSlot;
    for (let probe = 0; probe < MOST_PROBES; probe++) {
      const record = slots[2 * slot + 1] as number;
      if (record === 0) return this.#collided.size > 0 ? this.#numberOfCollided(view) : this.#add(view, slot);
      if (slots[2 * slot] === hash && records[record + 1] === length && records[record + 2 + words] === tail) {
        let word = 0;
        while (word < words && records[record + 2 + word] === view.getInt32(start + 4 * word, true)) word++;
        if (word === words) return records[record] as number;
      }
      slot = (slot + 1) & this.#lastSlot;
    }
    return this.#numberOfCollided(view);
  }

  /** The number of a token that was read in another way. */
  numberOf(text: string): number {
    const bytes = new Uint8Array(3 * text.length + 4);
    const length = this.#encoder.encodeInto(text, bytes).written;
    const view = new DataView(bytes.buffer);
    let hash = 0;
    let at = 0;
    for (; at + 4 <= length; at += 4) hash = mix(hash, view.getInt32(at, true));
    this.#tail = view.getInt32(at, true);
    this.#hash = finish(mix(hash, this.#tail), length);
    this.#start = 0;
    this.#end = length;
    return this.number(view);
  }

  /** The string of a number that the table gave. */
  textOf(number: number): string {
    let text = this.#texts[number];
    if (text !== undefined) return text;
    text = this.#decode(this.#begins[number] as number);
    this.#texts[number] = text;
    return text;
  }

  /** Forgets all tokens. */
  clear(): void {
    this.#slots.fill(0);
    this.#recordsEnd = 1;
    this.#begins = [];
    this.#texts = [];
    this.#collided = new Map();
  }

  #add(view: DataView, slot: number): number {
    this.#slots[2 * slot] = this.#hash;
    this.#slots[2 * slot + 1] = this.#recordsEnd;
    const number = this.#record(view);
    if (2 * this.size > this.#lastSlot) this.#grow();
    return number;
  }

  /** Keeps the token that was scanned. */
  #record(view: DataView): number {
    const length = this.#end - this.#start;
    const words = length >> 2;
    const record = this.#recordsEnd;
    this.#recordsEnd += 3 + words;
    if (this.#recordsEnd > this.#records.length) {
      const longer = new Int32Array(2 * this.#recordsEnd);
      longer.set(this.#records);
      this.#records = longer;
    }
    const number = this.#begins.push(record) - 1;
    this.#texts.push(undefined);
    this.#records[record] = number;
    this.#records[record + 1] = length;
    for (let word = 0; word < words; word++)
      this.#records[record + 2 + word] = view.getInt32(this.#start + 4 * word, true);
    this.#records[record + 2 + words] = this.#tail;
    return number;
  }

  #numberOfCollided(view: DataView): number {
    const text = this.#decoder.decode(
      new Uint8Array(view.buffer, view.byteOffset + this.#start, this.#end - this.#start),
    );
    let number = this.#collided.get(text);
    if (number !== undefined) return number;
    number = this.#record(view);
    this.#collided.set(text, number);
    return number;
  }

  #grow(): void {
    const old = this.#slots;
    const last = 4 * this.#lastSlot + 3;
    const slots = new Int32Array(2 * (last + 1));
    for (let from = 0; from < old.length; from += 2) {
      const record = old[from + 1] as number;
      if (record === 0) continue;
      let slot = (old[from] as number) & last;
      let probes = 1;
      for (; slots[2 * slot + 1] !== 0; probes++) slot = (slot + 1) & last;
      if (probes > MOST_PROBES) {
        this.#collided.set(this.#decode(record), this.#records[record] as number);
        continue;
      }
      slots[2 * slot] = old[from] as number;
      slots[2 * slot + 1] = record;
    }
    this.#slots = slots;
    this.#lastSlot = last;
  }

  #decode(record: number): string {
    const bytes = new Uint8Array(this.#records[record + 1] as number);
    let all = 0;
    for (let index = 0; index < bytes.length; index++) {
      bytes[index] = (this.#records[record + 2 + (index >> 2)] as number) >>> (8 * (index & 3));
      all |= bytes[index] as number;
    }
    if (all < 0x80 && bytes.length < SHORT) return String.fromCharCode(...bytes);
    return this.#decoder.decode(bytes);
  }
}

/** The hash of Firefox and rustc (FxHash), a word at a time. */
function mix(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b1);
}

function finish(hash: number, length: number): number {
  return hash ^ length ^ (hash >>> 15);
}
