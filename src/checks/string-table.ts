import { HashIndex, mix } from '../text/hash-index.js';
import { NumberList } from '../text/number-list.js';

/** So many strings are also kept as strings, which are found faster. */
const MANY = 1 << 15;
const PIECE = 1 << 12;

/** Numbers distinct strings from 0, and holds them in two bytes a character, far less than a map of strings would need. */
export class StringTable {
  readonly #index = new HashIndex();
  /** Where each string ends among the UTF-16 units, two of which stand in a number. */
  readonly #ends = new NumberList();
  readonly #units = new NumberList();
  #unitCount = 0;
  /** Numbers of strings that were met lately. */
  readonly #recent = new Map<string, number>();
  /** The first strings. */
  readonly #texts: string[] = [];

  get size(): number {
    return this.#ends.length;
  }

  /** Returns the number of a string, which is new if the string is. */
  add(text: string): number {
    const recent = this.#recent.get(text);
    if (recent !== undefined) return recent;
    const hash = hashOf(text);
    const known = this.#find(text, hash);
    if (known !== undefined) return this.#remember(known);
    const id = this.size;
    for (let index = 0; index < text.length; index++) this.#pushUnit(text.charCodeAt(index));
    this.#ends.push(this.#unitCount);
    this.#index.add(hash, id);
    return this.#remember(id);
  }

  /** Returns the number of a string; undefined if it was never added. */
  find(text: string): number | undefined {
    return this.#recent.get(text) ?? this.#find(text, hashOf(text));
  }

  textOf(id: number): string {
    return this.#texts[id] ?? this.#decode(id);
  }

  #find(text: string, hash: number): number | undefined {
    return this.#index.find(hash, (id) => {
      const start = this.#startOf(id);
      if (this.#ends.get(id) - start !== text.length) return false;
      for (let index = 0; index < text.length; index++)
        if (this.#unitAt(start + index) !== text.charCodeAt(index)) return false;
      return true;
    });
  }

  /** Keeps a string of its own: that of a caller may be a piece of a long one, which would be kept with it. */
  #remember(id: number): number {
    const text = this.textOf(id);
    if (id < MANY) this.#texts[id] = text;
    if (this.#recent.size >= MANY) this.#recent.clear();
    this.#recent.set(text, id);
    return id;
  }

  #decode(id: number): string {
    const end = this.#ends.get(id);
    let text = '';
    for (let from = this.#startOf(id); from < end; from += PIECE) {
      const length = Math.min(PIECE, end - from);
      text += String.fromCharCode(...Array.from({ length }, (_, index) => this.#unitAt(from + index)));
    }
    return text;
  }

  #startOf(id: number): number {
    return id === 0 ? 0 : this.#ends.get(id - 1);
  }

  #unitAt(place: number): number {
    const pair = this.#units.get(place >>> 1);
    return (place & 1) === 0 ? pair & 0xffff : pair >>> 16;
  }

  #pushUnit(unit: number): void {
    const place = this.#unitCount++;
    const pair = this.#units.get(place >>> 1);
    this.#units.set(place >>> 1, (place & 1) === 0 ? unit : pair + unit * 0x10000);
  }
}

function hashOf(text: string): number {
  let hash = text.length;
  for (let index = 0; index < text.length; index++) hash = mix(hash, text.charCodeAt(index));
  return hash;
}
