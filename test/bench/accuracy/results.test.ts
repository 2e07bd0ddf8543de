import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Result, ResultsFile } from './results.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'results-test-'));
  path = join(folder, 'below', 'results.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

function result(changes: Partial<Result> = {}): Result {
  const key = { corpus: 'wikigold', split: 'fold 1', contestant: 'default', seed: 1, version: 'abc', commit: '123' };
  return { ...key, measured: { dev: 50, seconds: 1, cpuSeconds: 2, residentMegabytes: 3 }, ...changes } as Result;
}

test('what was added is found by whoever opens the file next, and nothing else is', async () => {
  await (await ResultsFile.open(path, false)).add(result());
  const reopened = await ResultsFile.open(path, false);
  expect(reopened.find(result())).toEqual(result());
  for (const other of [
    { corpus: 'snips' },
    { split: 'fold 2' },
    { contestant: 'textbook' },
    { seed: 2 },
    { version: 'x' },
  ])
    expect(reopened.find(result(other))).toBeUndefined();
});

test('the newest result of a run counts', async () => {
  const file = await ResultsFile.open(path, false);
  await file.add(result({ failed: 'no memory' } as Partial<Result>));
  await file.add(result({ commit: '456' }));
  expect((await ResultsFile.open(path, false)).find(result())?.commit).toBe('456');
});

test('results of other versions count where they are asked for', async () => {
  await (await ResultsFile.open(path, false)).add(result({ version: 'older' }));
  expect((await ResultsFile.open(path, true)).find(result())?.version).toBe('older');
});

test('a line that a stop cut off is taken away, and the next goes where it was', async () => {
  await (await ResultsFile.open(path, false)).add(result());
  const whole = readFileSync(path, 'utf8');
  appendFileSync(path, whole.slice(0, 20));
  await (await ResultsFile.open(path, false)).add(result({ seed: 2 }));
  expect(readFileSync(path, 'utf8').split('\n').filter(Boolean)).toHaveLength(2);
  expect((await ResultsFile.open(path, false)).find(result({ seed: 2 }))).toEqual(result({ seed: 2 }));
});

test('a file that holds something else is an error, not an empty one', async () => {
  await (await ResultsFile.open(path, false)).add(result());
  writeFileSync(path, 'hello\n');
  await expect(ResultsFile.open(path, false)).rejects.toThrow();
});
