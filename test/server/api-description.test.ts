import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { describeApi } from '../../src/server/api-description.js';

const description = describeApi(['names', 'drugs'], '1.2.3') as {
  paths: Record<string, { parameters?: unknown; get?: unknown; post?: unknown }>;
  components: { schemas: Record<string, { properties: object; additionalProperties?: unknown }> };
};

test('a public validator finds the description valid', async () => {
  expect(await new Validator().validate(description)).toEqual({ valid: true });
});

test('every reference leads to a schema, and every schema is used', () => {
  const references = JSON.stringify(description).match(/#\/components\/schemas\/\w+/g) ?? [];
  const names = references.map((reference) => reference.split('/').at(-1));
  expect([...new Set(names)].sort()).toEqual(Object.keys(description.components.schemas).sort());
});

test('it names the models, and the options of a request', () => {
  expect(description.paths['/tag/{model}'].parameters).toMatchObject([{ schema: { enum: ['names', 'drugs'] } }]);
  const { properties, additionalProperties } = description.components.schemas.Record;
  expect(Object.keys(properties)).toEqual(['text', 'tokens', 'id', 'meta', 'minConfidence', 'top', 'to', 'style']);
  expect(additionalProperties).toBe(false);
});
