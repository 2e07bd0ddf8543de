import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.write('names.conll', NAMES));

/** The settings of the checkpoint that a training writes. */
async function settingsOf(...args: string[]): Promise<Record<string, unknown>> {
  await folder.mustRun(['train', 'names.conll', ...args, '-o', 'm.json', '--quiet']);
  return JSON.parse(folder.read('m.json')).settings;
}

test('a flag goes before the file, the file before the preset, the preset before the default', async () => {
  folder.write('train.yaml', 'preset: textbook\nhidden: 8\nepochs: 1\nbatchSize: 3\n');
  const settings = await settingsOf('--config', 'train.yaml', '--epochs', '2');
  expect(settings).toMatchObject({ hidden: 8, epochs: 2, batchSize: 3, cell: 'elman', minCount: 1 });
  const other = await settingsOf('--config', 'train.yaml', '--preset', 'default');
  expect(other).toMatchObject({ hidden: 8, epochs: 1, cell: 'gru' });
});

test('rnn init --preset lists the values of the preset, not those of the default', async () => {
  const { stdout } = await folder.mustRun(['init', '--preset', 'textbook', '-o', '-']);
  expect(stdout).toMatch(/^preset: textbook$/m);
  for (const line of ['# cell: elman', '# hidden: 128', '# features: form', '# learningRate: 0.1', '# epochs: 15'])
    expect(stdout.split('\n')).toContain(line);
});

test('rnn init writes a file with which training writes the same bytes as without, and replaces none unasked', async () => {
  const { stdout } = await folder.mustRun(['init', '-o', '-']);
  const { stderr } = await folder.mustRun(['init', '-o', 'all.yaml']);
  expect(stderr).toBe('wrote all.yaml: try rnn train corpus.conll --config all.yaml\n');
  expect(folder.read('all.yaml')).toBe(stdout);
  const [, schema = ''] = /^# yaml-language-server: \$schema=(file:\S+)\n/.exec(stdout) ?? [];
  expect(JSON.parse(readFileSync(new URL(schema), 'utf8'))).toMatchObject({ title: 'Settings of rnn train' });
  await folder.mustRun(['train', 'names.conll', ...SMALL, '-o', 'without.json']);
  await folder.mustRun(['train', 'names.conll', ...SMALL, '--config', 'all.yaml', '-o', 'with.json']);
  expect(folder.read('with.json')).toBe(folder.read('without.json'));

  const refused = await folder.rnn(['init', '-o', 'all.yaml', '--hidden', '9']);
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('all.yaml is there already') });
  expect(folder.read('all.yaml')).toBe(stdout);
  await folder.mustRun(['init', '-o', 'all.yaml', '--hidden', '9', '--force']);
  expect(folder.read('all.yaml')).toMatch(/^hidden: 9$/m);
});

test('a wrong file is refused before anything is read or written', async () => {
  folder.write('bad.yaml', 'hiden: 3\n');
  const { stderr, exitCode } = await folder.rnn(['train', 'missing.conll', '--config', 'bad.yaml', '-o', 'none.json']);
  expect(exitCode).toBe(2);
  expect(stderr).toBe('rnn: bad.yaml:1: unknown setting "hiden"\n     did you mean hidden?\n');
  expect(folder.names()).not.toContain('none.json');
  expect((await folder.rnn(['train', '--config', 'nowhere.yaml'])).exitCode).toBe(3);
});

test('settings of a flag or a file that the training has no use for are warned of, those of a preset are not', async () => {
  folder.write('forms.yaml', 'features: casing\nformWidth: 9\n');
  const train = ['train', 'names.conll', '--epochs', '1', '--hidden', '4', '-o', 'm.json'];
  const useless = async (...args: string[]): Promise<string[]> =>
    (await folder.mustRun([...train, ...args])).stderr.match(/^warning: --\S+ (?:has|changes).*$/gm) ?? [];
  expect(await useless('--config', 'forms.yaml', '--min-count', '2')).toEqual([
    'warning: --form-width has no use, since the network does not have the feature form: leave it out, or name form among --features',
    'warning: --min-count changes only how raw text is cut into tokens, since the network has no feature form: leave it out, or name form among --features',
  ]);
  expect(await useless('--preset', 'textbook')).toEqual([]);
});

test('rnn curve, rnn sweep and rnn doubt warn of such settings, too, once', async () => {
  folder.write('space.yaml', 'clusterDropout: [0.1, 0.2]\n');
  const given = ['--features', 'casing', '--form-width', '9', '--epochs', '1', '--hidden', '4'];
  const flagsOf = async (...args: string[]): Promise<string[]> =>
    [...(await folder.mustRun([...args, ...given])).stderr.matchAll(/^warning: (--\S+) has no use, since/gm)].map(
      ([, flag]) => flag ?? '',
    );
  expect(await flagsOf('curve', 'names.conll', '--parts', '0.5,1', '--seeds', '1')).toEqual(['--form-width']);
  expect(await flagsOf('doubt', 'names.conll', '--folds', '2', '--rounds', '1')).toEqual(['--form-width']);
  const sweep = ['sweep', 'space.yaml', 'names.conll', '--trials', '2', '-o', 'swept'];
  expect(await flagsOf(...sweep)).toEqual(['--form-width', '--cluster-dropout']);
});
