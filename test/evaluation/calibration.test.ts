import { describe, expect, test } from 'vitest';
import { calibrationOf, chooseTemperature } from '../../src/evaluation/calibration.js';
import { createTagger } from '../../src/model/tagger.js';
import { spansOf } from '../../src/text/scheme.js';
import { drawModel } from '../helpers/small-model.js';

const spans = (count: number, confidence: number, right: number) =>
  Array.from({ length: count }, (_, index) => ({ confidence, isRight: index < right }));

describe('the expected calibration error', () => {
  test('is 0 where as many are right as confidence says', () => {
    const { error, bins } = calibrationOf([...spans(10, 0.8, 8), ...spans(4, 0.25, 1)]);
    expect(error).toBeCloseTo(0, 12);
    expect(bins.map(({ from, to, count }) => [from, to, count])).toEqual([
      [0.2, 0.3, 4],
      [0.8, 0.9, 10],
    ]);
  });

  test('is the mean distance of both, each bin as heavy as its spans are many', () => {
    const { error } = calibrationOf([...spans(30, 0.95, 15), ...spans(10, 0.55, 10)]);
    expect(error).toBeCloseTo((30 * 0.45 + 10 * 0.45) / 40, 12);
  });

  test('takes a confidence of 1 into the last bin', () => {
    expect(calibrationOf(spans(2, 1, 2))).toEqual({
      error: 0,
      bins: [{ from: 0.9, to: 1, count: 2, confidence: 1, precision: 1 }],
    });
  });
});

describe('the temperature', () => {
  const WORDS = ['Ada', 'lives', 'in', 'London', '.'];
  const SENTENCES = Array.from({ length: 60 }, (_, index) =>
    Array.from({ length: 5 }, (_, t) => WORDS[(index * 3 + t * t + index * t) % 5] ?? ''),
  );
  const model = drawModel({ settings: { decoder: 'crf', recode: false } });
  const tagger = createTagger(model);
  const { scheme } = model.language;
  /** Gold tags that are right in one of so many sentences. */
  const labelled = (every: number) => ({
    scheme,
    sentences: tagger.predict(SENTENCES).map(({ tags }, index) => ({
      tokens: SENTENCES[index] ?? [],
      tags: index % every === 0 ? tags : tags.map(() => 'O'),
      document: 0,
      line: index,
    })),
  });
  const squares = (every: number, temperature: number): number => {
    const { sentences } = labelled(every);
    const answers = tagger.predictAt(SENTENCES, [temperature]);
    return answers.reduce((sum, { tags, confidences }, index) => {
      const isRight = sentences[index]?.tags.join() === tags.join();
      return spansOf(tags, scheme).reduce((total, _, place) => {
        const distance = (confidences[0]?.[place] ?? 0) - (isRight ? 1 : 0);
        return total + distance * distance;
      }, sum);
    }, 0);
  };

  test.each([1, 2, 20])('is that of the least squared error around it, where one of %i is right', (every) => {
    const chosen = chooseTemperature(tagger, labelled(every)) as number;
    for (const other of [0.25, 0.5, 1, 2, 4, chosen - 0.05, chosen + 0.05])
      if (other > 0.05 && other <= 4) expect(squares(every, chosen)).toBeLessThanOrEqual(squares(every, other) + 1e-9);
  });

  test('is low where all is right, and high where next to nothing is', () => {
    expect(chooseTemperature(tagger, labelled(1))).toBeLessThan(chooseTemperature(tagger, labelled(20)) as number);
  });

  test('is none where there is no span, and where tags spell none', () => {
    expect(chooseTemperature(tagger, { scheme, sentences: [] })).toBeUndefined();
    const plain = drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } });
    expect(chooseTemperature(createTagger(plain), labelled(1))).toBeUndefined();
  });
});
