import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  averagesOf,
  createAmbiguityCheck,
  createSeqevalReader,
  type SeqevalMode,
} from '../../src/evaluation/seqeval.js';
import { createIllFormedCounter, type Scheme, type SchemeName, spansOf, tagsOf } from '../../src/text/scheme.js';
import type { Span } from '../../src/text/sentence.js';
import { spansOfSentence } from '../helpers/arbitraries.js';

function schemeOf(name: SchemeName): Scheme {
  return { name, outside: 'O' };
}

function read(mode: SeqevalMode, scheme: SchemeName, tags: string): string[] {
  return spansRead(mode, schemeOf(scheme), tags.split(' ')).map(({ label, start, end }) => `${label} ${start}-${end}`);
}

function spansRead(mode: SeqevalMode, scheme: Scheme, tags: readonly string[]): Span[] {
  return createSeqevalReader(mode, scheme)(tags);
}

/** What seqeval 1.2.2 gave for ill-formed tags. */
const CASES: [SeqevalMode, SchemeName, string, string[]][] = [
  ['default', 'iob2', 'O I-PER I-PER B-PER', ['PER 1-3', 'PER 3-4']],
  ['strict', 'iob2', 'O I-PER I-PER B-PER', ['PER 3-4']],
  ['default', 'iob2', 'B-PER I-LOC O', ['PER 0-1', 'LOC 1-2']],
  ['strict', 'iob2', 'B-PER I-LOC O', ['PER 0-1']],
  ['default', 'bioes', 'E-PER I-PER S-PER', ['PER 0-1', 'PER 1-2', 'PER 2-3']],
  ['strict', 'bioes', 'E-PER I-PER S-PER', ['PER 2-3']],
  ['strict', 'bioes', 'B-PER O B-PER E-PER', ['PER 2-4']],
  ['default', 'bioes', 'U-PER U-PER O', ['PER 0-2']],
  ['strict', 'bioes', 'U-PER B-LOC L-LOC', ['PER 0-1', 'LOC 1-3']],
  ['strict', 'iob1', 'I-PER B-PER O B-LOC', ['PER 0-1', 'PER 1-2']],
  ['default', 'iob2', 'B O I', ['_ 0-1', '_ 2-3']],
];

describe("seqeval's readers", () => {
  test.each(CASES)('%s, %s: %s', (mode, scheme, tags, spans) => {
    expect(read(mode, scheme, tags)).toEqual(spans);
  });

  test('find in well-formed tags what was spelt', () => {
    const schemes = fc.constantFrom<SchemeName>('iob1', 'iob2', 'bioes');
    fc.assert(
      fc.property(
        spansOfSentence,
        schemes,
        fc.constantFrom<SeqevalMode>('default', 'strict'),
        (sentence, name, mode) => {
          fc.pre(sentence.spans.every(({ label }) => !label.startsWith('-')));
          const tags = tagsOf(sentence.spans, sentence.length, schemeOf(name));
          expect(spansRead(mode, schemeOf(name), tags)).toEqual(sentence.spans);
        },
      ),
    );
  });
});

describe('a sentence is unambiguous', () => {
  const tag = fc
    .tuple(fc.constantFrom('B', 'I', 'E', 'S', 'L', 'U', 'O'), fc.constantFrom('PER', 'LOC', 'a-b', '-x', 'x-'))
    .map(([prefix, label]) => (prefix === 'O' ? 'O' : `${prefix}-${label}`));
  const sentence = fc.array(fc.oneof(tag, fc.constantFrom('O', 'B-PER', 'I-PER', 'PER', 'B', 'I-', '.')), {
    maxLength: 6,
  });

  test('only where all readers find the same spans and no tag is ill-formed', () => {
    fc.assert(
      fc.property(sentence, fc.constantFrom<SchemeName>('iob1', 'iob2', 'bioes'), (tags, name) => {
        const scheme = schemeOf(name);
        fc.pre(!createAmbiguityCheck(scheme)(tags));
        const spans = spansOf(tags, scheme);
        expect(spansRead('default', scheme, tags)).toEqual(spans);
        expect(spansRead('strict', scheme, tags)).toEqual(spans);
        expect(createIllFormedCounter(scheme)(tags)).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  test('where its tags are well-formed', () => {
    fc.assert(
      fc.property(spansOfSentence, fc.constantFrom<SchemeName>('iob1', 'iob2', 'bioes'), ({ spans, length }, name) => {
        expect(createAmbiguityCheck(schemeOf(name))(tagsOf(spans, length, schemeOf(name)))).toBe(false);
      }),
    );
  });
});

describe('the averages', () => {
  test('are those of counts, of rates, and of rates weighed by gold spans', () => {
    const { micro, macro, weighted } = averagesOf([
      { gold: 3, predicted: 1, correct: 1 },
      { gold: 1, predicted: 3, correct: 1 },
    ]);
    expect(micro).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(macro?.precision).toBeCloseTo((1 + 1 / 3) / 2, 15);
    expect(macro?.f1).toBeCloseTo(0.5, 15);
    expect(weighted.precision).toBeCloseTo((3 * 1 + 1 / 3) / 4, 15);
    expect(weighted.recall).toBeCloseTo((3 * (1 / 3) + 1) / 4, 15);
  });

  test('are 0 where there is no label, and that of rates is none', () => {
    const zero = { precision: 0, recall: 0, f1: 0 };
    expect(averagesOf([])).toEqual({ micro: zero, macro: undefined, weighted: zero });
  });
});
