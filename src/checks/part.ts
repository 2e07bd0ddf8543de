import type { ConllColumns } from '../formats/conll-layout.js';
import { hasSpans, type LabelledSentences, spansOf } from '../text/scheme.js';
import { detectScheme } from '../text/scheme-detection.js';
import type { Sentence, Span } from '../text/sentence.js';
import { countWords } from '../text/vocabulary.js';
import type { Place } from './findings.js';

/** A sentence whose every token has a place. */
export interface PlacedSentence extends Sentence {
  readonly file: string;
  /** Line of each token, from 1. */
  readonly lines: readonly number[];
}

export const PART_NAMES = ['train', 'dev', 'test'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** What a person may have to say for a corpus to be read as it is meant. */
export interface CorpusLayout extends ConllColumns {
  /** The outside tag where the person named one. */
  readonly outside?: string | undefined;
}

/** What the checks look at: one part of the data, read. */
export interface Part extends LabelledSentences {
  readonly name: PartName;
  readonly sentences: readonly PlacedSentence[];
  /** Of each sentence; empty where tags spell no spans. */
  readonly spans: readonly (readonly Span[])[];
  /** All labelled pieces, in order. */
  readonly pieces: readonly LabelledPiece[];
  /** How often each word occurs, as it is written. */
  readonly words: ReadonlyMap<string, number>;
}

/** A labelled piece of a sentence: an entity, or a token where tags spell no spans. */
export interface LabelledPiece extends Span {
  readonly sentence: PlacedSentence;
}

/** @param outside the outside tag where the person named one */
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

/** What stands at a token, told. */
export function placeOf({ file, lines }: PlacedSentence, token: number, what: string): Place {
  return { file, line: lines[token] as number, what };
}

/** The words of a piece, as they stand. */
export function wordsOf({ sentence, start, end }: LabelledPiece): string {
  return sentence.tokens.slice(start, end).join(' ');
}
