import { expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { killAndResume } from '../helpers/kills.js';

/** As in `RNN_KILLS=500 npm run test:long`. */
const KILLS = Number(process.env.RNN_KILLS ?? 30);

test(`${KILLS} trainings that were killed go on to the bytes of an unbroken one`, async () => {
  const { failures, ...figures } = await killAndResume(new Folder(), KILLS, 600);
  process.stderr.write(`${JSON.stringify(figures)}\n`);
  expect(failures).toEqual([]);
  expect(figures.kills).toBe(KILLS);
  expect(figures.inWriting).toBeGreaterThan(0);
  expect(figures.resumed).toBeGreaterThan(KILLS / 3);
});
