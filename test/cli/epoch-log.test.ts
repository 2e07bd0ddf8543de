import { expect, test } from 'vitest';
import { EpochLog } from '../../src/cli/epoch-log.js';
import type { EpochFigures } from '../../src/reports/training-html.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

const figuresOf = (epoch: number, seconds: number): EpochFigures => ({
  ...{ network: 1, epoch, loss: 1 / epoch, dev: { precision: 0, recall: 0, f1: 0, accuracy: 1 } },
  ...{ isBest: epoch === 1, seconds, tokensPerSecond: 1, memory: 1 },
});

/** Writes epochs, and a summary where the training comes to its end. */
async function train(path: string, goesOn: boolean, epochs: readonly number[], seconds: number, ends = true) {
  const log = await EpochLog.open(path, goesOn);
  for (const epoch of epochs) await log.writeEpoch(figuresOf(epoch, seconds));
  if (ends) await log.end({});
}

const recordsOf = (name: string): unknown[] =>
  folder
    .read(name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ kind, epoch, seconds }) => (kind === 'epoch' ? [epoch, seconds] : kind));

test('a training that was killed and is resumed has each epoch once in its log, and no half of a record', async () => {
  const path = folder.at('killed.jsonl');
  await train(path, false, [1, 2, 3], 5, false);
  folder.write('killed.jsonl', `${folder.read('killed.jsonl')}{"kind":"epoch","net`);
  await train(path, true, [2, 3, 4], 7);
  expect(recordsOf('killed.jsonl')).toEqual([[1, 5], [2, 5], [3, 5], [4, 7], 'summary']);
});

test('a training that begins anew after one that has ended is logged whole', async () => {
  const path = folder.at('anew.jsonl');
  await train(path, false, [1, 2], 5);
  await train(path, true, [1, 2], 7);
  expect(recordsOf('anew.jsonl')).toEqual([[1, 5], [2, 5], 'summary', [1, 7], [2, 7], 'summary']);
});
