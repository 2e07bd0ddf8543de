import { beforeAll, describe, expect, test } from 'vitest';
import { BY_HEART, Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
/** Few epochs, after which seeds differ. */
const TRAIN = ['train', 'names.conll', ...BY_HEART, '--epochs', '6'];
const DEV = ['--dev', 'dev.conll', '--test', 'test.conll'];
const SEEDS = [11, 12, 13, 14];

interface Rates {
  readonly f1: number;
}

interface Report {
  readonly seed: number;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly dev: Rates;
  readonly test: Rates;
  readonly mean: { readonly dev: Rates; readonly test: Rates };
  readonly runs: readonly (Pick<Report, 'seed' | 'bestEpoch' | 'dev' | 'test'> & { readonly epochs: number })[];
}

let report: Report;
let singles: readonly Report[];

async function train(...args: string[]): Promise<Report> {
  return JSON.parse((await folder.mustRun([...TRAIN, ...args, '--json'])).stdout);
}

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('dev.conll', NAMES.replaceAll('Bob', 'Rob').replaceAll('London', 'Leeds'));
  folder.write('test.conll', NAMES.replaceAll('Anna', 'Hanna').replaceAll('Jones', 'Jonas'));
  [report, ...singles] = await Promise.all([
    train(...DEV, '--seed', '11', '--runs', '4', '-o', 'kept.json'),
    ...SEEDS.map((seed) => train(...DEV, '--seed', `${seed}`, '-o', `${seed}.json`)),
  ]);
});

test('each run is the one that its seed gives alone', () => {
  const { runs } = report;
  expect(runs).toEqual(
    singles.map(({ epochs, bestEpoch, dev, test: tested }, index) => {
      return { seed: SEEDS[index], epochs, bestEpoch, dev, test: tested };
    }),
  );
});

test('the best by dev is kept, the earlier of equals, whatever test says', () => {
  const best = Math.max(...singles.map(({ dev }) => dev.f1));
  expect(report.seed).toBe(SEEDS[singles.findIndex(({ dev }) => dev.f1 === best)]);
  expect(new Set(singles.map(({ dev }) => dev.f1)).size).toBeGreaterThan(1);
});

test('its checkpoint is that of a single run with its seed, byte for byte', () => {
  expect(folder.read('kept.json')).toBe(folder.read(`${report.seed}.json`));
});

test('mean and deviation are told of dev and of test, for people and for programs', async () => {
  const mean = (part: 'dev' | 'test'): number => singles.reduce((sum, single) => sum + single[part].f1, 0) / 4;
  expect(report.mean.dev.f1).toBeCloseTo(mean('dev'), 12);
  expect(report.mean.test.f1).toBeCloseTo(mean('test'), 12);
  const args = [...TRAIN, ...DEV, '--seed', '11', '--runs', '4', '-o', 'shown.json'];
  const { stdout, stderr } = await folder.mustRun(args);
  expect(stdout).toMatch(/^run +dev F1 +test F1 +best epoch\nseed 11 /m);
  expect(stdout).toMatch(new RegExp(`^seed ${report.seed} .* kept$`, 'm'));
  expect(stdout).toMatch(
    new RegExp(`^mean +${(100 * mean('dev')).toFixed(2)} +[\\d.]+\ndeviation +[\\d.]+ +[\\d.]+\n`, 'm'),
  );
  expect(stderr).toContain('run 2 of 4, seed 12\n');
  expect(stderr).toContain(`seed ${report.seed} was best, its epoch`);
});

test('without --dev all runs have the tenth that the first seed draws', async () => {
  folder.write('thirty.conll', NAMES.repeat(10));
  const args = ['train', 'thirty.conll', ...BY_HEART, '--epochs', '2', '--seed', '3', '--runs', '2', '-o', 'held.json'];
  const { stderr } = await folder.mustRun(args);
  expect(stderr.match(/held out/g)).toHaveLength(1);
  expect(stderr).toContain('drawn by seed 3');
});

