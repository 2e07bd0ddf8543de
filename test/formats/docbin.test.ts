import { inflateSync } from 'node:zlib';
import { decode } from '@msgpack/msgpack';
import { expect, test } from 'vitest';
import { DocBinWriter, murmurHash64 } from '../../src/formats/docbin.js';

const hashOf = (text: string): bigint => murmurHash64(new TextEncoder().encode(text));

test('strings have the hashes that spaCy gives them', () => {
  // StringStore of spaCy 3.8.
  expect(hashOf('coffee')).toBe(3197928453018144401n);
  expect(hashOf('apple')).toBe(8566208034543834098n);
});

test('a file has the tokens, entities and spaces of each sentence', async () => {
  const writer = new DocBinWriter();
  const tokens = ['Ada', 'met', 'Bob', '.'];
  writer.add({ tokens, text: 'Ada met Bob.', possible: [undefined, 'any', undefined, undefined] }, [
    { label: 'coffee', start: 0, end: 1 },
    { label: 'ORG', start: 2, end: 4 },
  ]);
  writer.add({ tokens: ['X', 'left'] }, []);
  const content = decode(inflateSync(await writer.end())) as Record<string, Uint8Array & number[]>;
  const { attrs = [], lengths, spaces, strings } = content;
  expect(attrs).toEqual([65, 77, 78, 80]);
  expect([...new Int32Array(Uint8Array.from(lengths ?? []).buffer)]).toEqual([4, 2]);
  expect([...(spaces ?? [])]).toEqual([1, 1, 0, 0, 1, 0]);
  expect(strings).toEqual(['.', 'Ada', 'Bob', 'ORG', 'X', 'coffee', 'left', 'met']);
  const columns = [...new BigUint64Array(Uint8Array.from(content.tokens ?? []).buffer)];
  const rows = columns.flatMap((_, index) => (index % 4 === 0 ? [columns.slice(index, index + 4)] : []));
  const goesOn = 2n ** 64n - 1n;
  expect(rows.slice(0, 4)).toEqual([
    [hashOf('Ada'), 3n, 3197928453018144401n, 1n],
    [hashOf('met'), 0n, 0n, goesOn],
    [hashOf('Bob'), 3n, 383n, goesOn],
    [hashOf('.'), 1n, 383n, goesOn],
  ]);
  expect(rows[4]).toEqual([101n, 2n, 0n, 1n]);
});
