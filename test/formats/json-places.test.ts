import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placesOfElements, placesOfFields } from '../../src/formats/json-places.js';

const value = fc.jsonValue({ maxDepth: 3 });
const space = fc.constantFrom(0, 1, '\t');

test('fields and elements stand where they are said to stand, whatever they hold', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), fc.array(value), space, (object, list, indent) => {
      const record = { ...object, list };
      const json = JSON.stringify(record, undefined, indent);
      const places = placesOfFields(json);
      expect(new Set(places.keys())).toEqual(new Set(Object.keys(record)));
      for (const [name, { start, end }] of places)
        expect(JSON.parse(json.slice(start, end))).toEqual(JSON.parse(JSON.stringify(record))[name]);
      const place = places.get('list');
      const elements = place ? placesOfElements(json, place) : [];
      expect(elements.map(({ start, end }) => JSON.parse(json.slice(start, end)))).toEqual(
        JSON.parse(JSON.stringify(list)),
      );
    }),
  );
});

test('of a name that occurs twice the last value counts, as for JSON.parse', () => {
  const json = '{"a": 1, "a" : [2, "}"] }';
  const place = placesOfFields(json).get('a');
  expect(json.slice(place?.start, place?.end)).toBe('[2, "}"]');
  expect(placesOfFields('{}').size).toBe(0);
});
