import { at } from '../text/at.js';
import { HashIndex, mix } from '../text/hash-index.js';
import { NumberList, PackedNumbers } from '../text/number-list.js';
import { StringTable } from './string-table.js';

/** A sentence with the place of each token. */
export interface PlacedSentence {
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
  /** Number of the document within its file, from 0. */
  readonly document: number;
  readonly file: string;
  /** Line of each token, from 1; lines do not fall. */
  readonly lines: readonly number[];
}

/** A sentence as the store gives it. */
export interface StoredSentence extends PlacedSentence {
  /** Number of the sentence in the store. */
  readonly index: number;
  /** Numbers of the tokens among all words. */
  readonly words: readonly number[];
}

/**
 * Holds the sentences of a corpus in a few bytes a token, and makes them whole when they are asked for: what the tags mean shows
 * at the end of the corpus alone, and stdin can be read only once.
 */
export class SentenceStore {
  readonly words = new StringTable();
  readonly #tags = new StringTable();
  readonly #files = new StringTable();
  readonly #starts = new NumberList();
  /** For each sentence its file, document, number of tokens, first line; then of each token the lines since the last one, word and tag. */
  readonly #numbers = new PackedNumbers();

  get size(): number {
    return this.#starts.length;
  }

  /** Adds a sentence, and returns the numbers of its words. */
  add({ tokens, tags, document, file, lines }: PlacedSentence): number[] {
    const words = tokens.map((token) => this.words.add(token));
    const numbers = this.#numbers;
    this.#starts.push(numbers.length);
    for (const each of [this.#files.add(file), document, tokens.length]) numbers.push(each);
    let before = 0;
    for (const [index, word] of words.entries()) {
      const line = at(lines, index);
      // The tag and the usual step of one line, or of none, share a number.
      const step = line - before;
      numbers.push(4 * this.#tags.add(at(tags, index)) + Math.min(step, 2));
      if (step >= 2) numbers.push(step);
      numbers.push(word);
      before = line;
    }
    return words;
  }

  get(index: number): StoredSentence {
    const next = this.#numbers.readFrom(this.#starts.get(index));
    const file = this.#files.textOf(next());
    const document = next();
    const length = next();
    const sentence = {
      index,
      file,
      document,
      tokens: new Array<string>(length),
      tags: new Array<string>(length),
      words: new Array<number>(length),
      lines: new Array<number>(length),
    };
    let line = 0;
    for (let token = 0; token < length; token++) {
      const tagAndStep = next();
      line += tagAndStep % 4 < 2 ? tagAndStep % 4 : next();
      const word = next();
      sentence.tags[token] = this.#tags.textOf(Math.floor(tagAndStep / 4));
      sentence.lines[token] = line;
      sentence.words[token] = word;
      sentence.tokens[token] = this.words.textOf(word);
    }
    return sentence;
  }

  /** Yields the sentences from one number to before another, but for those that are skipped. */
  *range(
    from: number,
    to: number,
    isSkipped: (index: number) => boolean = () => false,
  ): Generator<StoredSentence, void, undefined> {
    for (let index = from; index < to; index++) if (!isSkipped(index)) yield this.get(index);
  }
}

/** Finds sentences by their words. */
export class SentenceIndex {
  readonly #store: SentenceStore;
  readonly #index = new HashIndex();

  constructor(store: SentenceStore) {
    this.#store = store;
  }

  /** Returns the sentence with the same words that was added; undefined if there is none. */
  find({ words }: StoredSentence): StoredSentence | undefined {
    let found: StoredSentence | undefined;
    this.#index.find(hashOf(words), (number) => {
      found = this.#store.get(number);
      if (found.words.length !== words.length || found.words.some((word, index) => word !== words[index]))
        found = undefined;
      return found !== undefined;
    });
    return found;
  }

  add({ index, words }: StoredSentence): void {
    this.#index.add(hashOf(words), index);
  }
}

function hashOf(words: readonly number[]): number {
  return words.reduce(mix, words.length);
}