test('a run of several networks has seeds of its own', async () => {
  const ensemble = [...TRAIN, ...DEV, '--networks', '2'];
  const args = [...ensemble, '--seed', '1', '--runs', '2', '-o', 'runs.json', '--json'];
  const { stdout, stderr } = await folder.mustRun(args);
  const { runs, seed } = JSON.parse(stdout);
  expect(runs.map((run: { seed: number }) => run.seed)).toEqual([1, 3]);
  expect(stderr).toContain('run 2 of 2, network 2 of 2, seed 4\n');
  await folder.mustRun([...ensemble, '--seed', `${seed}`, '-o', 'single.json']);
  expect(folder.read('runs.json')).toBe(folder.read('single.json'));
});

test('runs that go on with a model are the ones that go on with it alone', async () => {
  folder.write('more.conll', 'Emma\tB-PER\ncame\tO\n\nRome\tB-LOC\nfell\tO\n\n');
  const more = ['train', 'more.conll', '--dev', 'more.conll', '--init-from', '11.json', '--epochs', '2'];
  const { stdout } = await folder.mustRun([...more, '--seed', '5', '--runs', '2', '-o', 'more.json', '--json']);
  await folder.mustRun([...more, '--seed', `${JSON.parse(stdout).seed}`, '-o', 'alone.json']);
  expect(folder.read('more.json')).toBe(folder.read('alone.json'));
});

test('--keep-all writes the checkpoint of each run, says so, and replaces none that is read', async () => {
  const args = [...TRAIN, ...DEV, '--seed', '12', '--runs', '3', '--keep-all', '-o', 'all.json'];
  const { stderr } = await folder.mustRun(args);
  for (const seed of [12, 13, 14]) {
    expect(stderr).toContain(`wrote all.seed-${seed}.json\n`);
    expect(folder.read(`all.seed-${seed}.json`)).toBe(folder.read(`${seed}.json`));
  }
  const refused = await folder.rnn([...args, '--init-from', 'all.seed-13.json']);
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('all.seed-13.json is read, and')]);
});

test('--report has a table of the runs, and --log the run and seed of each epoch', async () => {
  const records = ['--log', 'runs.jsonl', '--report', 'runs.html'];
  await folder.mustRun([...TRAIN, ...DEV, '--seed', '13', '--runs', '2', '-o', 'recorded.json', ...records]);
  const html = folder.read('runs.html');
  expect(html).toContain('<h2>Runs</h2>');
  expect(html).toMatch(/<th scope="row">seed 13<\/th>/);
  expect(html).toMatch(/<th scope="row">mean ± deviation<\/th><td>\d+\.\d\d ± \d+\.\d\d<\/td>/);
  expect(html).toContain('<th scope="row">run 2, seed 14: 1 ');
  const epochs = folder.read('runs.jsonl').trimEnd().split('\n').slice(0, -1);
  const places = epochs.map((line) => JSON.parse(line)).map(({ run, seed, network }) => `${run} ${seed} ${network}`);
  expect([...new Set(places)]).toEqual(['1 13 1', '2 14 1']);
});

describe.concurrent('wrong usage:', () => {
  test.each([
    ['all of one run', ['--keep-all'], '--keep-all is about several runs, and there is one'],
    ['all on stdout', ['--runs', '2', '--keep-all', '-o', '-'], '--keep-all writes files beside the checkpoint'],
    ['no runs', ['--runs', '0'], 'option --runs "0": expected a whole number from 1'],
    ['seeds beyond the largest', ['--runs', '3', '--seed', '4294967294'], 'would need seeds up to 4294967296'],
  ])('%s', async (_, args, message) => {
    const { exitCode, stderr } = await folder.rnn([...TRAIN, '-o', 'none.json', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(folder.names()).not.toContain('none.json');
  });
});
