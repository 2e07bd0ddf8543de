import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenTable } from '../../src/formats/token-table.js';
import { anyCharacter } from '../helpers/arbitraries.js';

const encoder = new TextEncoder();

/** What the table makes of a token that stands in a line. */
function readIn(table: TokenTable, token: string): string {
  const bytes = encoder.encode(`x${token}\t..\n`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = table.scan(view, 1);
  if (end !== bytes.length - 4) throw new Error(`expected ${token} to end at ${bytes.length - 4}, found ${end}`);
  return table.text(view);
}

const token = fc
  .array(anyCharacter, { minLength: 1, maxLength: 24 })
  .map((characters) => characters.filter((character) => character > ' ').join(''));

test('a token is what its bytes spell, each time that it is met', () => {
  fc.assert(
    fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
      const table = new TokenTable();
      for (const _ of [1, 2]) expect(tokens.map((text) => readIn(table, text))).toEqual(tokens);
    }),
    { numRuns: 2000 },
  );
});

test('tokens stay what they are as the table grows, and when it begins anew', () => {
  const table = new TokenTable();
  const tokens = Array.from({ length: 150_000 }, (_, index) => `w${index}`);
  for (const _ of [1, 2]) for (const text of tokens) if (readIn(table, text) !== text) expect.unreachable();
});

test('tokens stay what they are where they are made to collide', () => {
  const table = new TokenTable();
  const tokens = collidingTokens(3000);
  expect(tokens.map((text) => readIn(table, text))).toEqual(tokens);
  for (let more = 0; more < 3000; more++) readIn(table, `w${more}`);
  expect(tokens.map((text) => readIn(table, text))).toEqual(tokens);
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
