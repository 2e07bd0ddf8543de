import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../src/reports/byte-writer.js';

const NUMBERS = [0, 9, 10, 99, 100, 999, 1000, 1001, 10_000, 999_999, 1_000_000, 2 ** 31, Number.MAX_SAFE_INTEGER];

test('numbers, texts and bytes of another writer come out as they would in one string', () => {
  const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.maxSafeNat());
  const piece = fc.oneof(number, fc.string({ unit: 'grapheme' }), fc.tuple(fc.nat(20), fc.nat(20)));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 0, max: 5 }), (pieces, capacity) => {
      const source = new ByteWriter(capacity);
      source.writeText('abcdefghijklmnopqrst');
      const out = new ByteWriter(capacity);
      let expected = '';
      for (const each of pieces) {
        if (typeof each === 'number') out.writeNumber(each);
        else if (typeof each === 'string') out.writeText(each);
        else out.write(source, Math.min(...each), Math.max(...each));
        expected +=
          typeof each === 'object' ? 'abcdefghijklmnopqrst'.slice(Math.min(...each), Math.max(...each)) : each;
      }
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(out.take())).toBe(expected);
      expect(out.length).toBe(0);
    }),
  );
});
