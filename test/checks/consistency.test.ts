import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkConsistency } from '../../src/checks/consistency.js';
import { FindingLog } from '../../src/checks/findings.js';
import { PartBuilder } from '../../src/checks/part.js';
import { type PlacedSentence, SentenceStore } from '../../src/checks/sentence-store.js';
import { spansOf } from '../../src/text/scheme.js';
import { corpusOf, found } from '../helpers/checks.js';

describe('the same words in the same context, labelled differently:', () => {
  const inconsistent = (...sentences: string[]): string[] => found(corpusOf(...sentences), ['inconsistent-label']);

  test('the rarer label is named, and where the other one stands', () => {
    const context = (tag: string, end: string): string => `he O is O in O Rome ${tag} at O last O ${end} O`;
    expect(inconsistent(context('B-LOC', 'now'), context('B-ORG', 'then'), context('B-LOC', 'again'))).toEqual([
      'inconsistent-label train.conll:12: "Rome" is ORG, and LOC in line 4',
    ]);
  });

  test('an entity that has no label elsewhere', () => {
    expect(inconsistent('met O Ada B-PER Byron I-PER', 'they O met O Ada O Byron O')).toEqual([]);
    expect(inconsistent('I O met O Ada B-PER Byron I-PER', 'so O I O met O Ada O Byron O')).toEqual([
      'inconsistent-label train.conll:9: "Ada Byron" is no entity, and PER in line 3',
    ]);
  });

  test('parts of speech', () => {
    expect(inconsistent('I PRP will MD book VB a DT room NN', 'so RB I PRP will MD book NN a DT room NN')).toEqual([
      'inconsistent-label train.conll:10: "book" is NN, and VB in line 3',
    ]);
  });

  test('not in another context, and not in the same sentence again', () => {
    expect(inconsistent('to O Rome B-LOC', 'from O Rome B-ORG')).toEqual([]);
    expect(inconsistent('to O Rome B-LOC', 'to O Rome B-ORG')).toEqual([]);
  });
});

/** The contexts with several labels, by comparing every stretch of words with every other. */
function plainContexts(sentences: readonly PlacedSentence[]): Set<string> {
  const scheme = { name: 'iob2', outside: 'O' } as const;
  const stretches = sentences.flatMap(({ tokens, tags }, number) => {
    const spans = spansOf(tags, scheme);
    return [...tokens.keys()].flatMap((start) =>
      [...tokens.keys()].slice(start).map((last) => ({
        words: tokens.slice(start, last + 1).join(' '),
        context: [start - 2, start - 1, last + 1, last + 2].map((index) => tokens[index] ?? '').join(' '),
        label: spans.find((span) => span.start === start && span.end === last + 1)?.label ?? '',
        isSentence: `${start} ${sentences.findIndex((other) => other.tokens.join(' ') === tokens.join(' '))}`,
        number,
      })),
    );
  });
  const differing = stretches.filter((one) =>
    stretches.some(
      (other) =>
        one.words === other.words &&
        one.context === other.context &&
        one.label !== other.label &&
        one.isSentence !== other.isSentence,
    ),
  );
  return new Set(differing.map(({ words }) => words));
}

test('no stretch of words is missed, and none is found without need', () => {
  const token = fc.constantFrom('a', 'b');
  const tag = fc.constantFrom('O', 'B-X', 'I-X', 'B-Y');
  const sentence = fc.array(fc.tuple(token, tag), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(
      fc.uniqueArray(sentence, {
        minLength: 2,
        maxLength: 5,
        selector: (each) => each.map(([word]) => word).join(' '),
      }),
      (drawn) => {
        const sentences = drawn.map((each, index) => ({
          tokens: each.map(([word]) => word),
          tags: each.map(([, label], position) => (position === 0 && label === 'I-X' ? 'B-X' : label)),
          document: 0,
          line: index,
          file: 'f',
          lines: each.map(() => index),
        }));
        const log = new FindingLog();
        const builder = new PartBuilder('train', new SentenceStore());
        for (const each of sentences) builder.add(each);
        const part = builder.finish({ outside: 'O' });
        fc.pre(part.scheme.name === 'iob2');
        checkConsistency(part, log);
        const words = log
          .findings()
          .flatMap(({ files }) =>
            files.flatMap(({ places }) =>
              places.map(({ what }) => JSON.parse(/^"[^"]*"/.exec(what)?.[0] ?? '') as string),
            ),
          );
        expect(new Set(words)).toEqual(plainContexts(sentences));
      },
    ),
  );
});
