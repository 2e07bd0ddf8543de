import { describe, expect, test } from 'vitest';
import { featureSettings } from '../../src/settings/features.js';
import { networkSettings } from '../../src/settings/network.js';
import { PRESETS, resolveSettings, settingsSchema } from '../../src/settings/settings.js';
import { LEARNING_RATES, trainingSettings } from '../../src/settings/training.js';
import { vocabularySettings } from '../../src/settings/vocabulary.js';

/** The network of the textbook, until the accuracy work the default too. */
const TEXTBOOK = {
  cell: 'elman',
  direction: 'forward',
  layers: 1,
  decoder: 'softmax',
  recode: false,
  hidden: 128,
  features: 'form',
  window: 0,
  input: 'sum',
  formWidth: 100,
  affixWidth: 16,
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
  seed: 1,
};

test('without a word from anyone, the settings are these', () => {
  expect(resolveSettings()).toEqual(TEXTBOOK);
});

test('the preset textbook is the network of the textbook', () => {
  expect(resolveSettings({}, 'textbook')).toEqual(TEXTBOOK);
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
