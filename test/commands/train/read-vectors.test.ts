import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readVectors, type Vectors } from '../../../src/commands/train/read-vectors.js';

const folder = mkdtempSync(join(tmpdir(), 'rnn-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FORM = { lowercase: true, foldDigits: true };
const SENTENCES = [{ tokens: ['Rome', 'fell', 'in', '1999'] }, { tokens: ['in', 'rome'] }];

function read(content: string | Uint8Array, size = 100): Promise<Vectors> {
  const path = join(folder, 'vectors.txt');
  writeFileSync(path, content);
  return readVectors(path, SENTENCES, FORM, size);
}

function lines(words: readonly string[]): string {
  return words.map((word, index) => `${word} ${index + 1} -0.5\n`).join('');
}

describe('of a file of vectors', () => {
  test('the corpus’s words are kept before others, and others from the first on; the file’s order stays', async () => {
    const text = lines(['the', 'of', 'in', 'and', 'ROME', 'rome', 'Rome', '1984', '2026', 'zebra']);
    expect((await read(text)).words.words).toHaveLength(10);
    expect((await read(text, 6)).words.words).toEqual(['the', 'in', 'ROME', 'rome', 'Rome', '1984']);
    expect((await read(text, 2)).words.words).toEqual(['in', 'ROME']);
  });

  test('a word that comes twice has its first vector', async () => {
    const { words, numbers, repeated } = await read('a 1 0\nb 0 1\na 5 5\nrome 1 0\nrome 7 7\n');
    expect(repeated).toBe(2);
    expect(words.words).toEqual(['a', 'b', 'rome']);
    expect([...numbers]).toEqual([3, 0, 0, 3, 3, 0]);
  });

  test('the rows have a mean square length of 9, whatever the scale of the file', async () => {
    const { numbers } = await read('a 300 400\nb 0 0\nin 0 500\n');
    const scale = 3 * Math.sqrt(3 / 500_000);
    for (const [index, number] of [300, 400, 0, 0, 0, 500].entries())
      expect(numbers[index]).toBeCloseTo(number * scale, 1);
  });

  test('that are all 0 nothing is scaled', async () => {
    expect([...(await read('a 0 0\n')).numbers]).toEqual([0, 0]);
  });

  test('gzip is the same, its fingerprint too', async () => {
    const text = lines(['the', 'Rome', 'été']);
    const [plain, zipped] = [await read(text), await read(gzipSync(text))];
    expect(zipped.words.words).toEqual(plain.words.words);
    expect(zipped.numbers).toEqual(plain.numbers);
    expect(zipped.sha256).toBe(createHash('sha256').update(text).digest('hex'));
    expect(plain.sha256).toBe(zipped.sha256);
  });

  test('other bytes than UTF-8 are refused by their line', async () => {
    await expect(read(Buffer.from('the 1 2\n\xe9t\xe9 1 2\n', 'latin1'))).rejects.toThrow(
      /vectors\.txt:2: expected UTF-8/,
    );
  });
});
