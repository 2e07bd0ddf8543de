import { at } from '../text/at.js';
import { detectScheme, hasSpans, type LabelledSentences, spansOf } from '../text/scheme.js';
import type { Sentence, Span } from '../text/sentence.js';
import { countWords } from '../text/vocabulary.js';
import type { Place } from './findings.js';

/** A sentence with the place of each token. */
export interface PlacedSentence extends Sentence {
  readonly file: string;
  /** Line of each token, from 1. */
  readonly lines: readonly number[];
}

export const PART_NAMES = ['train', 'dev', 'test'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** One part of the data, as the checks use it. */
export interface Part extends LabelledSentences {
  readonly name: PartName;
  readonly sentences: readonly PlacedSentence[];
  /** The spans of each sentence; empty if tags spell none. */
  readonly spans: readonly (readonly Span[])[];
  /** All labelled pieces, in order. */
  readonly pieces: readonly LabelledPiece[];
  /** How often each word occurs, as it is written. */
  readonly words: ReadonlyMap<string, number>;
}

/** A labelled piece of a sentence: an entity, or a token if tags spell no spans. */
export interface LabelledPiece extends Span {
  readonly sentence: PlacedSentence;
}

/** Creates a part of the data from its sentences; `outside` is the outside tag, if the user named one. */
export function createPart(name: PartName, sentences: readonly PlacedSentence[], outside?: string): Part {
  const scheme = detectScheme(sentences, outside);
  const spans = sentences.map(({ tags }) => spansOf(tags, scheme));
  const pieces: LabelledPiece[] = [];
  for (const [index, sentence] of sentences.entries()) {
    if (hasSpans(scheme))
      for (const { label, start, end } of spans[index] ?? []) pieces.push({ label, start, end, sentence });
    else for (const [start, label] of sentence.tags.entries()) pieces.push({ label, start, end: start + 1, sentence });
  }
  return {
    name,
    sentences,
    scheme,
    spans,
    pieces,
    words: countWords(sentences, { lowercase: false, foldDigits: false }),
  };
}

/** Returns the place of a token, with what was found there. */
export function placeOf({ file, lines }: PlacedSentence, token: number, what: string): Place {
  return { file, line: at(lines, token), what };
}

/** Returns the words of a piece, separated by spaces. */
export function wordsOf({ sentence, start, end }: LabelledPiece): string {
  return sentence.tokens.slice(start, end).join(' ');
}
