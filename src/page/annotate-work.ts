import type { ShownSentence, ShownSpan } from '../annotation/protocol.js';

/** A sentence, and what the person has made of it. */
export interface Work {
  readonly sentence: ShownSentence;
  spans: readonly ShownSpan[];
  /** The entities before each change, the last one at the end. */
  readonly history: (readonly ShownSpan[])[];
}
