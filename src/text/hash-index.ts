const FEWEST_SLOTS = 1 << 10;

/** Finds numbers of things by the hash of what they are, in eight bytes a slot. Who asks compares the things themselves. */
export class HashIndex {
  /** Pairs of a hash and a number, which is stored plus one; 0 for an empty slot. */
  #slots = new Int32Array(2 * FEWEST_SLOTS);
  #size = 0;

  /** Returns the number that was added with this hash and is the one that is looked for; undefined if there is none. */
  find(hash: number, isSought: (number: number) => boolean): number | undefined {
    const last = this.#slots.length / 2 - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const stored = this.#slots[2 * slot + 1] ?? 0;
      if (stored === 0) return undefined;
      if (this.#slots[2 * slot] === hash && isSought(stored - 1)) return stored - 1;
    }
  }

  /** @param hash a whole number of 32 bits, with a sign, such as `mix` returns */
  add(hash: number, number: number): void {
    if (++this.#size > this.#slots.length / 4) this.#grow();
    this.#put(hash, number + 1);
  }

  #put(hash: number, stored: number): void {
    const slots = this.#slots;
    const last = slots.length / 2 - 1;
    let slot = hash & last;
    while (slots[2 * slot + 1] !== 0) slot = (slot + 1) & last;
    slots[2 * slot] = hash;
    slots[2 * slot + 1] = stored;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const [hash = 0, stored = 0] = [old[at], old[at + 1]];
      if (stored !== 0) this.#put(hash, stored);
    }
  }
}

/** Adds a number to a hash. */
export function mix(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, 0x85ebca6b);
  return Math.imul(product ^ (product >>> 13), 0xc2b2ae35) ^ (product >>> 16);
}
