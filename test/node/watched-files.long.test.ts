import { renameSync, rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchFiles } from '../../src/node/watched-files.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

test('a file that is replaced, removed or put back is told of once each time, when it no longer changes', async () => {
  folder.write('a', '1');
  folder.write('b', '1');
  const told: string[] = [];
  const unwatch = watchFiles([folder.at('a'), folder.at('b'), folder.at('none')], (path) => told.push(path));
  await setTimeout(1500);
  expect(told).toEqual([]);
  folder.write('new', '2');
  renameSync(folder.at('new'), folder.at('a'));
  await expect.poll(() => told, { timeout: 10_000 }).toEqual([folder.at('a')]);
  rmSync(folder.at('b'));
  await expect.poll(() => told.length, { timeout: 10_000 }).toBe(2);
  folder.write('b', '22');
  await expect.poll(() => told.length, { timeout: 10_000 }).toBe(3);
  unwatch();
  folder.write('a', '333');
  await setTimeout(2500);
  expect(told).toEqual(['a', 'b', 'b'].map((name) => folder.at(name)));
});
