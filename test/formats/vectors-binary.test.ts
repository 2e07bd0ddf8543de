import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BinaryVectors, isBinaryVectors } from '../../src/formats/vectors-binary.js';

const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/\s/.test(text));
const number = fc.float({ noNaN: true, noDefaultInfinity: true });
const vectors = fc.array(fc.tuple(word, fc.array(number, { minLength: 3, maxLength: 3 })), { minLength: 1 });

/** Writes word2vec's binary format. */
function write(
  entries: readonly (readonly [string, readonly number[]])[],
  lineEnd = '\n',
  count = entries.length,
): Buffer {
  const width = entries[0]?.[1].length ?? 1;
  const pieces = entries.map(([text, numbers]) => {
    const bytes = Buffer.alloc(4 * width);
    for (const [index, each] of numbers.entries()) bytes.writeFloatLE(each, 4 * index);
    return Buffer.concat([Buffer.from(`${text} `), bytes, Buffer.from(lineEnd)]);
  });
  return Buffer.concat([Buffer.from(`${count} ${width}\n`), ...pieces]);
}

function read(bytes: Buffer, cuts: readonly number[] = []): (readonly [string, readonly number[]])[] {
  const reader = new BinaryVectors('some.bin');
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const found = places
    .slice(1)
    .flatMap((end, index) => reader.read(bytes.subarray(places[index], end)))
    .map(({ word, parse }) => [word, [...parse()]] as const);
  reader.end();
  return found;
}

describe('word2vec’s binary format', () => {
  test('is read as it was written, wherever it is cut, with line feeds or without', () => {
    fc.assert(
      fc.property(vectors, fc.constantFrom('\n', ''), fc.array(fc.nat()), (entries, lineEnd, cuts) => {
        // Without line feeds, a number whose first byte is one would be a part of the next word.
        expect(read(write(entries, lineEnd), cuts)).toEqual(entries);
      }),
    );
  });

  test('is told from text by its first vector', () => {
    expect(isBinaryVectors(write([['the', [0.25, -1.5, 3]]]))).toBe(true);
    expect(isBinaryVectors(Buffer.from('2 3\nthe 0.25 -1.5 3e-1\nof 1 2 3\n'))).toBe(false);
    expect(isBinaryVectors(Buffer.from('the 0.25 -1.5 3\n'))).toBe(false);
  });

  test.each([
    [
      'cut short',
      write([
        ['the', [1, 2]],
        ['of', [1, 2]],
      ]).subarray(0, -5),
      'its first line says 2 words, but 1 follow',
    ],
    ['with fewer words than it says', write([['the', [1, 2]]], '\n', 9), 'its first line says 9 words, but 1 follow'],
    [
      'with a number that is not finite',
      write([['the', [1, Number.NaN]]]),
      'found for word 1 a number that is not finite',
    ],
    ['with other bytes than UTF-8', Buffer.from('1 1\n\xff \0\0\0\0', 'latin1'), 'found that word 1 is no UTF-8'],
    ['without a head', Buffer.alloc(100, 'x'), 'found another first line'],
  ])('%s is refused', (_, bytes, message) => {
    expect(() => read(bytes)).toThrow(message);
  });
});
