import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonVectors } from '../../src/formats/vectors-json.js';

function read(text: string, pieces: readonly number[] = []): { word: string; numbers: number[] }[] {
  const reader = new JsonVectors('vectors.json');
  const cuts = [0, ...pieces.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  const found = cuts
    .slice(1)
    .flatMap((end, index) =>
      reader.read(text.slice(cuts[index], end)).map(({ word, parse }) => ({ word, numbers: [...parse()] })),
    );
  reader.end();
  return found;
}

const HEAD = { precision: 8, l2NormIndex: 2, dimensions: 2 };

describe('JSON of vectors', () => {
  test('is read as JSON.parse reads it, wherever it is cut', () => {
    const entries = fc.dictionary(
      fc.string(),
      fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 4 }),
    );
    fc.assert(
      fc.property(entries, fc.array(fc.nat()), (vectors, pieces) => {
        const text = JSON.stringify({ ...HEAD, words: Object.keys(vectors), vectors, unkVector: [0, 0] });
        const expected = Object.entries(JSON.parse(text).vectors as Record<string, number[]>);
        expect(read(text, pieces)).toEqual(expected.map(([word, numbers]) => ({ word, numbers: numbers.slice(0, 2) })));
      }),
    );
  });

  test.each([
    ['cut short', '{"dimensions":2,"vectors":{"a":[1,2],"b":[1', 'found the end of the file'],
    ['without dimensions', '{"vectors":{"a":[1,2]}}', 'found no "dimensions"'],
    ['of other vectors', '{"dimensions":3,"vectors":{"a":[1,2]}}', 'something else than 3 numbers'],
    ['of something else', `{"dimensions":2,"other":"${'x'.repeat(300)}"}`, 'found the end of the file'],
    ['with texts for numbers', '{"dimensions":2,"vectors":{"a":["x",2]}}', 'something else than 2 numbers'],
  ])('%s is refused', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
