import { detectScheme, hasSpans, type LabelledSentences, spansOf } from '../text/scheme.js';
import type { Sentence, Span } from '../text/sentence.js';
import type { Place } from './findings.js';

/** A sentence whose every token has a place. */
export interface PlacedSentence extends Sentence {
  readonly file: string;
  /** Line of each token, from 1. */
  readonly lines: readonly number[];
}

export const PART_NAMES = ['train', 'dev', 'test'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** What the checks look at: one part of the data, read. */
export interface Part extends LabelledSentences {
  readonly name: PartName;
  readonly sentences: readonly PlacedSentence[];
  /** Of each sentence; empty where tags spell no spans. */
  readonly spans: readonly (readonly Span[])[];
}

/** @param outside the outside tag where the person named one */
export function createPart(name: PartName, sentences: readonly PlacedSentence[], outside?: string): Part {
  const scheme = detectScheme(sentences, outside);
  return { name, sentences, scheme, spans: sentences.map(({ tags }) => spansOf(tags, scheme)) };
}

/** What stands at a token, told. */
export function placeOf({ file, lines }: PlacedSentence, token: number, what: string): Place {
  return { file, line: lines[token] as number, what };
}

/** A labelled piece of a sentence: an entity, or a token where tags spell no spans. */
export interface LabelledPiece extends Span {
  readonly sentence: PlacedSentence;
}

/** All labelled pieces of a part, in order. */
export function* labelledPieces({ sentences, spans, scheme }: Part): Generator<LabelledPiece, void, undefined> {
  for (const [index, sentence] of sentences.entries()) {
    if (hasSpans(scheme)) for (const span of spans[index] as readonly Span[]) yield { ...span, sentence };
    else for (const [start, label] of sentence.tags.entries()) yield { label, start, end: start + 1, sentence };
  }
}

/** The words of a piece, as they stand. */
export function wordsOf({ tokens }: { readonly tokens: readonly string[] }, { start, end }: Span): string {
  return tokens.slice(start, end).join(' ');
}
