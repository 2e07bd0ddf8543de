import { expect, test } from 'vitest';
import {
  namesOfGiven,
  networkToTrain,
  outdoneUnknownRate,
  uselessSettings,
  uselessVocabulary,
} from '../../../src/commands/train/useless-settings.js';
import { ALL_SETTINGS } from '../../../src/settings/descriptions.js';
import { type PresetName, resolveSettings, type SettingsInput } from '../../../src/settings/settings.js';

const scheme = { name: 'iob2', outside: 'O' } as const;

/** The flags that are warned of where a network has clusters, or has none. */
function flagsOf(given: SettingsInput, hasClusters: boolean | undefined, preset: PresetName = 'default'): string[] {
  const network = { settings: resolveSettings(given, preset), scheme, hasClusters, hasVectors: false, hasRaw: false };
  return uselessSettings(namesOfGiven(given), network).map((text) => / --(\S+) /.exec(text)?.[1] ?? text);
}

const OF_FORMS = { formWidth: 8, unknownRate: 0.1, formDropout: 0.2, vocabularySize: 9, minCount: 2 };
const OF_CLUSTERS = { clusterWidth: 4, clusterDropout: 0.1 };

test('settings of a feature or of clusters that a network does not have are warned of, and no others', () => {
  expect(flagsOf({ ...OF_FORMS, ...OF_CLUSTERS, affixWidth: 4 }, true)).toEqual([]);
  expect(flagsOf({ ...OF_CLUSTERS }, undefined)).toEqual([]);
  expect(flagsOf({ ...OF_CLUSTERS }, false)).toEqual(['cluster-width', 'cluster-dropout']);
  expect(flagsOf({ ...OF_FORMS, features: 'affixes', lowercase: false }, false)).toEqual([
    ...['form-width', 'unknown-rate', 'form-dropout', 'vocabulary-size', 'min-count'],
  ]);
  expect(flagsOf({ features: 'casing,letters', affixWidth: 4, lowercase: false, foldDigits: true }, false)).toEqual([
    ...['affix-width', 'no-lowercase', 'fold-digits'],
  ]);
});

test('widths of rows that are summed, and the dropout of what is joined, are warned of', () => {
  const given = { input: 'sum', formWidth: 8, affixWidth: 4, inputDropout: 0.1, dropout: 0.1 } as const;
  expect(flagsOf(given, false)).toEqual(['form-width', 'affix-width', 'input-dropout']);
});

test('what a preset or a default says is no setting that somebody gave', () => {
  expect(flagsOf({}, false, 'textbook')).toEqual([]);
  expect(flagsOf({ formWidth: undefined }, false, 'textbook')).toEqual([]);
  expect(flagsOf({ inputDropout: 0 }, false, 'textbook')).toEqual(['input-dropout']);
});

test('a file of words is warned of where the network sees no words', () => {
  const told = (features: string, file?: string) => {
    const settings = resolveSettings({ features });
    return uselessVocabulary(file, { settings, scheme, hasClusters: false, hasVectors: false, hasRaw: false });
  };
  expect([told('form', 'a'), told('casing'), told('casing', 'a').length]).toEqual([[], [], 1]);
});

test('tags that are not recoded either way are told', () => {
  const told = (name: 'plain' | 'bioes' | 'iob1', outside?: string) => {
    const network = { settings: resolveSettings({}), scheme: { name, outside }, hasClusters: false };
    return uselessSettings(['recode'], { ...network, hasVectors: false, hasRaw: false }).join();
  };
  expect([told('plain'), told('bioes', 'O'), told('iob1', 'O')]).toEqual([
    'warning: --recode has no use, since the tags of the corpus are plain labels: leave it out',
    'warning: --recode has no use, since the tags of the corpus are BIOES already: leave it out',
    '',
  ]);
});

test('a rate of unknown words below that of hidden forms is told', () => {
  const told = (given: SettingsInput, hasClusters: boolean) => {
    const network = { settings: resolveSettings(given), scheme, hasClusters, hasVectors: false, hasRaw: false };
    return outdoneUnknownRate(given, network).join();
  };
  expect(told({ unknownRate: 0.2 }, true)).toMatch(
    /^warning: --unknown-rate 0.2 has no use, since --form-dropout 0.3 /,
  );
  expect(told({ unknownRate: 0.2 }, false)).toBe('');
  expect(told({ unknownRate: 0.2, formDropout: 0.4 }, false)).toContain('--form-dropout 0.4');
  expect(told({ unknownRate: 0.3 }, true)).toBe('');
  expect(told({ formDropout: 0.9 }, true)).toBe('');
});

test('before a corpus has shown whether the clusters that ship suit it, settings of clusters are not warned of', () => {
  const told = (given: SettingsInput, preset?: PresetName) =>
    uselessSettings(['clusterWidth'], networkToTrain({ settings: given, preset }, resolveSettings(given), scheme));
  expect(told({})).toEqual([]);
  expect(told({ features: 'form' })).toHaveLength(1);
  expect(told({}, 'textbook')).toHaveLength(1);
});

test('the settings of the default network, all of them given, are all of use', () => {
  const settings = resolveSettings({ folds: 5, networks: 5 });
  const network = { settings, scheme, hasClusters: true, hasVectors: false, hasRaw: true };
  expect(uselessSettings(ALL_SETTINGS, network)).toEqual([]);
});
