import { describe, expect, test } from 'vitest';
import {
  resolvedSettingsSchema,
  resolveSettings,
  type SettingsInput,
  settingsSchema,
} from '../../src/settings/settings.js';

const accepts = (settings: object): boolean => settingsSchema.safeParse(settings).success;

describe('unknown settings are refused', () => {
  test.each(['hiden', 'Hidden', 'batch-size', 'constructor', 'colour'])('%s', (name) => {
    const settings = { [name]: 1 };
    expect(accepts(settings)).toBe(false);
    expect(resolvedSettingsSchema.safeParse({ ...resolveSettings(), ...settings }).success).toBe(false);
    expect(() => resolveSettings(settings as SettingsInput)).toThrow(/Unrecognized key/);
  });
});

describe('the limits of', () => {
  test.each([
    ['hidden', [1, 8192], [0, 8193, 1.5, -1]],
    ['layers', [1, 8], [0, 9, 1.5]],
    ['window', [0, 5], [-1, 6, 0.5]],
    ['formWidth', [1, 1024], [0, 1025, 1.5]],
    ['affixWidth', [1, 1024], [0, 1025, 1.5]],
    ['vocabularySize', [1, 10_000_000], [0, 10_000_001, 0.5]],
    ['minCount', [1, 1000], [0, 1.5]],
    ['learningRate', [1e-12, 1000], [0, -0.1, 1001]],
    ['epochs', [1, 100_000], [0, 100_001, 2.5]],
    ['batchSize', [1, 100_000], [0, 100_001, 0.5]],
    ['clip', [1e-9, 1e9], [0, -1]],
    ['patience', [1, 50], [0, 1.5, -1]],
    ['warmup', [0, 100], [-1, 0.5]],
    ['inputDropout', [0, 0.99], [-0.01, 1]],
    ['dropout', [0, 0.99], [-0.01, 1]],
    ['average', [0, 0.999], [-0.01, 1]],
    ['unknownRate', [0, 0.5, 1], [-0.01, 1.01]],
    ['seed', [0, 4_294_967_295], [-1, 4_294_967_296, 0.5]],
  ])('%s are held', (name, good, bad) => {
    for (const value of good) expect(accepts({ [name]: value }), `${value}`).toBe(true);
    for (const value of bad) expect(accepts({ [name]: value }), `${value}`).toBe(false);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '1', null, true])
      expect(accepts({ [name]: value }), `${value}`).toBe(false);
  });
});

describe('the choices of', () => {
  test.each([
    ['cell', ['elman', 'gru', 'lstm', 'feedforward'], ['transformer', 'Elman', '', 1]],
    ['direction', ['forward', 'both'], ['backward', true]],
    ['decoder', ['softmax', 'crf'], ['argmax', null]],
    ['recode', [true, false], ['bioes', 1]],
    ['features', ['form', 'affixes,shape'], ['', 'forms', 1]],
    ['input', ['sum', 'concatenate'], ['add', true]],
    ['decay', ['none', 'linear'], ['cosine', 0]],
    ['optimizer', ['sgd', 'momentum', 'adam'], ['SGD', 'lbfgs']],
    ['lowercase', [true, false], ['true', 1]],
    ['foldDigits', [true, false], ['no', 0]],
    ['outside', ['O', '0', 'B-NONE'], ['', 0]],
  ])('%s are held', (name, good, bad) => {
    for (const value of good) expect(accepts({ [name]: value }), `${value}`).toBe(true);
    for (const value of bad) expect(accepts({ [name]: value }), `${value}`).toBe(false);
  });
});
