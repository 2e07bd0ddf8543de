import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const TEST = 'Anna\tB-PER\nSmith\tI-PER\nleft\tO\nRome\tB-LOC\n.\tO\n\nLondon\tB-PER\nsleeps\tO\n';

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  await folder.mustRun(['train', 'by-heart.conll', ...SMALL, '-o', 'other.json']);
  folder.write('test.conll', TEST);
});

describe.concurrent('rnn eval with a checkpoint', () => {
  test('knows which entities were seen in training: with this label, with another one, not at all', async () => {
    const { stdout } = await folder.mustRun(['eval', 'test.conll', '--json']);
    const { byFamiliarity } = JSON.parse(stdout);
    expect([byFamiliarity.seen.gold, byFamiliarity['other label'].gold, byFamiliarity.unseen.gold]).toEqual([1, 1, 1]);
    expect(byFamiliarity.seen.correct).toBe(1);
  });

  test('compares with another checkpoint, as with its own report', async () => {
    const compared = await folder.mustRun(['eval', 'test.conll', '--compare', 'other.json', '--json']);
    await folder.mustRun(['eval', 'test.conll', '-m', 'other.json', '--json', '-o', 'others-report.json']);
    const reported = await folder.mustRun(['eval', 'test.conll', '--compare', 'others-report.json', '--json']);
    expect(reported.stdout).toBe(compared.stdout.replace('"name":"other.json"', '"name":"others-report.json"'));
    const same = await folder.mustRun(['eval', 'test.conll', '--compare', 'model.json', '--json']);
    expect(JSON.parse(same.stdout).comparison).toMatchObject({ difference: 0, p: 1, changed: [] });
  });

  test('warns once of the very file that the model was trained on, and of no other', async () => {
    const warning = 'warning: by-heart.conll: the model was trained on this very file;';
    const trained = await folder.mustRun(['eval', 'by-heart.conll']);
    expect(trained.stderr.split(warning)).toHaveLength(2);
    expect((await folder.mustRun(['eval', 'test.conll'])).stderr).not.toContain('was trained on');
  });

  test('gives the same report for the same seed, and another interval for another one', async () => {
    const report = (...args: string[]) => folder.mustRun(['eval', 'test.conll', '-m', 'other.json', ...args]);
    const [first, again, other] = await Promise.all([report(), report('--seed', '1'), report('--seed', '2')]);
    expect(again.stdout).toBe(first.stdout);
    expect(other.stdout).toContain('seed 2');
  });

  test.each([
    ['text', /^label +precision/],
    ['json', /^\{.*\}\n$/],
    ['markdown', /^# model.json on test.conll\n\n## Scores\n\n\| label \| precision/],
    ['conlleval', /^processed 7 tokens with 3 phrases/],
    ['html', /^<!doctype html>\n/],
  ])('--to %s goes to stdout or to a file', async (to, beginning) => {
    const { stdout } = await folder.mustRun(['eval', 'test.conll', '--to', to]);
    expect(stdout).toMatch(beginning);
    await folder.mustRun(['eval', 'test.conll', '--to', to, '-o', `report.${to}`]);
    expect(folder.read(`report.${to}`)).toBe(stdout);
  });

  test('names the file of each sentence where there are several', async () => {
    folder.write('second.conll', 'Oslo\tB-LOC\n\nPrague\tI-LOC\n');
    const { stdout, stderr } = await folder.mustRun(['eval', 'test.conll', 'second.conll', '-m', 'other.json']);
    expect(stderr).toContain('(first in the sentence at second.conll:3)');
    expect(stdout).toContain('\ntest.conll:1: ');
    expect(stdout).toContain('\nsecond.conll:1: 1 error\n');
    expect((await folder.mustRun(['eval', 'test.conll', '-m', 'other.json'])).stdout).toContain('\nline 1: ');
  });

  test('names the labels that the other model never saw', async () => {
    folder.write('people.conll', 'Anna\tB-PER\nleft\tO\n\nBob\tB-PER\nslept\tO\n');
    await folder.mustRun(['train', 'people.conll', ...SMALL, '-o', 'people.json']);
    const { stderr } = await folder.mustRun(['eval', 'test.conll', '--compare', 'people.json']);
    expect(stderr).toBe('warning: people.json: labels that the other model never saw count as missed: LOC\n');
  });

  test('refuses a comparison with a model of parts of speech', async () => {
    folder.write('pos.conll', 'the DT\nrun NN\n\nthe DT\nend NN\n');
    await folder.mustRun(['train', 'pos.conll', ...SMALL, '-o', 'pos.json']);
    const { stderr, exitCode } = await folder.rnn(['eval', 'test.conll', '--compare', 'pos.json', '--quiet']);
    expect([stderr.split('\n')[0], exitCode]).toEqual([
      'rnn: pos.json: expected names, as the model has, found plain labels, one a token',
      3,
    ]);
  });
});
