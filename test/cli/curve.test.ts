import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
const ARGS = [
  'curve',
  'corpus.conll',
  '--dev',
  'names.conll',
  '--preset',
  'textbook',
  '--hidden',
  '8',
  '--epochs',
  '3',
];

beforeAll(() => {
  folder.write('names.conll', NAMES);
  folder.write('corpus.conll', NAMES.repeat(8));
});

test('a curve has a line a part, a fitted law and what twice the data would bring, the same for any number of workers', async () => {
  const { stdout, stderr } = await folder.mustRun([...ARGS, '--seeds', '2', '--learning-rate', '1']);
  expect(stdout).toMatch(/^part +sentences +tokens +dev F1 +deviation\n1\/8 +3 /);
  expect(stdout).toMatch(/^all +24 +120 /m);
  expect(stdout).toContain('Twice the data (48 sentences) would give F1');
  expect(stderr).toMatch(/^8\/8 1\/8, seed \d: F1 \d/m);
  const again = await folder.mustRun([...ARGS, '--seeds', '2', '--learning-rate', '1', '--workers', '1']);
  expect(again.stdout).toBe(stdout);
});

test('each training is the one of rnn train from its seed', async () => {
  const { stdout } = await folder.mustRun([...ARGS, '--seeds', '2', '--parts', '0.5,1', '--json']);
  const { points, seeds, measure, scored } = JSON.parse(stdout);
  expect({ seeds, measure, scored }).toEqual({ seeds: [1, 2], measure: 'f1', scored: 'dev' });
  expect(points).toHaveLength(2);
  for (const [index, seed] of seeds.entries()) {
    const trained = await folder.mustRun(['train', ...ARGS.slice(1), '--seed', String(seed), '--json']);
    expect(points[1].scores[index]).toBe(JSON.parse(trained.stdout).dev.f1);
  }
});

test('few parts and one seed are said to be few', async () => {
  const { stdout } = await folder.mustRun([...ARGS, '--seeds', '1', '--parts', '1/2,1']);
  expect(stdout).toContain('With one seed, the variation by chance is unknown');
  expect(stdout).toContain('A curve needs three parts or more');
});

test('the HTML report has a chart and needs no other file', async () => {
  await folder.mustRun([...ARGS, '--seeds', '2', '--to', 'html', '-o', 'curve.html']);
  const html = folder.read('curve.html');
  expect(html.match(/<svg /g)).toHaveLength(1);
  expect(html).toContain('Twice the data');
  expect(html).not.toMatch(/<script|<link|src=|@import|url\(/);
});

test.each([
  [[...ARGS, '--parts', '1,1/2'], ': expected rising parts above 0'],
  [[...ARGS, '--parts', '0.5,2'], ': expected rising parts above 0'],
  [[...ARGS, '--parts', '0.001,1'], '0.001 of 24 sentences is none'],
  [[...ARGS, '--seed', '4294967295'], '3 seeds from 4294967295 go beyond the largest'],
  [['curve', '-'], 'every training reads its files'],
  [[...ARGS, '-o', 'names.conll'], 'names.conll is both read and written'],
])('what cannot be meant is refused: %j', async (args, message) => {
  const { stderr, exitCode } = await folder.rnn(args);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(2);
});
