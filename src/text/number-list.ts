/** A block is allocated at a time, so that a list grows without being copied, and a short one is small. */
const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;

/** A list of whole numbers below 2 ** 32 that grows, four bytes each. Numbers that were never set are 0. */
export class NumberList {
  readonly #blocks: Uint32Array[] = [];
  length = 0;

  get(index: number): number {
    return this.#blocks[index >>> BLOCK_BITS]?.[index & (BLOCK - 1)] ?? 0;
  }

  set(index: number, value: number): void {
    let block = this.#blocks[index >>> BLOCK_BITS];
    while (!block) {
      this.#blocks.push(new Uint32Array(BLOCK));
      block = this.#blocks[index >>> BLOCK_BITS];
    }
    block[index & (BLOCK - 1)] = value;
    if (index >= this.length) this.length = index + 1;
  }

  push(value: number): void {
    this.set(this.length, value);
  }

  /** Adds 1 to a number. */
  increment(index: number): void {
    this.set(index, this.get(index) + 1);
  }
}

/** A list of whole numbers that grows, in as few bytes as each needs: seven bits a byte, the lowest first (LEB128). */
export class PackedNumbers {
  readonly #blocks: Uint8Array[] = [];
  #length = 0;

  /** The place where the next number will begin. */
  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.#pushByte((rest & 0x7f) | 0x80);
    this.#pushByte(rest);
  }

  /** Creates a function that returns the numbers from a place on, one a call. */
  readFrom(place: number): () => number {
    let next = place;
    return () => {
      let value = 0;
      for (let unit = 1; ; unit *= 0x80) {
        const byte = this.#blocks[next >>> BLOCK_BITS]?.[next & (BLOCK - 1)] ?? 0;
        next++;
        value += (byte & 0x7f) * unit;
        if (byte < 0x80) return value;
      }
    };
  }

  #pushByte(byte: number): void {
    const offset = this.#length++ & (BLOCK - 1);
    if (offset === 0) this.#blocks.push(new Uint8Array(BLOCK));
    const block = this.#blocks.at(-1);
    if (block) block[offset] = byte;
  }
}
