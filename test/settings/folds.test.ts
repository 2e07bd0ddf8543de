import { expect, test } from 'vitest';
import { foldsFor } from '../../src/settings/folds.js';
import { type PresetName, resolveSettings, type SettingsInput } from '../../src/settings/settings.js';
import { userErrorOf } from '../helpers/user-error.js';

test.each<[why: string, SettingsInput, PresetName, sentences: number, folds: number]>([
  ['a small corpus', {}, 'default', 20, 5],
  ['a small corpus', {}, 'default', 999, 5],
  ['a larger corpus', {}, 'default', 1000, 3],
  ['a larger corpus', {}, 'default', 1999, 3],
  ['a large corpus', {}, 'default', 2000, 0],
  ['the accurate preset on a larger corpus', {}, 'accurate', 1500, 5],
  ['a tiny corpus', {}, 'default', 19, 0],
  ['the accurate preset', {}, 'accurate', 500, 5],
  ['the textbook preset', {}, 'textbook', 500, 0],
  ['the fast preset', {}, 'fast', 500, 0],
  ['features that were chosen', { features: 'form' }, 'default', 500, 0],
  ['summed rows', { input: 'sum' }, 'default', 500, 0],
  ['a number of networks', { networks: 3 }, 'default', 500, 3],
  ['one network', { networks: 1 }, 'default', 500, 0],
  ['settings that were left out', { folds: undefined, networks: undefined }, 'default', 500, 5],
  ['folds that were asked for', { folds: 7 }, 'textbook', 100_000, 7],
  ['folds that were asked for, whatever the preset has', { folds: 3 }, 'accurate', 500, 3],
  ['folds that were asked for, whatever the preset has', { folds: 3 }, 'fast', 500, 3],
  ['no folds', { folds: 0, networks: 3 }, 'default', 500, 0],
])('%s: %j, %s, of %d sentences, gets %d folds', (_, given, preset, sentences, folds) => {
  expect(foldsFor(given, preset, sentences)).toBe(folds);
});

test.each<[SettingsInput, number, number]>([
  [{ folds: 1 }, 500, 2],
  [{ folds: 3, networks: 2 }, 500, 2],
  [{ folds: 33 }, 500, 2],
  [{ folds: 8 }, 7, 3],
])('%j of %d sentences is refused with exit code %d', (given, sentences, code) => {
  expect(userErrorOf(() => foldsFor(given, 'default', sentences)).exitCode).toBe(code);
});

test('networks on folds train half as many epochs, but more on a tiny corpus, unless epochs are given', () => {
  const durations = (tokens: number, given = {}) => {
    const { epochs, batchSize } = resolveSettings({ folds: 5, ...given }, 'default', {
      sentences: tokens / 20,
      tokens,
    });
    return [epochs, batchSize];
  };
  expect([1_000, 3_000, 5_000].map((tokens) => durations(tokens))).toEqual([
    [30, 4],
    [30, 4],
    [19, 4],
  ]);
  expect([8_000, 12_000, 20_000, 60_000].map((tokens) => durations(tokens))).toEqual([
    [12, 8],
    [8, 8],
    [8, 8],
    [8, 8],
  ]);
  expect([60_001, 150_000, 150_001].map((tokens) => durations(tokens))).toEqual([
    [6, 16],
    [6, 16],
    [5, 32],
  ]);
  expect(durations(1_000, { epochs: 3 })).toEqual([3, 4]);
  expect(resolveSettings({}, 'default', { sentences: 600, tokens: 12_000 }).epochs).toBe(15);
});

test('networks on folds of many short sentences do not train for longer, since they take many steps', () => {
  const epochs = (sentences: number) => resolveSettings({ folds: 5 }, 'default', { sentences, tokens: 4_000 }).epochs;
  expect([200, 240, 300, 400, 900].map(epochs)).toEqual([24, 24, 20, 15, 15]);
});
