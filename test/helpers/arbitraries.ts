import fc from 'fast-check';
import type { Span } from '../../src/text/sentence.js';

/** How many tokens a sentence has, and spans in it that do not overlap, in order. */
export interface SpansOfSentence {
  readonly length: number;
  readonly spans: readonly Span[];
}

const LABELS = ['PER', 'LOC', 'creative-work', 'B-side', '__proto__'];

/** Spans of one to four tokens, many of them touching, many of one label. */
export const spansOfSentence: fc.Arbitrary<SpansOfSentence> = fc
  .array(fc.record({ gap: fc.nat(2), size: fc.integer({ min: 1, max: 4 }), label: fc.constantFrom(...LABELS) }), {
    maxLength: 8,
  })
  .chain((pieces) =>
    fc.nat(2).map((rest) => {
      const spans: Span[] = [];
      let position = 0;
      for (const { gap, size, label } of pieces) {
        const start = position + gap;
        position = start + size;
        spans.push({ label, start, end: position });
      }
      return { length: position + rest, spans };
    }),
  );

/** All sequences of the items that are as long as told. */
export function* sequencesOf<Item>(items: readonly Item[], length: number): Generator<Item[], void, undefined> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const head of sequencesOf(items, length - 1)) for (const item of items) yield [...head, item];
}

/** Any character of Unicode but half a pair, ASCII in every third place; fast-check's own takes half a second to begin. */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff))
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

/** Draws strings of any UTF-16 units, halves of surrogate pairs among them. */
export const anyUnits = fc
  .array(fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.nat(0xffff), fc.constantFrom(0x41, 0x61, 0x31)))
  .map((units) => String.fromCharCode(...units));
