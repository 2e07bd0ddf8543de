import { expect, test } from 'vitest';
import { CurveFile } from '../../../src/commands/annotate/curve-file.js';
import { Folder } from '../../helpers/cli.js';

const folder = new Folder();

/** The sizes and scores that a curve has when the work goes on. */
async function pointsOf(name: string, seed = 1, accepted = 1000): Promise<[number, number][]> {
  const { points } = await CurveFile.open(folder.at(name), seed, accepted);
  return points.map(({ sentences, f1 }) => [sentences, f1]);
}

test('scores are there again when the work goes on, the last one of each size', async () => {
  const curve = await CurveFile.open(folder.at('a.jsonl'), 1, 0);
  expect(folder.names()).toEqual([]);
  for (const [sentences, f1] of [
    [100, 0.4],
    [120, 0.5],
    [120, 0.55],
  ] as const)
    await curve.add({ sentences, f1 });
  expect(curve.points).toEqual([
    { sentences: 100, f1: 0.4 },
    { sentences: 120, f1: 0.55 },
  ]);
  expect(await pointsOf('a.jsonl')).toEqual([
    [100, 0.4],
    [120, 0.55],
  ]);
});

test('a line that a stop cut short takes no other with it', async () => {
  folder.write('b.jsonl.curve', '{"seed":1,"sentences":100,"f1":0.4}\n{"seed":1,"sent');
  const curve = await CurveFile.open(folder.at('b.jsonl'), 1, 1000);
  await curve.add({ sentences: 130, f1: 0.6 });
  expect(await pointsOf('b.jsonl')).toEqual([
    [100, 0.4],
    [130, 0.6],
  ]);
});

test('scores of another random tenth, or of sentences that are gone, do not count', async () => {
  folder.write('c.jsonl.curve', '{"seed":1,"sentences":100,"f1":0.4}\n{"seed":2,"sentences":200,"f1":0.6}\n');
  expect(await pointsOf('c.jsonl')).toEqual([[100, 0.4]]);
  expect(await pointsOf('c.jsonl', 2)).toEqual([[200, 0.6]]);
  expect(await pointsOf('c.jsonl', 1, 99)).toEqual([]);
});
