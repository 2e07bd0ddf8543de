import { describe, expect, test } from 'vitest';
import { ALL_SETTINGS, defaultOf, describeSetting } from '../../src/settings/descriptions.js';
import { nearestName } from '../../src/settings/nearest.js';
import { PRESETS, type PresetName, resolveSettings } from '../../src/settings/settings.js';
import { parseSettingsFile, settingsTemplate } from '../../src/settings/settings-file.js';

const SCHEMA = './settings.schema.json';

/** What a file is refused with. */
async function refusalOf(text: string): Promise<string> {
  const error = await parseSettingsFile(text, 'train.yaml').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'UserError', exitCode: 2 });
  const { message, hint } = error as { message: string; hint?: string };
  return hint ? `${message} | ${hint}` : message;
}

test('YAML and JSON say the same', async () => {
  const expected = { preset: 'textbook', settings: { hidden: 64, lowercase: true, learningRate: 0.05 } };
  const yaml = '# mine\npreset: textbook\nhidden: 64 # small\nlowercase: true\nlearningRate: 5e-2\n';
  expect(await parseSettingsFile(yaml, 'a')).toEqual(expected);
  expect(await parseSettingsFile(JSON.stringify(expected.settings), 'a')).toEqual({ settings: expected.settings });
});

test('the schema that a file names for editors is no setting', async () => {
  expect(await parseSettingsFile('{"$schema": "./a.json", "hidden": 3}', 'a')).toEqual({ settings: { hidden: 3 } });
  expect(settingsTemplate({ settings: {} }, SCHEMA).split('\n')[0]).toBe(`# yaml-language-server: $schema=${SCHEMA}`);
});

test('a file of comments, or of nothing, sets nothing', async () => {
  for (const text of ['', '# hidden: 3\n', '\ufeff', 'null\n', '{}'])
    expect(await parseSettingsFile(text, 'a')).toEqual({ settings: {} });
});

test.each([
  ['hidden: 3\nhiden: 4\n', 'train.yaml:2: unknown setting "hiden" | did you mean hidden?'],
  ['\n\nlearning-rate: 1\n', 'train.yaml:3: unknown setting "learning-rate" | did you mean learningRate?'],
  ['learning_rate: 1\n', 'train.yaml:1: unknown setting "learning_rate" | did you mean learningRate?'],
  ['lerningRate: 1\n', 'train.yaml:1: unknown setting "lerningRate" | did you mean learningRate?'],
  ['presets: default\n', 'train.yaml:1: unknown setting "presets" | did you mean preset?'],
  ['constructor: 1\n', 'train.yaml:1: unknown setting "constructor" | rnn init -o - lists all settings'],
  ['{\n"hidden": 8,\n"colour": 1}', 'train.yaml:3: unknown setting "colour" | rnn init -o - lists all settings'],
])('an unknown key is refused with its line and the closest known one: %j', async (text, message) => {
  expect(await refusalOf(text)).toBe(message);
});

test.each([
  ['hidden: big\n', 'train.yaml:1: hidden: expected a whole number from 1 to 8192, found "big"'],
  ['cell: gru\nhidden: "64"\n', 'train.yaml:2: hidden: expected a whole number from 1 to 8192, found "64"'],
  ['lowercase: yes\n', 'train.yaml:1: lowercase: expected true or false, found "yes"'],
  ['epochs:\n', 'train.yaml:1: epochs: expected a whole number from 1 to 100000, found nothing'],
  ['cell: [gru, lstm]\n', 'train.yaml:1: cell: expected elman, gru, lstm or feedforward, found ["gru","lstm"]'],
  ['preset: best\n', 'train.yaml:1: preset: expected default, accurate, fast or textbook, found "best"'],
  ['features: word\n', 'train.yaml:1: features: expected one or more of form, affixes'],
])('a wrong value is refused with its line and what was expected: %j', async (text, message) => {
  expect(await refusalOf(text)).toContain(message);
});

