import { at } from '../text/at.js';
import { NumberList } from '../text/number-list.js';
import { findTagReading, type NamedTags } from '../text/possible-labels.js';
import { createScoredReader, hasSpans, type Scheme } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import type { Place } from './findings.js';
import type { PlacedSentence, SentenceStore, StoredSentence } from './sentence-store.js';

export const PART_NAMES = ['train', 'dev', 'test'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** A sentence with what its tags mean. */
export interface LabelledSentence extends StoredSentence {
  /** The things that are labelled: entities, or each token if tags spell no spans. */
  readonly pieces: readonly Span[];
}

/** A labelled piece of a sentence. */
export interface LabelledPiece extends Span {
  readonly sentence: PlacedSentence;
}

/** One part of the data, as the checks use it. */
export interface Part {
  readonly name: PartName;
  readonly scheme: Scheme;
  /** Tells whether a tag stands for one that is not known. */
  readonly isUnknown: (tag: string) => boolean;
  readonly store: SentenceStore;
  /** How often each word of the store occurs in this part. */
  readonly wordCounts: NumberList;
  readonly sentenceCount: number;
  /** The first sentence; undefined if there is none. */
  readonly first: PlacedSentence | undefined;
  /** Yields all sentences in order, but for those that are skipped. */
  sentences(isSkipped?: (index: number) => boolean): Generator<LabelledSentence, void, undefined>;
}

/** Takes the sentences of one part after the other, in order. */
export interface SentenceCheck {
  take(sentence: LabelledSentence): void;
  /** Is called after the last sentence. */
  end?(): void;
}

/** Gathers the sentences of a part. The parts of one store are gathered one after the other. */
export class PartBuilder {
  readonly #name: PartName;
  readonly #store: SentenceStore;
  readonly #start: number;
  #end: number;
  readonly #wordCounts = new NumberList();

  constructor(name: PartName, store: SentenceStore) {
    this.#name = name;
    this.#store = store;
    this.#start = store.size;
    this.#end = store.size;
  }

  add(sentence: PlacedSentence): void {
    for (const word of this.#store.add(sentence)) this.#wordCounts.increment(word);
    this.#end = this.#store.size;
  }

  finish(named: NamedTags): Part {
    const store = this.#store;
    const [start, end] = [this.#start, this.#end];
    const all = { [Symbol.iterator]: () => store.range(start, end) };
    const { scheme, isUnknown } = findTagReading(all, named);
    const readPieces = createScoredReader(scheme);
    const piecesOf = ({ tags }: StoredSentence): Span[] => {
      if (!tags.some(isUnknown)) return readPieces(tags);
      const { outside } = scheme;
      if (outside === undefined) return readPieces(tags).filter((piece) => !isUnknown(at(tags, piece.start)));
      return readPieces(tags.map((tag) => (isUnknown(tag) ? outside : tag)));
    };
    return {
      name: this.#name,
      scheme,
      isUnknown,
      store,
      wordCounts: this.#wordCounts,
      sentenceCount: end - start,
      first: end > start ? store.get(start) : undefined,
      *sentences(isSkipped) {
        for (const sentence of store.range(start, end, isSkipped)) yield { ...sentence, pieces: piecesOf(sentence) };
      },
    };
  }
}

/** Yields the distinct words of a part, with how often each occurs. */
export function* wordsWithCounts({ store, wordCounts }: Part): Generator<readonly [word: string, count: number]> {
  for (let id = 0; id < wordCounts.length; id++) {
    const count = wordCounts.get(id);
    if (count > 0) yield [store.words.textOf(id), count];
  }
}

/** Returns the spans of a sentence; none if tags spell none. */
export function spansIn({ pieces }: LabelledSentence, { scheme }: Part): readonly Span[] {
  return hasSpans(scheme) ? pieces : [];
}

/** Returns the place of a token, with what was found there. */
export function placeOf({ file, lines }: PlacedSentence, token: number, what: string): Place {
  return { file, line: at(lines, token), what };
}

/** Returns the words of a piece, separated by spaces. */
export function wordsOf({ sentence, start, end }: LabelledPiece): string {
  return sentence.tokens.slice(start, end).join(' ');
}
