import { rmSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { interrupt } from '../helpers/interrupted.js';

const folder = new Folder();
const RUNS = ['many.conll', '--preset', 'textbook', '--hidden', '8', '--epochs', '4', '--runs', '3', '--keep-all'];
/** What a training prints with --json, without what depends on the machine. */
function resultsOf(stdout: string): object {
  const { seconds: _, trainTokensPerSecond: __, model: ___, ...results } = JSON.parse(stdout);
  return results;
}

let unbroken: string;

/** Copies a checkpoint and its state. */
function stop(name: string, from: string): void {
  for (const suffix of ['', '.state']) folder.write(`${name}${suffix}`, folder.readBytes(`${from}${suffix}`));
}

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('many.conll', NAMES.repeat(700));
  unbroken = (await folder.mustRun(['train', ...RUNS, '-o', 'unbroken.json', '--json'])).stdout;
}, 60_000);

test('runs that were stopped twice go on to the bytes and scores of unbroken ones, and leave no state', async () => {
  const args = [...RUNS, '-o', 'stopped.json', '--json', '--resume'];
  for (const words of ['run 2 of', 'epoch 3/']) {
    const { stderr, exitCode } = await interrupt(folder, 'SIGINT', words, args);
    expect(exitCode, stderr).toBe(130);
    expect(stderr).toContain('stopped: the best of 1 of 3 runs was saved, and where training stands\n');
    stop('kept.json', 'stopped.json');
  }
  const resumed = await folder.mustRun(['train', ...args]);
  expect(resumed.stderr).toMatch(
    /^going on from stopped\.json\.state: 1 run, and (?:1 epoch|\d epochs) and (?:1 step|[\d,]+ steps) of the next had/m,
  );
  expect(resultsOf(resumed.stdout)).toEqual(resultsOf(unbroken));
  for (const name of ['', '.seed-1', '.seed-2', '.seed-3'])
    expect(folder.read(`stopped${name}.json`)).toBe(folder.read(`unbroken${name}.json`));
  expect(folder.names().filter((name) => name.startsWith('stopped.json'))).toEqual(['stopped.json']);
});

test('runs that were killed after later ones had ended than the state says come to the same', async () => {
  stop('killed.json', 'kept.json');
  folder.write('killed.json', folder.readBytes('unbroken.json'));
  const { stdout } = await folder.mustRun(['train', ...RUNS, '-o', 'killed.json', '--json', '--resume']);
  expect(resultsOf(stdout)).toEqual(resultsOf(unbroken));
  expect(folder.read('killed.json')).toBe(folder.read('unbroken.json'));
});

describe('a state of runs', () => {
  async function refusal(name: string, ...args: string[]): Promise<string> {
    const { exitCode, stderr } = await folder.rnn(['train', ...args, '-o', name, '--resume']);
    expect(exitCode).toBe(3);
    return stderr;
  }

  test('is refused with another number of runs, or for one', async () => {
    stop('other.json', 'kept.json');
    const args = RUNS.filter((option) => option !== '--keep-all');
    expect(await refusal('other.json', ...args, '--runs', '4')).toMatch(/^ {2}--runs: was 3, now 4$/m);
    expect(await refusal('other.json', ...args, '--runs', '1')).toMatch(/^ {2}--runs: was 3, now not set$/m);
  });

  test('is refused without the best model of those that had ended, or with another model there', async () => {
    stop('gone.json', 'kept.json');
    rmSync(folder.at('gone.json'));
    expect(await refusal('gone.json', ...RUNS)).toContain('gone.json is not there, which held the best model of the');
    const { settings, ...model } = JSON.parse(folder.read('kept.json'));
    folder.write('gone.json', JSON.stringify({ ...model, settings: { ...settings, seed: 5 } }));
    expect(await refusal('gone.json', ...RUNS)).toMatch(/^ {2}--seed: expected one of 1, 2, 3, found 5$/m);
  });

  test('says which checkpoints are missing where --keep-all came late', async () => {
    stop('late.json', 'kept.json');
    const { stderr } = await folder.mustRun(['train', ...RUNS, '-o', 'late.json', '--resume']);
    expect(stderr).toContain('warning: late.seed-1.json is not there: its run had ended without --keep-all\n');
    expect(stderr).toContain('wrote late.seed-2.json\n');
  });
});

test('where there is no state, all runs are trained from the beginning, and it is said', async () => {
  const few = ['train', 'names.conll', '--preset', 'textbook', '--hidden', '8', '--epochs', '1', '--runs', '2'];
  const { stderr } = await folder.mustRun([...few, '-o', 'new.json', '--resume']);
  expect(stderr).toContain('new.json.state is not there: all runs are trained from the beginning\n');
});
