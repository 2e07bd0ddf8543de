import { describe, expect, test } from 'vitest';
import { featureSettings, vocabularySettings } from '../../src/settings/features.js';
import { networkSettings } from '../../src/settings/network.js';
import { PRESETS, resolveSettings, settingsSchema } from '../../src/settings/settings.js';
import type { CorpusSize } from '../../src/settings/training.js';
import { LEARNING_RATES, trainingSettings } from '../../src/settings/training.js';

const TEXTBOOK = {
  cell: 'elman',
  direction: 'forward',
  layers: 1,
  decoder: 'softmax',
  recode: false,
  documentShare: 0,
  hidden: 128,
  features: 'form',
  window: 0,
  input: 'sum',
  formWidth: 100,
  affixWidth: 16,
  clusterWidth: 64,
  vocabularySize: 10_000,
  minCount: 1,
  lowercase: false,
  foldDigits: false,
  optimizer: 'sgd',
  learningRate: 0.1,
  epochs: 15,
  batchSize: 32,
  clip: 5,
  warmup: 0,
  decay: 'none',
  inputDropout: 0,
  dropout: 0,
  average: 0,
  unknownRate: 0.5,
  clusterDropout: 0.2,
  networks: 1,
  seed: 1,
};

const { warmup: _, ...COMMON } = TEXTBOOK;

const DEFAULT = {
  ...COMMON,
  cell: 'gru',
  direction: 'both',
  decoder: 'crf',
  documentShare: 0.5,
  recode: true,
  features: 'form,prefixes,suffixes,shape,casing,letters',
  input: 'concatenate',
  vocabularySize: 100_000,
  lowercase: true,
  foldDigits: true,
  optimizer: 'adam',
  learningRate: 0.005,
  epochs: 10,
  decay: 'linear',
  inputDropout: 0.5,
  dropout: 0.5,
};

test('without a word from anyone, the settings are these', () => {
  expect(resolveSettings()).toEqual(DEFAULT);
});

test('the preset textbook is the network of the textbook', () => {
  expect(resolveSettings({}, 'textbook')).toEqual(TEXTBOOK);
});

test('the preset accurate averages several networks', () => {
  expect(resolveSettings({}, 'accurate')).toEqual({ ...DEFAULT, networks: 5 });
});

/** Returns the size of a corpus of usual sentences. */
function sizeOf(tokens: number): CorpusSize {
  return { sentences: tokens / 20, tokens };
}

test('small corpora get more epochs of smaller batches, unless the person or the preset says otherwise', () => {
  expect(resolveSettings({}, 'default', sizeOf(5000))).toEqual({ ...DEFAULT, epochs: 30, batchSize: 4 });
  expect(resolveSettings({}, 'default', sizeOf(18_000))).toEqual({ ...DEFAULT, epochs: 15, batchSize: 8 });
  expect(resolveSettings({}, 'default', sizeOf(30_001))).toEqual({ ...DEFAULT, epochs: 12, batchSize: 16 });
  expect(resolveSettings({}, 'default', sizeOf(150_001))).toEqual(DEFAULT);
  expect(resolveSettings({ epochs: 3 }, 'default', sizeOf(18_000))).toEqual({ ...DEFAULT, epochs: 3, batchSize: 8 });
  expect(resolveSettings({}, 'textbook', sizeOf(18_000))).toEqual(TEXTBOOK);
});

test('every preset holds settings that the schema accepts', () => {
  for (const preset of Object.values(PRESETS)) expect(settingsSchema.parse(preset)).toMatchObject(preset);
});

describe('every setting', () => {
  const names = Object.keys(settingsSchema.shape) as (keyof typeof settingsSchema.shape)[];

  test.each(names)('%s has its help', (name) => {
    expect(settingsSchema.shape[name].description).toMatch(/\w/);
  });

  test('stands in one slice only', () => {
    const all = [networkSettings, featureSettings, vocabularySettings, trainingSettings];
    const slices = all.flatMap((slice) => Object.keys(slice));
    expect(new Set(slices).size).toBe(slices.length);
    expect(names.filter((name) => !slices.includes(name))).toEqual(['outside']);
  });
});

test('the help of the learning rate names the rate of each optimizer', () => {
  for (const [optimizer, rate] of Object.entries(LEARNING_RATES)) {
    expect(trainingSettings.learningRate.description).toContain(`${rate} for ${optimizer}`);
  }
});
