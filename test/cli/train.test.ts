import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.write('names.conll', NAMES));

test.concurrent('the same training gives the same bytes, another seed others', async () => {
  const train = (seed: string, file: string): Promise<unknown> =>
    folder.mustRun(['train', 'names.conll', ...SMALL, '--seed', seed, '-o', file]);
  await Promise.all([train('7', 'one.json'), train('7', 'two.json'), train('8', 'three.json')]);
  expect(folder.read('two.json')).toBe(folder.read('one.json'));
  expect(folder.read('three.json')).not.toBe(folder.read('one.json'));
});

test.concurrent('--patience ends a training that gets no better', async () => {
  const settings = ['--preset', 'textbook', '--hidden', '8', '--learning-rate', '1e-9', '--epochs', '50'];
  const { stdout } = await folder.mustRun([
    'train',
    'names.conll',
    ...settings,
    '--patience',
    '3',
    '--json',
    '-o',
    'patient.json',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ epochs: 4, bestEpoch: 1 });
});

test.concurrent('without --dev a tenth is held out, at least one sentence, and said so', async () => {
  folder.write('thirty.conll', NAMES.repeat(10));
  const [few, many] = await Promise.all([
    folder.mustRun(['train', 'names.conll', ...SMALL, '--seed', '3', '-o', 'few.json']),
    folder.mustRun(['train', 'thirty.conll', ...SMALL, '-o', 'many.json']),
  ]);
  expect(few.stderr).toContain('no --dev: 1 of 3 sentences held out as dev, drawn by seed 3');
  expect(many.stderr).toContain('no --dev: 3 of 30 sentences held out as dev, drawn by seed 1');
});

test.concurrent('the scores that train shows are the scores that eval gives', async () => {
  const args = ['train', 'names.conll', ...SMALL, '--dev', 'names.conll', '--json', '-o', 'same.json'];
  const trained = JSON.parse((await folder.mustRun(args)).stdout);
  const scored = JSON.parse((await folder.mustRun(['eval', 'names.conll', '--json', '-m', 'same.json'])).stdout);
  expect(scored).toMatchObject(trained.dev);
});

test.concurrent('a table of precision, recall and F1 by label is shown for dev and for test', async () => {
  const args = ['train', 'names.conll', ...SMALL, '--dev', 'names.conll', '--test', 'names.conll', '-o', 'table.json'];
  const { stdout } = await folder.mustRun(args);
  for (const part of ['dev', 'test']) {
    const table = new RegExp(
      `^${part} +precision +recall +F1 +gold +found +correct\nLOC .*\nPER .*\nall .*\n3 sentences, 15 tokens`,
      'm',
    );
    expect(stdout).toMatch(table);
  }
});

describe.concurrent('what is odd about a corpus is a warning, not an error:', () => {
  test('labels of dev that train lacks', async () => {
    folder.write('dev.conll', 'Rome B-CITY\nfell O\n');
    const { stderr } = await folder.mustRun(['train', 'names.conll', ...SMALL, '--dev', 'dev.conll', '-o', 'odd.json']);
    expect(stderr).toContain('warning: dev.conll: labels that the model never saw count as missed: CITY');
  });

  test('tags that do not follow their scheme', async () => {
    folder.write('ill.conll', `${NAMES}Rome\tB-LOC\nfell\tI-PER\n`);
    const { stderr } = await folder.mustRun(['train', 'ill.conll', ...SMALL, '-o', 'odd.json']);
    expect(stderr).toContain('warning: ill.conll: 1 tag does not follow IOB2');
  });

  test('a corpus of one tag', async () => {
    folder.write('outside.conll', 'The O\nbank O\n\nclosed O\n');
    await folder.mustRun(['train', 'outside.conll', ...SMALL, '-o', 'outside.json']);
    const { stdout } = await folder.mustRun(['tag', '-m', 'outside.json', 'The bank closed']);
    expect(stdout).toBe('The bank closed\n');
  });
});

describe.concurrent('a checkpoint that stands where the new one goes', () => {
  const train = (output: string, ...args: string[]): Promise<{ readonly stderr: string }> =>
    folder.mustRun(['train', 'names.conll', ...SMALL, '-o', output, ...args]);

  test('is kept as OUTPUT.bak if it is of other settings, which is said', async () => {
    await train('kept.json');
    const first = folder.read('kept.json');
    const { stderr } = await train('kept.json', '--seed', '2');
    expect(stderr).toContain(
      'kept.json was a checkpoint of other settings or another corpus: it is kept as kept.json.bak',
    );
    expect(folder.read('kept.json.bak')).toBe(first);
    expect(folder.read('kept.json')).not.toBe(first);
  });

  test('is kept if it is of another corpus, and so is what is no checkpoint', async () => {
    folder.write('foreign.json', '{"mine": true}\n');
    const { stderr } = await train('foreign.json');
    expect(stderr).toContain('foreign.json was no checkpoint that can be read: it is kept as foreign.json.bak');
    expect(folder.read('foreign.json.bak')).toBe('{"mine": true}\n');
    folder.write('more.conll', NAMES.repeat(2));
    expect((await folder.mustRun(['train', 'more.conll', ...SMALL, '-o', 'foreign.json'])).stderr).toContain(
      'kept as foreign.json.bak',
    );
  });

  test('is written again, and nothing is kept, if it is of the same settings and corpus', async () => {
    await train('again.json');
    expect((await train('again.json')).stderr).not.toContain('.bak');
    expect(folder.names()).not.toContain('again.json.bak');
  });

  test('is kept by the first of several runs', async () => {
    await train('runs.json');
    const first = folder.read('runs.json');
    const { stderr } = await train('runs.json', '--seed', '5', '--runs', '2');
    expect(stderr.match(/kept as runs\.json\.bak/g)).toHaveLength(1);
    expect(folder.read('runs.json.bak')).toBe(first);
  });
});
