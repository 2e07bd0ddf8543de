import { expect, test } from 'vitest';
import { readZipEntries, unpacksWithin } from '../../src/documents/zip-entries.js';
import { zipOf } from '../helpers/office-files.js';

const MILLION = 1_000_000;
const zeros = '0'.repeat(MILLION);

/** Whether what an archive holds is found to unpack to no more than so many bytes. */
const fits = (archive: Buffer, most: number): boolean => unpacksWithin(most, archive, readZipEntries(archive) ?? []);

test('the bytes that files unpack to count, not those that the archive claims', () => {
  const bomb = zipOf({ 'word/document.xml': zeros }, 10);
  expect(bomb.length).toBeLessThan(2000);
  expect([fits(bomb, MILLION - 1), fits(bomb, MILLION)]).toEqual([false, true]);
});

test.each([undefined, 10])('the bytes of all files count together (claimed: %j)', (claimed) => {
  const archive = zipOf({ a: zeros, b: '', c: zeros }, claimed);
  expect([fits(archive, 2 * MILLION - 1), fits(archive, 2 * MILLION)]).toEqual([false, true]);
});

test('a file counts that the directory does not count', () => {
  const archive = zipOf({ a: 'Ada', b: zeros }, 10);
  archive.writeUInt16LE(1, archive.length - 12);
  expect([readZipEntries(archive)?.map(({ name }) => name), fits(archive, MILLION)]).toEqual([['a', 'b'], false]);
});

test('a directory with fewer files than it counts, and one of ZIP64, is none', () => {
  for (const count of [2, 0xffff]) {
    const archive = zipOf({ a: 'Ada' });
    archive.writeUInt16LE(count, archive.length - 12);
    expect(readZipEntries(archive)).toBeUndefined();
  }
});
