import { rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { contentsOf } from '../helpers/sweeps.js';

const folder = new Folder();
const SPACE = 'hidden: [4, 8, 16]\nlearningRate: {min: 0.01, max: 1, log: true}\n';
const SETTINGS = ['--preset', 'textbook', '--epochs', '9', '--dev', 'names.conll'];

beforeAll(() => {
  folder.write('names.conll', NAMES);
  folder.write('space.yaml', SPACE);
});

function sweepArgs(...args: string[]): string[] {
  return ['sweep', 'space.yaml', 'names.conll', ...SETTINGS, ...args];
}

test('a random search trains with what it draws, tells the best, and runs nothing twice', async () => {
  const { stdout, stderr } = await folder.mustRun(sweepArgs('--trials', '4', '-o', 'random'));
  expect(stdout).toMatch(/^trial +hidden +learningRate +dev F1 +epoch +seconds\n(?:\d+ .*\n){4}$/);
  const best = /^(\d)/m.exec(stdout.split('\n')[1] ?? '')?.[1];
  expect(stderr).toContain(`trial ${best} is best by dev: wrote random/best.json`);
  const written = contentsOf(folder, 'random');
  expect(Object.keys(written)).toHaveLength(11);
  expect(written['best.json']).toBe(written[`trial-000${best}.model.json`]);

  // The checkpoint is the one that rnn train writes with the settings of the trial.
  const { settings, dev } = JSON.parse(written[`trial-000${best}.json`] ?? '');
  const flags = ['--hidden', String(settings.hidden), '--learning-rate', String(settings.learningRate)];
  const trained = await folder.mustRun(['train', 'names.conll', ...SETTINGS, ...flags, '-o', 'same.json', '--json']);
  expect(folder.read('same.json')).toBe(written['best.json']);
  expect(JSON.parse(trained.stdout).dev).toEqual(dev);

  // The settings of best.yaml are those of the trial, whatever the preset and the flags of the sweep were.
  expect(stderr).toContain(
    'its settings are in random/best.yaml: try rnn train corpus.conll --config random/best.yaml\n',
  );
  const configured = ['train', 'names.conll', '--dev', 'names.conll', '--config', 'random/best.yaml'];
  await folder.mustRun([...configured, '-o', 'configured.json']);
  expect(folder.read('configured.json')).toBe(written['best.json']);

  rmSync(folder.at('random/trial-0002.json'));
  const again = await folder.mustRun(sweepArgs('--trials', '5', '-o', 'random', '--json'));
  expect(again.stderr).toContain('3 of 5 trials were there already');
  expect(again.stderr.match(/^\d\/5 trial [25]:/gm)).toHaveLength(2);
  expect(contentsOf(folder, 'random')).toMatchObject({ 'trial-0002.json': written['trial-0002.json'] });
  expect(JSON.parse(again.stdout)).toMatchObject({
    missing: [],
    best: 'random/best.json',
    bestSettings: 'random/best.yaml',
  });
});

test('more trials than the space has combinations are told once', async () => {
  folder.write('small.yaml', 'hidden: 4\n');
  const args = ['sweep', 'small.yaml', 'names.conll', ...SETTINGS, '-o', 'small'];
  const { stderr } = await folder.mustRun([...args, '--trials', '2']);
  expect(stderr.split('warning: small.yaml: its values make 1 combination, fewer than the 2 trials')).toHaveLength(2);
  expect((await folder.mustRun([...args, '--trials', '1', '-o', 'one'])).stderr).not.toContain('combination');
});

test('trials that are run one by one, in any order, come to the same, and --collect gathers them', async () => {
  await folder.mustRun(sweepArgs('--trials', '3', '-o', 'whole'));
  for (const trial of ['3', '1']) {
    const { stdout } = await folder.mustRun(sweepArgs('--trials', '3', '-o', 'alone', '--trial', trial));
    expect(stdout).toMatch(new RegExp(`^trial ${trial}: dev F1 .*\n$`));
  }
  const partly = await folder.mustRun(['sweep', '--collect', 'alone']);
  expect(partly.stderr).toContain('not run yet: 2;');
  await folder.mustRun(sweepArgs('--trials', '3', '-o', 'alone', '--trial', '2', '--workers', '2'));
  rmSync(folder.at('alone/best.json'));
  const { stdout } = await folder.mustRun(['sweep', '--collect', 'alone/']);
  expect(stdout.split('\n')).toHaveLength(5);
  expect(contentsOf(folder, 'alone')).toEqual(contentsOf(folder, 'whole'));
});

test('halving trains the better third for three times the epochs; a trial that comes too early says what it needs', async () => {
  const early = await folder.rnn(sweepArgs('--trials', '9', '--search', 'halving', '-o', 'halving', '--trial', '10'));
  expect(early.exitCode).toBe(1);
  expect(early.stderr).toContain('round 2 needs the results of round 1: missing are 1, 2, 3, 4, 5, 6, 7, 8, 9');
  const args = sweepArgs('--trials', '9', '--search', 'halving', '-o', 'halving', '--json');
  const { rounds, results } = JSON.parse((await folder.mustRun(args)).stdout);
  expect(rounds.map(({ size, epochs }: { size: number; epochs: number }) => [size, epochs])).toEqual([
    [9, 1],
    [3, 3],
    [1, 9],
  ]);
  expect(results).toHaveLength(13);
  const scores = (round: number): number[] =>
    results.filter((each: { round: number }) => each.round === round).map(({ dev }: { dev: { f1: number } }) => dev.f1);
  expect(scores(1)).toEqual([...scores(1)].sort((a, b) => b - a));
  expect(results[0]).toMatchObject({ round: 3, trial: 13, settings: { epochs: 9 } });
});

test('a sweep is continued only with the corpus read as before, and the option that differs is named', async () => {
  folder.write('columns.conll', NAMES.replace(/\t(.*)/g, '\t$1\tB-X'));
  const args = (...options: string[]): string[] => {
    return ['sweep', 'space.yaml', 'columns.conll', ...SETTINGS, '--dev', 'columns.conll', '--trials', '1', ...options];
  };
  await folder.mustRun(args('-o', 'columns', '--tag-column', '2'));
  const written = contentsOf(folder, 'columns');
  for (const [column, message] of [
    [['--tag-column', '3'], '--tag-column: 2 there, 3 here'],
    [[], '--tag-column: 2 there, not set here'],
    [['--tag-column', '2', '--from', 'iob2'], '--from: not set there, "iob2" here'],
  ] as const) {
    const { stderr, exitCode } = await folder.rnn(args('-o', 'columns', ...column));
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  }
  expect(contentsOf(folder, 'columns')).toEqual(written);
  const again = await folder.mustRun(args('-o', 'columns', '--tag-column', '2'));
  expect(again.stderr).toContain('1 of 1 trials were there already');
});

test('a folder of an older version, which does not say how its corpus was read, holds a sweep of files read by default', async () => {
  await folder.mustRun(sweepArgs('--trials', '1', '-o', 'older'));
  const { reading, ...older } = JSON.parse(folder.read('older/sweep.json'));
  expect(reading).toEqual({});
  folder.write('older/sweep.json', JSON.stringify(older));
  const other = await folder.rnn(sweepArgs('--trials', '1', '-o', 'older', '--tag-column', '2'));
  expect(other.stderr).toContain('--tag-column: not set there, 2 here');
  expect(other.exitCode).toBe(2);
  await folder.mustRun(['sweep', '--collect', 'older']);
  const again = await folder.mustRun(sweepArgs('--trials', '1', '-o', 'older'));
  expect(again.stderr).toContain('1 of 1 trials were there already');
});

test('settings that cannot be trained with are a result, not the end', async () => {
  folder.write('bad.yaml', 'window: [0, 1]\n');
  const args = ['sweep', 'bad.yaml', 'names.conll', ...SETTINGS, '--trials', '4', '-o', 'bad'];
  const { stdout } = await folder.mustRun(args);
  expect(stdout).toMatch(/^\d +1 +failed/m);
  expect(stdout).toMatch(/^\d +0 +\d+\.\d\d/m);
});

test.each([
  [['sweep'], 2, "missing argument 'space'"],
  [['sweep', 'nowhere.yaml', 'names.conll'], 3, 'nowhere.yaml: no such file'],
  [['sweep', 'names.conll', 'names.conll'], 2, 'names.conll:1: '],
  [['sweep', 'space.yaml', 'names.conll', '--hidden', '8'], 2, '--hidden is given, and space.yaml searches it'],
  [['sweep', 'space.yaml', '-'], 2, 'every trial reads its files'],
  [sweepArgs('--trials', '3', '--trial', '4', '-o', 'none'), 2, 'there is no trial 4: they are 1 to 3'],
  [sweepArgs('--trials', '3', '--seed', '2', '-o', 'other'), 2, 'seed: 1 there, 2 here'],
  [['sweep', '--collect', '.'], 3, '.: no sweep in it'],
  [['sweep', 'space.yaml', '--collect', 'x'], 2, '--collect takes no space'],
])('what cannot be meant is refused: %j', async (args, code, message) => {
  if (args.includes('other')) await folder.mustRun(sweepArgs('--trials', '3', '--trial', '1', '-o', 'other'));
  const { stderr, stdout, exitCode } = await folder.rnn(args);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(code);
  expect(stdout).toBe('');
});
