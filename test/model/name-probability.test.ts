import { describe, expect, test } from 'vitest';
import { CERTAIN, levelOf } from '../../src/model/hiding-scores.js';
import { hiddenSpans } from '../../src/model/name-probability.js';
import { createTagger } from '../../src/model/tagger.js';
import { drawModel } from '../helpers/small-model.js';

const WORDS = ['Ada', 'lives', 'in', 'London', '.'];
const SENTENCES = Array.from({ length: 40 }, (_, index) =>
  Array.from({ length: 1 + (index % 7) }, (_, t) => WORDS[(index * 3 + t * t + index * t) % 5] ?? ''),
);

describe.each([
  ['softmax', false],
  ['crf', false],
  ['crf', true],
] as const)('how surely a token is in a name, with %s, BIOES inside: %s', (decoder, recode) => {
  const tags = recode
    ? ['B-LOC', 'B-PER', 'E-LOC', 'E-PER', 'I-LOC', 'I-PER', 'O', 'S-LOC', 'S-PER']
    : ['B-LOC', 'B-PER', 'I-LOC', 'I-PER', 'O'];
  const model = drawModel({ tags, settings: { decoder, recode } });
  const tagger = createTagger(model);

  test('is certain in predicted spans, else what all sequences of tags together say', () => {
    const short = SENTENCES.filter(({ length }) => length < 4); // a list of all sequences of tags is long
    const levels = tagger.hidingLevels(short, 1);
    const predicted = tagger.predict(short, { top: 1000 });
    for (const [index, tokens] of short.entries()) {
      const { tags: own = [], alternatives = [] } = predicted[index] ?? {};
      expect(alternatives.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
      for (const t of tokens.keys()) {
        const inName = alternatives.reduce((sum, each) => sum + (each.tags[t] === 'O' ? 0 : each.probability), 0);
        if (own[t] !== 'O') expect(levels[index]?.[t]).toBe(CERTAIN);
        else expect(Math.abs((levels[index]?.[t] ?? 0) - levelOf(inName))).toBeLessThanOrEqual(1);
      }
    }
  });

  test('decides what is hidden: predicted spans at the highest level, more at lower ones, all at the lowest', () => {
    for (const level of [CERTAIN, 310, 290, 0]) {
      const predictions = tagger.predict(SENTENCES, { hidingLevel: level });
      const levels = tagger.hidingLevels(SENTENCES, 1);
      for (const [index, { hidden = [] }] of predictions.entries()) {
        const isHidden = new Set(
          hidden.flatMap(({ start, end }) => levels[index]?.slice(start, end).map((_, t) => start + t)),
        );
        expect([...isHidden].sort()).toEqual(
          [...(levels[index]?.keys() ?? [])].filter((t) => (levels[index]?.[t] ?? 0) >= level).sort(),
        );
      }
    }
  });

  test('does not depend on the other sentences', () => {
    const alone = SENTENCES.map((sentence) => tagger.hidingLevels([sentence], 1)[0]);
    expect(tagger.hidingLevels(SENTENCES, 1)).toEqual(alone);
  });
});

test('hidden spans are the predicted ones and runs of unsure tokens of one label', () => {
  const { language } = drawModel();
  const marginals = {
    probabilities: Float64Array.of(0.9, 0.8, 0.3, 0.2, 0.3, 0.01, 0.4),
    labels: ['PER', 'PER', 'PER', 'PER', 'LOC', 'LOC', 'PER'],
  };
  const tags = ['B-PER', 'I-PER', 'O', 'O', 'O', 'O', 'O'];
  expect(hiddenSpans(tags, marginals, levelOf(0.15), language)).toEqual([
    { label: 'PER', start: 0, end: 2 },
    { label: 'PER', start: 2, end: 4 },
    { label: 'LOC', start: 4, end: 5 },
    { label: 'PER', start: 6, end: 7 },
  ]);
});
