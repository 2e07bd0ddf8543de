import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  PRESETS,
  type PresetName,
  resolvedSettingsSchema,
  resolveSettings,
  type SettingsInput,
  settingsSchema,
} from '../../src/settings/settings.js';
import { LEARNING_RATES } from '../../src/settings/training.js';

const presets = fc.constantFrom(...(Object.keys(PRESETS) as PresetName[]));

/** Settings as a person may give them: any of them, or none, or undefined. */
const given: fc.Arbitrary<SettingsInput> = fc
  .record(
    {
      hidden: fc.integer({ min: 1, max: 8192 }),
      vocabularySize: fc.integer({ min: 1, max: 10_000_000 }),
      lowercase: fc.boolean(),
      optimizer: fc.constantFrom('sgd', 'momentum', 'adam'),
      learningRate: fc.double({ min: 1e-6, max: 1000, noNaN: true }),
      epochs: fc.integer({ min: 1, max: 1000 }),
      unknownRate: fc.double({ min: 0, max: 1, noNaN: true }),
      patience: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      outside: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
      seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    },
    { requiredKeys: [] },
  )
  .map((settings) => settings as SettingsInput);

describe('a setting', () => {
  test('is what was given, else what the preset says, else the default', () => {
    fc.assert(
      fc.property(given, presets, (settings, preset) => {
        const resolved = resolveSettings(settings, preset);
        const defaults: SettingsInput = resolveSettings();
        const bundle: SettingsInput = PRESETS[preset];
        for (const name of Object.keys(settingsSchema.shape) as (keyof SettingsInput)[]) {
          if (name === 'learningRate') continue;
          expect(resolved[name], name).toBe(settings[name] ?? bundle[name] ?? defaults[name]);
        }
      }),
    );
  });

  test('that is undefined counts as left out', () => {
    expect(resolveSettings({ hidden: undefined, patience: undefined } as SettingsInput, 'textbook')).toEqual(
      resolveSettings({}, 'textbook'),
    );
  });

  test('that is false or 0 counts as given', () => {
    expect(resolveSettings({ unknownRate: 0, lowercase: false, seed: 0 })).toMatchObject({
      unknownRate: 0,
      lowercase: false,
      seed: 0,
    });
  });

  test('is left out of the result where nothing sets it', () => {
    expect(Object.keys(resolveSettings())).not.toContain('patience');
    expect(Object.keys(resolveSettings({ patience: undefined } as SettingsInput))).not.toContain('patience');
  });
});

describe('the learning rate', () => {
  test.each(['sgd', 'momentum', 'adam'] as const)('suits %s where the person names none, with any preset', (rule) => {
    fc.assert(
      fc.property(presets, (preset) => {
        expect(resolveSettings({ optimizer: rule }, preset).learningRate).toBe(LEARNING_RATES[rule]);
      }),
    );
  });

  test('is the person’s where one is named', () => {
    fc.assert(
      fc.property(given, presets, (settings, preset) => {
        fc.pre(settings.learningRate !== undefined);
        expect(resolveSettings(settings, preset).learningRate).toBe(settings.learningRate);
      }),
    );
  });
});

describe('resolved settings', () => {
  test('are what a checkpoint accepts, and stay as they are when resolved again', () => {
    fc.assert(
      fc.property(given, presets, (settings, preset) => {
        const resolved = resolveSettings(settings, preset);
        expect(resolvedSettingsSchema.parse(resolved)).toEqual(resolved);
        expect(resolveSettings(resolved)).toEqual(resolved);
      }),
    );
  });

  test('that are equal are written alike, however they were given', () => {
    const defaults = JSON.stringify(resolveSettings());
    expect(JSON.stringify(resolveSettings({ networks: 1 }, 'accurate'))).toBe(defaults);
    expect(JSON.stringify(resolveSettings({ learningRate: 0.005, hidden: 128 }))).toBe(defaults);
    const reversed = Object.fromEntries(Object.entries(resolveSettings()).reverse());
    expect(JSON.stringify(resolveSettings(reversed))).toBe(defaults);
  });

  test('must name a learning rate in a checkpoint', () => {
    const { learningRate: _, ...without } = resolveSettings();
    expect(resolvedSettingsSchema.safeParse(without).success).toBe(false);
  });

  test('leave the presets as they are', () => {
    const before = structuredClone(PRESETS);
    resolveSettings({ optimizer: 'adam' }, 'textbook');
    expect(PRESETS).toEqual(before);
  });
});
