import { expect, test } from 'vitest';
import { collectFeatures, wordFeatures } from '../../src/text/features.js';
import { openOutside } from '../../src/text/possible-labels.js';
import { Vocabulary } from '../../src/text/vocabulary.js';
import { collectTags, encodeSentences, type TrainingExamples } from '../../src/training/examples.js';
import { drawOutside } from '../../src/training/outside-tokens.js';
import { sentenceOf } from '../helpers/small-corpus.js';

const IOB2 = { name: 'iob2', outside: 'O' } as const;

/** Sentences of many words, of which `Rome` is now marked and now not. */
const texts = Array.from({ length: 200 }, (_, n) => `Rome/${n % 2 === 0 ? 'B-LOC' : 'O'} word${n}/O fell/O`);

function encode(possible: 'mostly none' | 'any'): TrainingExamples {
  const sentences = texts.map((text) => openOutside(sentenceOf(text), IOB2, possible));
  const vocabulary = new Vocabulary(['Rome'], { lowercase: false, foldDigits: false });
  const features = collectFeatures(sentences, wordFeatures(['form']), vocabulary);
  const tags = collectTags(sentences, IOB2, IOB2);
  return encodeSentences(sentences, { scheme: IOB2, innerScheme: IOB2, tags, features });
}

const targetsOf = (examples: TrainingExamples): number[][] => examples.sentences.map(({ targets }) => [...targets]);

test('about as many tokens as were asked for are outside for certain, by the seed', () => {
  const examples = encode('mostly none');
  const drawn = targetsOf(drawOutside(examples, { seed: 1, outsideRate: 0.3 }));
  const { outside } = examples.tagSets;
  const share = drawn.flatMap(([, word, fell]) => [word, fell]).filter((target) => target === outside).length / 400;
  expect(share).toBeGreaterThan(0.22);
  expect(share).toBeLessThan(0.38);
  expect(targetsOf(drawOutside(examples, { seed: 1, outsideRate: 0.3 }))).toEqual(drawn);
  expect(targetsOf(drawOutside(examples, { seed: 2, outsideRate: 0.3 }))).not.toEqual(drawn);
});

test('a word that is often marked is not drawn where it is not', () => {
  const examples = encode('mostly none');
  const drawn = targetsOf(drawOutside(examples, { seed: 1, outsideRate: 1 }));
  const { outside } = examples.tagSets;
  expect(drawn.every(([rome]) => rome !== outside)).toBe(true);
  expect(drawn.every(([, word, fell]) => word === outside && fell === outside)).toBe(true);
});

test('tokens of which nothing was said stay unknown', () => {
  const examples = encode('any');
  expect(drawOutside(examples, { seed: 1, outsideRate: 1 })).toBe(examples);
});
