import type { ShownSentence, ShownSpan } from '../annotation/protocol.js';

/** A sentence, and what the person has made of it. */
export interface Work {
  readonly sentence: ShownSentence;
  spans: readonly ShownSpan[];
  /** The entities before each change, the last one at the end. */
  readonly history: (readonly ShownSpan[])[];
}

/** Tells whether an entity has a label. */
export function usesLabel({ spans }: Work, label: string): boolean {
  return spans.some((span) => span.label === label);
}

/** Returns the labels of entities, those that can be brought back by undoing changes included. */
export function labelsOf({ spans, history }: Work): string[] {
  return [...history, spans].flat().map(({ label }) => label);
}
