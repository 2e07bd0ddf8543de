import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenTable } from '../../src/formats/token-table.js';
import { anyCharacter } from '../helpers/arbitraries.js';

const encoder = new TextEncoder();

/** The number of a token that stands in a line. */
function numberIn(table: TokenTable, token: string): number {
  const bytes = encoder.encode(`x${token}\t..\n`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  expect(table.scan(view, 1)).toBe(bytes.length - 4);
  return table.number(view);
}

const token = fc
  .array(anyCharacter, { minLength: 1, maxLength: 24 })
  .map((characters) => characters.filter((character) => character > ' ').join(''));

test('a token has one number, which gives it back, whether it was found in bytes or is a string', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      const table = new TokenTable();
      const numbers = tokens.map((text) => numberIn(table, text));
      expect(numbers.map((number) => table.textOf(number))).toEqual(tokens);
      expect(tokens.map((text) => table.numberOf(text))).toEqual(numbers);
      expect(table.size).toBe(new Set(tokens).size);
    }),
    { numRuns: 2000 },
  );
});

test('a string may hold what separates columns', () => {
  const table = new TokenTable();
  const texts = ['a b', 'a', '\u0001', ' ', 'a\tb\r'];
  const numbers = texts.map((text) => table.numberOf(text));
  expect(numbers).toEqual([0, 1, 2, 3, 4]);
  expect(numbers.map((number) => table.textOf(number))).toEqual(texts);
});

test('numbers stay as the table grows', () => {
  const table = new TokenTable();
  const tokens = Array.from({ length: 200_000 }, (_, index) => `w${index}`);
  for (const [index, text] of tokens.entries()) if (table.numberOf(text) !== index) expect.unreachable();
  for (const [index, text] of tokens.entries()) if (table.numberOf(text) !== index) expect.unreachable();
});

test('numbers stay where tokens are made to collide', () => {
  const table = new TokenTable();
  const tokens = collidingTokens(3000);
  const numbers = tokens.map((text) => numberIn(table, text));
  for (let more = 0; more < 3000; more++) table.numberOf(`w${more}`);
  expect(tokens.map((text) => numberIn(table, text))).toEqual(numbers);
  expect(numbers.map((number) => table.textOf(number))).toEqual(tokens);
  expect(table.size).toBe(6000);
});

/**
 * Tokens of eight letters with one hash: the second word undoes what the first one did, where that spells letters.
 */
function collidingTokens(count: number): string[] {
  const mixed = (word: number): number => Math.imul(word, 0x9e3779b1);
  const rotated = (hash: number): number => (hash << 5) | (hash >>> 27);
  const target = 0x20000000;
  const tokens: string[] = [];
  const isVisible = (word: number): boolean =>
    [0, 8, 16, 24].every((shift) => ((word >>> shift) & 0xff) > 0x20 && ((word >>> shift) & 0xff) < 0x7f);
  for (let number = 0; tokens.length < count; number++) {
    const first = 0x21212121 + (number % 90) + 256 * (Math.floor(number / 90) % 90) + 65536 * Math.floor(number / 8100);
    const second = rotated(mixed(first)) ^ target ^ 0x61616161;
    if (!isVisible(first) || !isVisible(second)) continue;
    tokens.push(
      [first, second]
        .flatMap((word) => [0, 8, 16, 24].map((shift) => String.fromCharCode((word >>> shift) & 0xff)))
        .join(''),
    );
  }
  return tokens;
}
