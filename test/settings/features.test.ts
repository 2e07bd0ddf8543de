import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFeatures } from '../../src/settings/features.js';
import { featuresOf, resolveSettings } from '../../src/settings/settings.js';

const ORDER = ['form', 'prefixes', 'suffixes', 'shape', 'casing', 'letters'];

describe('the window', () => {
  test('of a network that sees nothing else of a sentence is two words on each side, where nobody says', () => {
    expect(resolveSettings({ cell: 'feedforward' }).window).toBe(2);
    expect(resolveSettings({ cell: 'feedforward', window: 1 }).window).toBe(1);
    expect(resolveSettings({ cell: 'feedforward', input: 'concatenate' }, 'textbook').window).toBe(2);
  });

  test('is none where words meet in a recurrence, or in a sum', () => {
    for (const cell of ['elman', 'gru', 'lstm'] as const) expect(resolveSettings({ cell }).window).toBe(0);
    expect(resolveSettings({ cell: 'feedforward', input: 'sum' }).window).toBe(0);
  });
});

describe('a list of features', () => {
  test('is read in the order in which rows stand, whatever its own, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ORDER), { minLength: 1 }), (names) => {
        expect(parseFeatures(names.join(','))).toEqual(ORDER.filter((name) => names.includes(name)));
      }),
    );
  });

  test('may have affixes for both kinds of them', () => {
    expect(parseFeatures('affixes')).toEqual(['prefixes', 'suffixes']);
    expect(parseFeatures('shape,affixes,form,suffixes')).toEqual(['form', 'prefixes', 'suffixes', 'shape']);
  });

  test('may have spaces', () => {
    expect(parseFeatures(' casing , form')).toEqual(['form', 'casing']);
  });

  test.each(['', ',', 'form,', 'from', 'form shape', 'Form', 'prefix1', 'constructor', '__proto__', 'form,toString'])(
    'is none where it says "%s"',
    (list) => {
      expect(parseFeatures(list)).toBeUndefined();
      expect(() => resolveSettings({ features: list })).toThrow(
        'expected one or more of form, affixes, prefixes, suffixes, shape, casing, letters',
      );
    },
  );

  test('is kept written out in one way, so that equal settings are written alike', () => {
    expect(resolveSettings({ features: 'casing, affixes,form' }).features).toBe('form,prefixes,suffixes,casing');
    expect(resolveSettings(resolveSettings({ features: 'affixes' })).features).toBe('prefixes,suffixes');
    expect(featuresOf(resolveSettings({ features: 'shape,form' }))).toEqual(['form', 'shape']);
  });

  test('is all of them where nobody says otherwise, and the form alone in the textbook', () => {
    expect(featuresOf(resolveSettings())).toEqual(ORDER);
    expect(featuresOf(resolveSettings({}, 'textbook'))).toEqual(['form']);
  });

  test('is all but letters where rows are summed and nobody names features', () => {
    expect(featuresOf(resolveSettings({ input: 'sum' }))).toEqual(ORDER.filter((name) => name !== 'letters'));
    expect(featuresOf(resolveSettings({ input: 'sum', features: 'form' }))).toEqual(['form']);
  });
});
