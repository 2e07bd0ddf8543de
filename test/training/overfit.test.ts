import { describe, expect, test } from 'vitest';
import { scoreTagger } from '../../src/evaluation/score-tagger.js';
import { readCheckpoint } from '../../src/model/checkpoint.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { createWasmKernels } from '../../src/numerics/wasm.js';
import type { SettingsInput } from '../../src/settings/settings.js';
import type { Sentence } from '../../src/text/sentence.js';
import { eightSentences, sentenceOf } from '../helpers/small-corpus.js';
import { taggerOf } from '../helpers/small-model.js';
import { createTrainee, runTraining, trainToCheckpoint } from '../helpers/training-run.js';

const RULES: readonly SettingsInput[] = [
  { optimizer: 'sgd', epochs: 150 },
  { optimizer: 'momentum', epochs: 150 },
  { optimizer: 'adam', learningRate: 0.01, epochs: 100 },
];

function createOverfitting(given: SettingsInput, sentences: readonly Sentence[] = eightSentences) {
  const trainee = createTrainee(
    sentences,
    { hidden: 24, batchSize: 2, unknownRate: 0.1, ...given },
    {},
    createWasmKernels(),
  );
  const labelled = { sentences, scheme: trainee.untrained.language.scheme };
  const evaluate = () => {
    const { precision, recall, f1, accuracy } = scoreTagger(trainee.tagger, labelled);
    return { precision, recall, f1, accuracy };
  };
  return { ...trainee, labelled, options: { ...trainee.options, evaluate } };
}

describe.each(RULES)('with $optimizer, a network learns eight sentences by heart', (given) => {
  test('to an F1 of 1, and knows them still after save and load', async () => {
    const trainee = createOverfitting(given);
    const text = await trainToCheckpoint(trainee);
    expect(scoreTagger(trainee.tagger, trainee.labelled)).toMatchObject({ f1: 1, accuracy: 1 });

    const loaded = taggerOf(readCheckpoint(text, 'model.json', createReferenceKernels()));
    const tokens = eightSentences.map((sentence) => sentence.tokens);
    expect(loaded.predict(tokens)).toEqual(trainee.tagger.predict(tokens));
    expect(loaded.predict(tokens).map(({ tags }) => tags)).toEqual(eightSentences.map(({ tags }) => tags));
  });

  test('with a loss that falls under a tenth of where it began', async () => {
    const { epochs } = await runTraining(createOverfitting({ ...given, unknownRate: 0 }).options);
    const losses = epochs.map(({ record }) => record.loss);
    expect(losses[losses.length - 1]).toBeLessThan(losses[0] / 10);
  });
});

test('a network remembers over a distance, from at least half of eight starts: the first word decides the tag of the tenth', async () => {
  const gap = 'a/O b/O c/O d/O e/O f/O g/O h/O';
  const pair = [`He/O ${gap} Alex/B-HIS`, `She/O ${gap} Alex/B-HER`].map((text) => sentenceOf(text));
  let learned = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const given = { optimizer: 'adam', learningRate: 0.01, epochs: 150, unknownRate: 0, seed } as const;
    const trainee = createOverfitting(given, pair);
    await runTraining(trainee.options);
    if (scoreTagger(trainee.tagger, trainee.labelled).f1 === 1) learned++;
  }
  expect(learned).toBeGreaterThanOrEqual(4);
});

describe('corpora at the edge can be learned', () => {
  test('one with a single tag', async () => {
    const sentences = ['Nothing/O here/O', 'nor/O there/O'].map((text) => sentenceOf(text));
    const trainee = createOverfitting({ epochs: 2 }, sentences);
    const { stopped, epochs } = await runTraining(trainee.options);
    expect(stopped).toBe('completed');
    expect(epochs.map(({ record }) => record.loss)).toEqual([0, 0]);
    expect(trainee.tagger.predict([['Ada', 'too']])[0].tags).toEqual(['O', 'O']);
  });

  test('one of a single word', async () => {
    const trainee = createOverfitting({ epochs: 3 }, [sentenceOf('Ada/B-PER')]);
    expect((await runTraining(trainee.options)).stopped).toBe('completed');
    expect(trainee.tagger.predict([['Ada']])[0].tags).toEqual(['B-PER']);
  });

  test('one with names marked 1 and 0', async () => {
    const sentences = [
      sentenceOf('Harry/1 Potter/1 and/0 Hermione/1 Granger/1 invented/0 a/0 new/0 spell/0'),
      sentenceOf('a/0 new/0 spell/0 and/0 a/0 new/0 Potter/1'),
    ];
    const trainee = createOverfitting({ outside: '0', epochs: 80, unknownRate: 0 }, sentences);
    await runTraining(trainee.options);
    expect(trainee.untrained.language.scheme).toEqual({ name: 'plain', outside: '0' });
    expect(scoreTagger(trainee.tagger, trainee.labelled).f1).toBe(1);
  });

  test('one whose sentences are all unknown words', async () => {
    const trainee = createOverfitting({ vocabularySize: 1, epochs: 2 });
    expect((await runTraining(trainee.options)).stopped).toBe('completed');
    const [prediction] = trainee.tagger.predict([['never', 'seen', 'before']]);
    expect(prediction.tags).toHaveLength(3);
  });
});
