import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const GOOD = '{"text":"Ada left.","spans":[{"start":0,"end":3,"label":"PER"}]}\n';
const DOUBLED = GOOD.replace(/\{"start.*\}(?=\])/, (span) => `${span},${span}`);

beforeAll(() => {
  folder.write('names.conll', NAMES);
  folder.write('ragged.conll', `${NAMES}Eve\tB-PER\tx\nleft\tO\n\n${NAMES}Eve\t\n\n`);
  folder.write('broken.jsonl', `${GOOD}{"text":"cut\n${GOOD}no JSON\n`);
  folder.write('padded.conll', NAMES.replace('Anna\t', 'Anna \t').replaceAll('B-LOC', 'I-LOC'));
  folder.write('doubled.jsonl', DOUBLED);
});

const TOLD = `warning: 1 line has a wrong number of columns; its sentence is left out.
  ragged.conll:19: expected 2 columns, found 3
warning: 1 line has an empty token or tag; its sentence is left out.
  ragged.conll:40: the tag in column 2 is empty
`;

describe.concurrent('--keep-going', () => {
  test('rnn convert leaves out what cannot be read, tells it, and ends with 3', async () => {
    const args = ['convert', 'ragged.conll', '--to', 'conll'];
    const refused = await folder.rnn(args);
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
    expect(refused.stderr).toMatch(
      /^rnn: ragged\.conll:19: .*\n {5}.*; --keep-going leaves out what cannot be read\n$/,
    );
    const { stdout, stderr, exitCode } = await folder.rnn([...args, '--keep-going', '-o', 'mended.conll']);
    expect(exitCode).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toBe(`${TOLD}converted 6 records to mended.conll\n`);
    expect(folder.read('mended.conll')).toBe(NAMES + NAMES);
  });

  test('rnn train leaves it out of corpus, dev and test, writes its model, and ends with 3', async () => {
    const files = ['ragged.conll', '--dev', 'broken.jsonl', '--test', 'broken.jsonl'];
    const { stderr, exitCode } = await folder.rnn(['train', ...files, '--keep-going', ...SMALL, '-o', 'going.json']);
    expect(exitCode, stderr).toBe(3);
    expect(stderr).toContain(TOLD);
    const records =
      'warning: 2 records cannot be read, and are left out.\n  broken.jsonl:2: expected JSON (Unterminated string';
    expect(stderr.split(records).length).toBe(3);
    expect((await folder.mustRun(['tag', '-m', 'going.json', 'Anna left .'])).stdout).toContain('Anna');
  });

  test('rnn train writes what it would without what is left out, but for the fingerprint of the corpus', async () => {
    folder.write('pure.conll', NAMES + NAMES);
    for (const [file, output] of [
      ['pure.conll', 'pure.json'],
      ['ragged.conll', 'ragged.json'],
    ] as const)
      await folder.rnn(['train', file, '--keep-going', ...SMALL, '-o', output]);
    const weightsOf = (name: string) => ({ ...JSON.parse(folder.read(name)), corpora: undefined });
    expect(weightsOf('ragged.json')).toEqual(weightsOf('pure.json'));
  });

  test('rnn eval scores the rest, and ends with 3', async () => {
    await folder.mustRun(['train', 'names.conll', ...SMALL, '-o', 'scored.json']);
    const args = ['eval', '-m', 'scored.json', '--json', '--keep-going'];
    const { stdout, stderr, exitCode } = await folder.rnn([...args, 'ragged.conll']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(TOLD);
    expect(JSON.parse(stdout)).toMatchObject({ sentences: 6 });
    expect((await folder.mustRun([...args, 'names.conll'])).stderr).not.toContain('left out');
  });

  test('with --quiet nothing is said, and the exit code stays', async () => {
    const { stderr, exitCode } = await folder.rnn(['convert', 'ragged.conll', '--to', 'conll', '--keep-going', '-q']);
    expect([stderr, exitCode]).toEqual(['', 3]);
  });

  test.each(['--keep-going', '--repair'])('%s is refused for --pairs, which must hold every line', async (option) => {
    const { stderr, exitCode } = await folder.rnn(['eval', '--pairs', 'names.conll', option]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(new RegExp(`^rnn: ${option} is for a corpus`));
  });
});

describe.concurrent('--repair', () => {
  test('rnn convert writes what rnn check --repair would, and tells counts and lines', async () => {
    await folder.rnn(['check', 'padded.conll', '--repair', 'checked.conll']);
    const { stdout, stderr } = await folder.mustRun(['convert', 'padded.conll', '--to', 'conll', '--repair']);
    expect(stdout).toBe(folder.read('checked.conll'));
    expect(stderr).toMatch(/^padded\.conll: repaired padded-field \(1\): .*, line 1\npadded\.conll: repaired ill/m);
  });

  test('rnn train mends in memory, and leaves the corpus as it is', async () => {
    const before = folder.read('doubled.jsonl');
    const { stderr } = await folder.mustRun(['train', 'doubled.jsonl', '--repair', ...SMALL, '-o', 'doubled.json']);
    expect(stderr).toContain('doubled.jsonl: repaired overlapping-span (1): spans that overlap others, line 1\n');
    expect(stderr).not.toContain('left out');
    expect(folder.read('doubled.jsonl')).toBe(before);
  });

  test('what cannot be mended still ends the work, with one message', async () => {
    const { stderr, exitCode } = await folder.rnn(['train', 'ragged.conll', '--repair', ...SMALL, '-o', 'none.json']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^rnn: ragged\.conll:19: expected 2 columns as in the lines before, found 3\n/);
    expect(folder.names()).not.toContain('none.json');
  });
});
