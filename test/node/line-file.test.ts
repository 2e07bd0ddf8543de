import { expect, test } from 'vitest';
import { openLineFile } from '../../src/node/line-file.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const path = folder.at('lines.txt');
const isWhole = (line: string): boolean => line.endsWith('.');

test('lines that are added at the same time stand one after the other, behind what was there', async () => {
  folder.write('lines.txt', 'one.\n');
  const file = await openLineFile(path, isWhole);
  expect(file).toMatchObject({ text: 'one.\n', cutOff: '' });
  await Promise.all(['two.\n', 'three.\n', 'four.\n'].map((line) => file.append(line)));
  await file.close();
  expect(folder.read('lines.txt')).toBe('one.\ntwo.\nthree.\nfour.\n');
});

test('a last line that was cut short is removed, and given back to be told', async () => {
  folder.write('lines.txt', 'one.\ntw');
  const file = await openLineFile(path, isWhole);
  expect(file).toMatchObject({ text: 'one.\n', cutOff: 'tw' });
  await file.append('two.\n');
  await file.close();
  expect(folder.read('lines.txt')).toBe('one.\ntwo.\n');
});

test('a whole last line gets the end that it lacks', async () => {
  folder.write('lines.txt', 'one.\ntwo.');
  const file = await openLineFile(path, isWhole);
  expect(file).toMatchObject({ text: 'one.\ntwo.\n', cutOff: '' });
  await file.close();
  expect(folder.read('lines.txt')).toBe('one.\ntwo.\n');
});

test('what is no regular file is refused', async () => {
  await expect(openLineFile('/dev/null', isWhole)).rejects.toThrow('/dev/null is no regular file');
  await expect(openLineFile(folder.at('none/lines.txt'), isWhole)).rejects.toThrow('no such file or folder');
});
