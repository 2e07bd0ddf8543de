import { expect, test } from 'vitest';
import type { Prediction } from '../../src/model/decode.js';
import { joinPredictions } from '../../src/model/joined-prediction.js';
import type { Scheme } from '../../src/text/scheme.js';

const iob2: Scheme = { name: 'iob2', outside: 'O' };

function predicted(tags: readonly string[], more: Partial<Prediction> = {}): Prediction {
  return { tags, probabilities: tags.map(() => 0.5), ...more };
}

test('one sentence is what was predicted for it', () => {
  const only = predicted(['B-PER']);
  expect(joinPredictions([only], iob2)).toBe(only);
});

test('tags, probabilities and confidences follow each other', () => {
  const parts = [
    predicted(['B-PER', 'I-PER'], { confidences: [0.9] }),
    predicted(['O', 'B-LOC'], { confidences: [0.8] }),
  ];
  expect(joinPredictions(parts, iob2)).toEqual({
    tags: ['B-PER', 'I-PER', 'O', 'B-LOC'],
    probabilities: [0.5, 0.5, 0.5, 0.5],
    confidences: [0.9, 0.8],
  });
});

test('an entity that ends a sentence and one that begins the next stay two where the scheme would join them', () => {
  const iob1: Scheme = { name: 'iob1', outside: 'O' };
  const { tags } = joinPredictions([predicted(['I-PER', 'I-PER']), predicted(['I-PER', 'O'])], iob1);
  expect(tags).toEqual(['I-PER', 'I-PER', 'B-PER', 'O']);
});

test('tags that spell no spans stay as they are', () => {
  const { tags } = joinPredictions([predicted(['NN']), predicted(['VB', 'NN'])], { name: 'plain', outside: 'O' });
  expect(tags).toEqual(['NN', 'VB', 'NN']);
});

test('the best ways to tag a text are the most probable of all combinations, as many as of a sentence', () => {
  const ways = (...probabilities: number[]): Prediction['alternatives'] =>
    probabilities.map((probability, index) => ({ tags: [['O', 'B-PER', 'B-LOC'][index] as string], probability }));
  const { alternatives } = joinPredictions(
    [predicted(['O'], { alternatives: ways(0.5, 0.375, 0.125) }), predicted(['O'], { alternatives: ways(0.75, 0.25) })],
    iob2,
  );
  expect(alternatives).toEqual([
    { tags: ['O', 'O'], probability: 0.375 },
    { tags: ['B-PER', 'O'], probability: 0.28125 },
    { tags: ['O', 'B-PER'], probability: 0.125 },
  ]);
});

test('the best of fifty thousand ways each are found in the time of a test', () => {
  const ways = Array.from({ length: 50_000 }, (_, rank) => ({ tags: ['O'], probability: 1 / (rank + 1) }));
  const parts = [predicted(['O'], { alternatives: ways }), predicted(['O'], { alternatives: ways })];
  const { alternatives = [] } = joinPredictions(parts, iob2);
  expect(alternatives).toHaveLength(50_000);
  expect(alternatives.slice(0, 5).map(({ probability }) => probability)).toEqual([1, 1 / 2, 1 / 2, 1 / 3, 1 / 3]);
});
