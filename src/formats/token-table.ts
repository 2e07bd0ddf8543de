/** Slots at first; at most half of them are filled. */
const FEWEST_SLOTS = 1 << 10;
/** Tokens made to collide are read anew each time, so that they cost little more than others. */
const MOST_PROBES = 64;
/** A shorter string is made of its characters; a decoder takes longer to begin. */
const SHORT = 16;
/** Of each byte of a word its lowest bit, its highest bit, and the first that no separator is. */
const LOW_BITS = 0x01010101;
const HIGH_BITS = 0x80808080;
const VISIBLE = 0x21 * LOW_BITS;
/** So many tokens, or words of their bytes, are enough to begin anew. */
const MANY_TOKENS = 1 << 17;
const MANY_WORDS = 1 << 22;

/**
 * Makes strings of tokens in UTF-8, one string for all that are equal, until so many are known that it begins anew. A
 * token is read in two steps: `scan` finds its end and its hash, four bytes at a time, and `text` looks up what was
 * scanned.
 */
export class TokenTable {
  /** Pairs of a hash and where the token's record begins; 0 stands for an empty slot. */
  #slots = new Int32Array(2 * FEWEST_SLOTS);
  #lastSlot = FEWEST_SLOTS - 1;
  /** Records of where the token's text stands, its length in bytes, and its bytes, the first one lowest in each word. */
  #records = new Int32Array(4 * FEWEST_SLOTS);
  #recordsEnd = 1;
  #texts: string[] = [];
  #start = 0;
  #end = 0;
  #hash = 0;
  #tail = 0;
  /** All words of the token that was scanned, or-ed. */
  #bits = 0;
  /** Of each length, to be filled with the characters of a short token. */
  readonly #characters = Array.from({ length: SHORT }, (_, length) => new Array<number>(length).fill(0));
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /**
   * Finds the end of the token that begins at `start`: the first byte that is white space or a control character, which
   * must be there, with three bytes more behind it.
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

  /** The token that was scanned last. */
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
      const record = slots[2 * slot + 1] as number;
      if (record === 0) return this.#add(view, slot);
      if (slots[2 * slot] === hash && records[record + 1] === length && records[record + 2 + words] === tail) {
        let word = 0;
        while (word < words && records[record + 2 + word] === view.getInt32(start + 4 * word, true)) word++;
        if (word === words) return this.#texts[records[record] as number] as string;
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

  /** Keeps the token that was scanned. */
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

  /** A token for which there are no slots is forgotten. */
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
      if (probes > MOST_PROBES) continue;
      slots[2 * slot] = old[from] as number;
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

/** The hash of Firefox and rustc (FxHash), a word at a time. */
function mix(hash: number, word: number): number {
  return Math.imul(((hash << 5) | (hash >>> 27)) ^ word, 0x9e3779b1);
}

function finish(hash: number, length: number): number {
  return hash ^ length ^ (hash >>> 15);
}
