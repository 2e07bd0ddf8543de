import { expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { killAndResume } from '../helpers/kills.js';

test('a training that was killed goes on to the bytes of an unbroken one', async () => {
  const { kills, failures } = await killAndResume(new Folder(), 3, 900);
  expect(failures).toEqual([]);
  expect(kills).toBe(3);
});
