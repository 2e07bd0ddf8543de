import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflated, inflatedSize } from '../../src/node/inflated.js';

test('packed bytes have the size that they are unpacked to, up to a bound', () => {
  const packed = deflateRawSync(Buffer.alloc(1000));
  expect([1000, 999, 0].map((most) => inflatedSize(packed, most))).toEqual([1000, Infinity, Infinity]);
  expect(inflatedSize(deflateRawSync(''), 0)).toBe(0);
  expect(inflatedSize(Buffer.from('Ada'), 1000)).toBe(0);
});

test('packed bytes are unpacked, unless they are damaged', () => {
  expect(Buffer.from(inflated(deflateRawSync('Ada')) ?? []).toString()).toBe('Ada');
  expect(inflated(Buffer.from('Ada'))).toBeUndefined();
});
