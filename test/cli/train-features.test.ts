import { beforeAll, describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { BY_HEART, Folder, NAMES } from '../helpers/cli.js';
import { taggerOf } from '../helpers/small-model.js';

const folder = new Folder();

const SIDE_BY_SIDE = ['--input', 'concatenate', '--window', '1', '--form-width', '12', '--affix-width', '6'];
const RICH = [
  ...['--features', 'affixes,shape', '--decoder', 'crf', '--recode', ...SIDE_BY_SIDE],
  ...['--direction', 'both', '--input-dropout', '0.1', '--dropout', '0.1', '--warmup', '5', '--decay', 'linear'],
];

/** The names as IOB1 has them: B- only between touching names of one kind. */
const NAMES_IOB1 = `${NAMES.replaceAll('B-', 'I-')}Rome\tI-LOC\nParis\tB-LOC\n\n`;

beforeAll(() => {
  folder.write('iob2.conll', NAMES);
  folder.write('iob1.conll', NAMES_IOB1);
});

describe.each(['iob1', 'iob2'])('trained on %s with affixes, shape, CRF, BIOES within and a window', (scheme) => {
  const [corpus, model] = [`${scheme}.conll`, `${scheme}.json`];

  beforeAll(async () => {
    await folder.mustRun(['train', corpus, '--dev', corpus, ...BY_HEART, ...RICH, '-o', model]);
  });

  test('a tagger knows its corpus by heart, and writes tags of the corpus’s own scheme', async () => {
    const args = ['tag', '-m', model, '--file', corpus, '--from', 'conll', '--to', 'conll'];
    const { stdout } = await folder.mustRun(args);
    expect(stdout).toBe(folder.read(corpus));
    const { stdout: scores } = await folder.mustRun(['eval', corpus, '-m', model, '--json']);
    expect(JSON.parse(scores)).toMatchObject({ f1: 1, accuracy: 1 });
  });

  test('the checkpoint has what was asked for', () => {
    const { settings, tags, features, vocabulary, scheme: found } = JSON.parse(folder.read(model));
    expect(settings).toMatchObject({
      features: 'prefixes,suffixes,shape',
      decoder: 'crf',
      recode: true,
      input: 'concatenate',
      window: 1,
      formWidth: 12,
      affixWidth: 6,
    });
    expect(found).toEqual({ name: scheme, outside: 'O' });
    expect(tags).toEqual(expect.arrayContaining(['B-PER', 'E-PER', 'O', 'S-LOC']));
    expect(features.map(({ name }: { name: string }) => name)).toEqual([
      ...['prefix1', 'prefix2', 'prefix3', 'prefix4', 'suffix1', 'suffix2', 'suffix3', 'suffix4', 'shape'],
    ]);
    expect(features.at(-1).values).toContain('Xxx');
    expect(vocabulary.words.length).toBeGreaterThan(0);
  });

  test('loading and saving the checkpoint changes no byte of it, and no tag or confidence', async () => {
    const text = folder.read(model);
    const loaded = readCheckpoint(text, model, createReferenceKernels());
    expect(writeCheckpoint(loaded)).toBe(text);
    folder.write('again.json', writeCheckpoint(loaded));
    const sentences = ['Anna Jones left the bank .', 'Nobody 1984 O’Neill in McDonald’s', ''];
    const args = [...sentences, '--from', 'tokens', '--json'];
    const [before, after] = await Promise.all(
      [model, 'again.json'].map((file) => folder.mustRun(['tag', '-m', file, ...args])),
    );
    expect(after.stdout).toBe(before.stdout);
    const { tags } = taggerOf(loaded).predict([sentences[0].split(' ')])[0];
    expect(JSON.parse(before.stdout.split('\n')[0]).tokens.map(({ tag }: { tag: string }) => tag)).toEqual(tags);
  });
});

test('a feature that nobody knows is refused by name of those there are', async () => {
  const { exitCode, stderr } = await folder.rnn(['train', 'iob2.conll', '--features', 'form,colour']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('one or more of form, affixes, prefixes, suffixes, shape, casing, letters');
  expect(stderr).not.toContain('    at ');
});

test('a window is refused where rows are summed', async () => {
  const { exitCode, stderr } = await folder.rnn(['train', 'iob2.conll', '--input', 'sum', '--window', '1']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--input concatenate');
});
