import { lstatSync, statSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NameMap } from '../../src/node/name-map.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

function open(name: string) {
  const kept: string[] = [];
  return { map: new NameMap(folder.at(name), (path) => kept.push(path)), kept };
}

test('a map has each piece as soon as it was added, for its owner alone', async () => {
  const { map, kept } = open('new');
  map.add('one\n');
  expect(folder.read('new')).toBe('one\n');
  await map.add('two\n');
  await map.close();
  expect(folder.read('new')).toBe('one\ntwo\n');
  expect(statSync(folder.at('new')).mode & 0o077).toBe(0);
  expect(kept).toEqual([]);
});

test('a file that was there is kept, and comes back where the map is given up', async () => {
  folder.write('old', 'older\n');
  const { map, kept } = open('old');
  await map.add('');
  expect([folder.read('old'), folder.read('old.bak')]).toEqual(['', 'older\n']);
  expect(kept).toEqual([folder.at('old.bak')]);
  await map.giveUp();
  await map.close();
  expect(folder.read('old')).toBe('older\n');
  expect(folder.names()).not.toContain('old.bak');
});

test('a map that got nothing leaves what is there', async () => {
  folder.write('untouched', 'older\n');
  for (const end of ['close', 'giveUp'] as const) {
    await open('untouched').map[end]();
    expect(folder.read('untouched')).toBe('older\n');
  }
});

test('a link goes on pointing to the file that is replaced', async () => {
  folder.write('target', 'older\n');
  symlinkSync('target', folder.at('link'));
  const { map } = open('link');
  await map.add('new\n');
  await map.close();
  expect(lstatSync(folder.at('link')).isSymbolicLink()).toBe(true);
  expect([folder.read('target'), folder.read('target.bak')]).toEqual(['new\n', 'older\n']);
});

test('a map that cannot be written is refused with its option', async () => {
  await expect(open('none/map').map.add('')).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('none/map: cannot be written'),
    hint: 'name another place with --map',
  });
});
