import { at } from './at.js';
import { HashIndex, mix } from './hash-index.js';
import { NumberList } from './number-list.js';

/** A prefix tree of names, which are sequences of words given as numbers. Node 0 is the root. */
export class NameTree {
  readonly #children = new HashIndex();
  /** The parent of each node, the word that leads to it, and 1 if a name ends there. */
  readonly #parents = new NumberList();
  readonly #words = new NumberList();
  readonly #isEnd = new NumberList();

  constructor() {
    this.#parents.push(0);
    this.#words.push(0);
  }

  add(words: readonly number[]): void {
    let node = 0;
    for (const word of words) {
      let next = this.#childOf(node, word);
      if (next === undefined) {
        next = this.#parents.length;
        this.#parents.push(node);
        this.#words.push(word);
        this.#children.add(mix(node, word), next);
      }
      node = next;
    }
    this.#isEnd.set(node, 1);
  }

  has(words: readonly number[]): boolean {
    let node: number | undefined = 0;
    for (const word of words) {
      node = this.#childOf(node, word);
      if (node === undefined) return false;
    }
    return this.#isEnd.get(node) === 1;
  }

  /** Returns the end, exclusive, of the longest name that begins at a word of a sentence; -1 if none does. */
  longestFrom(words: readonly number[], start: number): number {
    let node: number | undefined = 0;
    let longest = -1;
    for (let end = start + 1; end <= words.length; end++) {
      node = this.#childOf(node, at(words, end - 1));
      if (node === undefined) break;
      if (this.#isEnd.get(node) === 1) longest = end;
    }
    return longest;
  }

  /** Yields the ends, exclusive, of the names that begin at a word of a sentence. */
  *endsFrom(words: readonly number[], start: number): Generator<number, void, undefined> {
    let node: number | undefined = 0;
    for (let end = start + 1; end <= words.length; end++) {
      node = this.#childOf(node, at(words, end - 1));
      if (node === undefined) return;
      if (this.#isEnd.get(node) === 1) yield end;
    }
  }

  #childOf(node: number, word: number): number | undefined {
    return this.#children.find(
      mix(node, word),
      (child) => this.#parents.get(child) === node && this.#words.get(child) === word,
    );
  }
}
