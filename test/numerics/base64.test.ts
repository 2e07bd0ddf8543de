import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { decodeFloats, encodeFloats } from '../../src/numerics/base64.js';

test('numbers of single precision come back bit by bit, NaN, infinities, subnormal numbers and -0 among them', () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 60 }), (numbers) => {
      expect(decodeFloats(encodeFloats(numbers))).toEqual(numbers);
    }),
  );
  const special = Float32Array.of(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-45);
  expect(decodeFloats(encodeFloats(special))).toEqual(special);
});

test('blocks longer than one piece of the encoder come back too', () => {
  for (const length of [12_287, 12_288, 12_289, 24_577]) {
    const numbers = Float32Array.from({ length }, (_, index) => index / 7);
    const decoded = decodeFloats(encodeFloats(numbers));
    expect(decoded).toHaveLength(length);
    expect(numbers.every((number, index) => decoded?.[index] === number)).toBe(true);
  }
});

test('the text is base64 of the little-endian bytes', () => {
  fc.assert(
    fc.property(fc.float32Array({ maxLength: 20 }), (numbers) => {
      const bytes = Buffer.alloc(numbers.length * 4);
      for (const [index, number] of numbers.entries()) bytes.writeFloatLE(number, index * 4);
      expect(encodeFloats(numbers)).toBe(bytes.toString('base64'));
    }),
  );
  expect(encodeFloats([1, -2])).toBe('AACAPwAAAMA=');
});

test('numbers of double precision are rounded to single', () => {
  expect(decodeFloats(encodeFloats(Float64Array.of(0.1)))).toEqual(Float32Array.of(0.1));
});

test("the text's bytes may be given in its place, of any length; what is no base64 has no numbers either way", () => {
  for (const length of [0, 1, 2, 3, 5, 4095, 4096, 12_289]) {
    const text = encodeFloats(Float32Array.from({ length }, (_, index) => index / 7));
    const broken = [text.slice(1), `${text}A`, `${text}=`, text.replace('A', '%'), `=${text}`, `AAA=${text}`];
    for (const each of [text, ...broken]) expect(decodeFloats(Buffer.from(each))).toEqual(decodeFloats(each));
  }
});

test('nothing is the empty text', () => {
  expect(encodeFloats([])).toBe('');
  expect(decodeFloats('')).toEqual(new Float32Array(0));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('browsers, which have no Buffer, read and write the same', () => {
  const check = (numbers: Float32Array): void => {
    const text = encodeFloats(numbers);
    vi.stubGlobal('Buffer', undefined);
    const [decoded, written] = [decodeFloats(text), encodeFloats(numbers)];
    vi.unstubAllGlobals();
    expect(decoded).toEqual(numbers);
    expect(written).toBe(text);
  };
  fc.assert(fc.property(fc.float32Array({ maxLength: 60 }), check));
  check(Float32Array.from({ length: 30_000 }, (_, index) => index / 7));
});

describe('what is no base64 of whole numbers gives undefined', () => {
  test.each([
    ['a foreign character', 'AACAPw!='],
    ['a letter beyond ASCII', 'AACAPwé='],
    ['a length that base64 cannot have', 'AACAP'],
    ['three bytes', 'AACA'],
    ['five bytes', 'AACAPwA='],
    ['padding in the middle', 'AA==AACA'],
  ])('%s', (_, text) => {
    expect(decodeFloats(text)).toBeUndefined();
    vi.stubGlobal('Buffer', undefined);
    expect(decodeFloats(text)).toBeUndefined();
  });
});
