import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['train', 'names.conll', ...SMALL]);
  folder.makeFolder('folder');
  folder.write('empty.conll', '');
  folder.write('blank.conll', '\n \t\n\n-DOCSTART- O\n\n');
  folder.write('latin.conll', Buffer.from('Anna B-PER\n\ncaf\xe9 O\n', 'latin1'));
  folder.write('ragged.conll', 'Anna B-PER\nSmith NNP I-PER\n');
  folder.write('untagged.conll', '\nAnna\nSmith\n');
  folder.write('hollow.conll', 'Anna\tB-PER\nSmith\t\n');
  folder.write('raw.txt', 'Anna Smith went home to London, as she said she would.\nShe slept.\n\nBob did not.\n');
  folder.write('cells.csv', 'word,tag\nAnna,B-PER\n"London, UK",B-LOC\n');
  folder.write('numbered.csv', 'Sentence #,Word,POS,Tag\nSentence: 1,Thousands,NNS,O\n,of,IN,O\n');
  folder.write('german.csv', 'Wort;Tag\nAnna;B-PER\n');
  folder.write('quoted.csv', 'text,label\n"Anna went home, and slept",PER\n');
  folder.write('wide.conll', Buffer.from('\uFEFFAnna\tB-PER\n', 'utf16le'));
  folder.write('unmarked.conll', Buffer.from('Anna\tB-PER\n', 'utf16le').swap16());
  folder.write('cut.conll.gz', Buffer.from('1f8b0800000000000003', 'hex'));
});

const CORPORA: readonly [what: string, file: string, message: string][] = [
  ['a file that is missing', 'missing.conll', 'missing.conll: no such file'],
  ['a folder', 'folder', 'folder: it is a folder'],
  ['an empty file', 'empty.conll', 'empty.conll: no sentence in it'],
  ['a file of blank lines', 'blank.conll', 'blank.conll: no sentence in it'],
  ['a file that is no UTF-8', 'latin.conll', 'latin.conll:3: expected UTF-8'],
  ['ragged columns', 'ragged.conll', 'ragged.conll:2: expected 2 columns as in the lines before, found 3'],
  ['tokens without tags', 'untagged.conll', 'untagged.conll:2: expected a token and its tag, found only "Anna"'],
  ['an empty tag', 'hollow.conll', 'hollow.conll:2: the tag in column 2 is empty'],
  ['a checkpoint', 'model.json', 'model.json: expected a corpus, found a checkpoint'],
  ['raw text', 'raw.txt', 'raw.txt:2: expected a token and its tag, found what looks like raw text\n'],
  ...['cells.csv:1', 'numbered.csv:3', 'german.csv:1', 'quoted.csv:1'].map((place): [string, string, string] => [
    'CSV',
    place.replace(/:.*/, ''),
    `${place}: expected a token and its tag, found what looks like CSV, with commas or semicolons between its cells\n     columns are separated by tabs or spaces; rnn help formats`,
  ]),
  ...['wide.conll', 'unmarked.conll'].map((file): [string, string, string] => [
    'UTF-16',
    file,
    `${file}: expected UTF-8, found UTF-16\n     save it as UTF-8`,
  ]),
  ['gzip that is cut short', 'cut.conll.gz', 'cut.conll.gz: gzip is cut short ('],
];

/** Exit code 3, nothing on stdout, a message that is no stack. */
async function expectRefusal(args: readonly string[], message: string): Promise<void> {
  const { stdout, stderr, exitCode } = await folder.rnn(args);
  expect(exitCode, args.join(' ')).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toContain(`rnn: ${message}`);
  expect(stderr).not.toMatch(/^ +at /m);
}

describe.concurrent('a bad corpus is refused with exit code 3, naming file and line:', () => {
  test.each(CORPORA)('%s', async (_, file, message) => {
    await expectRefusal(['vocab', file], message);
  });
});

describe.concurrent('so do the other commands:', () => {
  const telling = CORPORA.filter(([, file]) => /empty|latin/.test(file));
  test.each([
    ['train', ['train', '-o', 'other.json']],
    ['train --dev', ['train', 'names.conll', ...SMALL, '-o', 'other.json', '--dev']],
    ['eval', ['eval']],
  ])('%s', async (_, args) => {
    for (const [, file, message] of telling) await expectRefusal([...args, file], message);
    expect(folder.names()).not.toContain('other.json');
  });
});

test('a column that the corpus does not have is named with the line', async () => {
  const { stderr, exitCode } = await folder.rnn(['vocab', 'names.conll', '--tag-column', '7']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('names.conll:1: expected the tag in column 7, found 2 columns');
});

test('of several files the bad one is named', async () => {
  const { stderr, exitCode } = await folder.rnn(['vocab', 'names.conll', 'ragged.conll']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('ragged.conll:2:');
});

test('stdin is named as such', async () => {
  const { stderr, exitCode } = await folder.rnn(['eval', '-'], { input: 'Anna B-PER\nSmith\n' });
  expect(exitCode).toBe(3);
  expect(stderr).toContain('rnn: stdin:2: expected 2 columns');
});

describe.concurrent('a file that cannot be written is refused before the work, with exit code 1:', () => {
  test.each([
    [['train', 'names.conll', '-o', 'nowhere/model.json']],
    [['train', 'names.conll', '-o', 'nowhere/']],
    [['train', 'names.conll', '-o', 'names.conll/model.json']],
    [['eval', 'names.conll', '-o', 'nowhere/report.txt']],
    [['tag', 'Anna left .', '-o', 'nowhere/tagged.txt']],
  ])('rnn %j', async (args) => {
    const { stdout, stderr, exitCode } = await folder.rnn(args);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^rnn: \S+: cannot be written: .*\n {5}name another place with -o\n$/);
    expect(stdout).toBe('');
  });
});

test('a checkpoint that is named as the corpus, and would be written too, is told to be a checkpoint', async () => {
  const before = folder.read('model.json');
  await expectRefusal(['train', 'model.json'], 'model.json: expected a corpus, found a checkpoint');
  expect(folder.read('model.json')).toBe(before);
});
