import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { ALL_SETTINGS, isAllowed } from '../../src/settings/descriptions.js';
import { PRESETS } from '../../src/settings/settings.js';
import { settingsFileSchema } from '../../src/settings/settings-file-schema.js';

const schema = settingsFileSchema();
const validator = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
const accepts = (value: unknown): boolean => validator.safeParse(value).success;

test('the schema has every setting with its description, and the presets', () => {
  expect(schema).toMatchObject({
    properties: Object.fromEntries(ALL_SETTINGS.map((name) => [name, { description: expect.any(String) }])),
  });
  for (const preset of Object.keys(PRESETS)) expect(accepts({ preset })).toBe(true);
  expect(accepts({ preset: 'other' })).toBe(false);
  expect(accepts({ hiden: 64 })).toBe(false);
});

test('the schema takes the values that a settings file may have', () => {
  const values = fc.oneof(
    fc.integer({ min: -2, max: 20_000 }),
    fc.double({ min: -1, max: 2, noNaN: true }),
    fc.boolean(),
    fc.constantFrom('gru', 'both', 'crf', 'adam', 'none'),
    fc.constant(null),
  );
  fc.assert(
    fc.property(fc.constantFrom(...ALL_SETTINGS), values, (name, value) => {
      // A list of features is any text to the schema, and an editor does not check its words.
      if (name === 'features' && typeof value === 'string') return;
      expect(accepts({ [name]: value })).toBe(isAllowed(name, value));
    }),
    { numRuns: 2000 },
  );
});
