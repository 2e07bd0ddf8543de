import type { Span, Token } from '../text/sentence.js';

/** The identifier of a sentence, by which its decisions are found again. */
export type SentenceId = string | number;

/** A sentence that is to be labelled. */
export interface AnnotationSentence {
  readonly id: SentenceId;
  readonly text: string;
  /** The tokens with their offsets in the text; at least one. */
  readonly tokens: readonly Token[];
  /** The entities that the texts came with; undefined if nobody labelled them. */
  readonly given?: readonly Span[];
  /** Set if a model found the entities that the texts came with. */
  readonly isGuess?: true;
  /** Set if some of the tokens have been labelled, and others not, so that the given entities may not be all. */
  readonly isPartial?: true;
  /** What a review shows beside the given entities. */
  readonly otherReading?: OtherReading;
}

/** A sentence whose labels may be wrong, with another reading of it. */
export interface OtherReading {
  /** The entities of the other reading. */
  readonly suggested: readonly Span[];
  /** How doubtful the given labels are, from 0 to 1. */
  readonly doubt: number;
}

/** A sentence without an identifier of its own, and where it stands. */
export interface PlacedSentence extends Omit<AnnotationSentence, 'id'> {
  /** The identifier of the record that it came in. */
  readonly recordId?: SentenceId | undefined;
  readonly source: string;
  readonly line: number;
}

/**
 * Gives sentences identifiers that differ: that of its record, else `FILE:LINE`; with `#2` and so on for further sentences of the
 * same record or line.
 */
export function identify(sentences: readonly PlacedSentence[]): AnnotationSentence[] {
  const counts = new Map<SentenceId, number>();
  const used = new Set<SentenceId>();
  return sentences.map(({ recordId, source, line, ...sentence }) => {
    const base = recordId ?? `${source}:${line}`;
    let id = base;
    for (let count = counts.get(base) ?? 0; ; count++) {
      counts.set(base, count + 1);
      id = count === 0 ? base : `${base}#${count + 1}`;
      if (!used.has(id)) break;
    }
    used.add(id);
    return { id, ...sentence };
  });
}