test.each([
  ['hidden: 3\nhidden: 4\n', 'train.yaml:2: duplicate key'],
  ['hidden: [3\n', 'train.yaml:2: not valid YAML'],
  ['- hidden\n', 'train.yaml:1: expected keys with values, found none'],
  ['hidden', 'train.yaml:1: expected keys with values, found none'],
])('what is no list of keys is refused with its line: %j', async (text, message) => {
  expect(await refusalOf(text)).toContain(message);
});

test('the template names every setting, and sets none', async () => {
  const text = settingsTemplate({ settings: {} }, SCHEMA);
  expect(await parseSettingsFile(text, 'a')).toEqual({ settings: {} });
  for (const name of ALL_SETTINGS) {
    expect(text).toMatch(new RegExp(`^# ${name}:`, 'm'));
    expect(text).toContain(`# ${describeSetting(name).description}\n`);
  }
});

test('the template, every default taken out of its comment, is the default', async () => {
  const text = settingsTemplate({ settings: {} }, SCHEMA);
  const names = ['preset', ...ALL_SETTINGS].join('|');
  const { settings, preset } = await parseSettingsFile(
    text.replace(new RegExp(`^# ((?:${names}): .+)$`, 'gm'), '$1'),
    'a',
  );
  expect(preset).toBe('default');
  expect(Object.keys(settings).length).toBe(ALL_SETTINGS.filter((name) => defaultOf(name) !== undefined).length);
  expect(resolveSettings(settings)).toEqual(resolveSettings());
});

test.each(Object.keys(PRESETS) as PresetName[])(
  'the template of preset %s, every value taken out of its comment, is that preset',
  async (preset) => {
    for (const given of [{}, { optimizer: 'momentum' }, { cell: 'feedforward' }, { input: 'sum' }] as const) {
      const text = settingsTemplate({ preset, settings: given }, SCHEMA);
      const names = ALL_SETTINGS.join('|');
      const { settings } = await parseSettingsFile(text.replace(new RegExp(`^# ((?:${names}): .+)$`, 'gm'), '$1'), 'a');
      expect(resolveSettings(settings)).toEqual(resolveSettings(given, preset));
    }
  },
);

test('the template keeps what is given, whatever it is', async () => {
  const given = {
    preset: 'accurate' as const,
    settings: { hidden: 64, outside: '0', lowercase: false, features: 'form,shape' },
  };
  expect(await parseSettingsFile(settingsTemplate(given, SCHEMA), 'a')).toEqual(given);
  for (const outside of ['null', 'O', 'true', '# no', 'a: b', '"', 'B-x\u00e9'])
    expect(await parseSettingsFile(settingsTemplate({ settings: { outside } }, SCHEMA), 'a')).toEqual({
      settings: { outside },
    });
});

test('the nearest name is not far', () => {
  expect(nearestName('epohcs', ['epochs', 'patience'])).toBe('epochs');
  expect(nearestName('colour', ['epochs', 'cell'])).toBeUndefined();
});

describe('a file made to hurt is refused in one short message:', () => {
  const bomb = 'window: &a [x, x]\nhidden: &b [*a, *a]\nlayers: [*b, *b]\n';
  test.each([
    ['a list that holds itself', 'hidden: &a [*a]\n', 'train.yaml:1: expected *a to stand for a single value'],
    ['keys that hold themselves', 'cell: gru\nhidden: &a {b: *a}\n', 'train.yaml:2: expected *a to stand for'],
    ['a list of lists of lists, by alias', bomb, 'train.yaml:2: expected *a'],
    ['an alias of nothing', 'hidden: *a\n', 'train.yaml:1: expected *a to stand for a single value'],
    ['lists nested 100,000 deep', `hidden: ${'['.repeat(100_000)}`, 'train.yaml'],
    ['a value of a megabyte', `hidden: ${'x'.repeat(1_000_000)}`, 'train.yaml:1: hidden: expected a whole number'],
  ])('%s', async (_, text, message) => {
    const refusal = await refusalOf(text);
    expect(refusal).toContain(message);
    expect(refusal.length).toBeLessThan(1_000);
  });

  test('while an alias of one value is that value', async () => {
    const { settings } = await parseSettingsFile('hidden: &size 64\nformWidth: *size\n', 'a');
    expect(settings).toEqual({ hidden: 64, formWidth: 64 });
  });
});
