import { at } from './at.js';
import { NameTree } from './name-tree.js';
import type { SortedWords } from './sorted-words.js';

/** The places that a token can have in a name; they come once for names as they are written, then for those in other case. */
const PLACES = ['begin', 'inside', 'end', 'single'] as const;

/** The values of a token in the table of a dictionary, from 1 on; 0 stands for a token in no name. */
export const NAME_VALUES: readonly string[] = [...PLACES, ...PLACES.map((place) => `${place}, other case`)];

/** The number of values of a token, 0 included. */
const VALUES = NAME_VALUES.length + 1;

/** The largest number of dictionaries, whose values of a token together are one whole number. */
export const MOST_DICTIONARIES = 8;

/** The number of marks that dictionaries can give a token, 0 included. */
export const MARKS_OF_NAMES = factorOf(MOST_DICTIONARIES);

/** The number of tokens whose numbers are kept at most, and of names that were found. */
const MOST_KEPT = 1 << 16;

/** Stands for a token that is in no name. */
const NO_WORD = -1;

/** Names of one kind. */
export interface Dictionary {
  readonly label: string;
  /** The names: their tokens with single spaces between them. */
  readonly names: SortedWords;
}

/** Is called with a name that was found: the number of its dictionary, its first token, the first behind it, and its case. */
export type OnName = (dictionary: number, start: number, end: number, isWritten: boolean) => void;

/** The dictionaries of a model, whose names are found in sentences whole, the longest first, whatever their case. */
export class Dictionaries {
  readonly list: readonly Dictionary[];
  /** The numbers of all words of names, in lower case. */
  readonly #words = new Map<string, number>();
  /** The names of each dictionary in lower case, by the numbers of their words. */
  readonly #trees: readonly NameTree[];
  /** The numbers of tokens that were met, as they are written. */
  readonly #known = new Map<string, number>();
  /** For names of each dictionary that were found, whether it has them as they are written. */
  readonly #written: readonly Map<string, boolean>[];

  /** @param list up to `MOST_DICTIONARIES`, of different labels */
  constructor(list: readonly Dictionary[]) {
    this.list = list;
    this.#written = list.map(() => new Map());
    this.#trees = list.map(({ names }) => {
      const tree = new NameTree();
      for (const name of names.all())
        tree.add(
          name
            .toLowerCase()
            .split(' ')
            .map((word) => this.#addWord(word)),
        );
      return tree;
    });
  }

  #addWord(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    this.#words.set(word, this.#words.size);
    return this.#words.size - 1;
  }

  /** Returns the number of a token's word, or `NO_WORD`. */
  #numberOf(token: string): number {
    const known = this.#known.get(token);
    if (known !== undefined) return known;
    const number = this.#words.get(token.toLowerCase()) ?? NO_WORD;
    if (this.#known.size >= MOST_KEPT) this.#known.clear();
    this.#known.set(token, number);
    return number;
  }

  /** Returns whether a dictionary has a name as it is written. */
  #isWritten(dictionary: number, name: string): boolean {
    const written = at(this.#written, dictionary);
    const known = written.get(name);
    if (known !== undefined) return known;
    const isWritten = at(this.list, dictionary).names.indexOf(name) >= 0;
    if (written.size >= MOST_KEPT) written.clear();
    written.set(name, isWritten);
    return isWritten;
  }

  /** Calls `visit` with the names that stand in a sentence, dictionary by dictionary; those of one do not overlap. */
  find(tokens: readonly string[], visit: OnName): void {
    const words = tokens.map((token) => this.#numberOf(token));
    for (const [dictionary, tree] of this.#trees.entries()) {
      for (let start = 0; start < words.length; ) {
        const end = words[start] === NO_WORD ? -1 : tree.longestFrom(words, start);
        if (end > start) visit(dictionary, start, end, this.#isWritten(dictionary, nameOf(tokens, start, end)));
        start = Math.max(end, start + 1);
      }
    }
  }

  /** Returns for each token one whole number, which says where it stands in names of all dictionaries; 0 for none. */
  marksOf(tokens: readonly string[]): Int32Array {
    const marks = new Int32Array(tokens.length);
    this.find(tokens, (dictionary, start, end, isWritten) => {
      const factor = factorOf(dictionary);
      for (let t = start; t < end; t++) {
        const place = end - start === 1 ? 3 : t === start ? 0 : t === end - 1 ? 2 : 1;
        marks[t] = at(marks, t) + factor * (1 + place + (isWritten ? 0 : PLACES.length));
      }
    });
    return marks;
  }
}

/** Returns the text of some tokens with single spaces between them. */
function nameOf(tokens: readonly string[], start: number, end: number): string {
  let name = at(tokens, start);
  for (let t = start + 1; t < end; t++) name += ` ${at(tokens, t)}`;
  return name;
}

/** Returns the value that a mark has in the table of a dictionary, by its number from 0. */
export function valueOfMark(mark: number, dictionary: number): number {
  return Math.floor(mark / factorOf(dictionary)) % VALUES;
}

/** Returns the factor of a dictionary's values in marks. */
function factorOf(dictionary: number): number {
  let factor = 1;
  for (let index = 0; index < dictionary; index++) factor *= VALUES;
  return factor;
}
