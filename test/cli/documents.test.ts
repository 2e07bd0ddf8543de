import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const DEV = readFileSync(new URL('../../data/starter/dev.conll', import.meta.url), 'utf8');
const SENTENCES = DEV.trim().split('\n\n');

/** Documents of ten sentences each. */
function withDocuments(sentences: readonly string[]): string {
  return sentences
    .map((sentence, index) => (index % 10 === 0 ? `-DOCSTART- O\n\n${sentence}\n\n` : `${sentence}\n\n`))
    .join('');
}

beforeAll(async () => {
  folder.write('marked.conll', withDocuments(SENTENCES));
  folder.write('plain.conll', DEV);
  const size = ['--hidden', '16', '--form-width', '16', '--affix-width', '4', '--epochs', '6'];
  const train = ['train', 'plain.conll', '--dev', 'plain.conll', '--clusters', 'none', '--quiet', ...size];
  await folder.mustRun([...train, '-o', 'shared.json']);
  await folder.mustRun([...train, '-o', 'alone.json', '--document-share', '0']);
}, 60_000);

async function correctOf(model: string, corpus: string): Promise<number> {
  return JSON.parse((await folder.mustRun(['eval', corpus, '-m', model, '--json', '--quiet'])).stdout).correct;
}

/** What is left of two columns of tokens and tags, comments and marks aside. */
const tagsOf = (columns: string): string[] =>
  columns.split('\n').filter((line) => /^(?!-DOCSTART-)\S+[\t ]\S+$/.test(line));

test('documents change what a model finds where they are marked, and only there', async () => {
  const plain = await correctOf('alone.json', 'plain.conll');
  expect(await correctOf('alone.json', 'marked.conll')).toBe(plain);
  expect(await correctOf('shared.json', 'plain.conll')).toBe(plain);
  const tagWith = async (model: string): Promise<string> =>
    (await folder.mustRun(['tag', '-m', model, '--from', 'conll', '--to', 'conll', '--file', 'marked.conll'])).stdout;
  expect(await tagWith('shared.json')).not.toBe(await tagWith('alone.json'));
});

test('a model that is compared with itself finds the same', async () => {
  const args = ['eval', 'marked.conll', '-m', 'shared.json', '--compare', 'shared.json', '--json', '--quiet'];
  const { f1, comparison } = JSON.parse((await folder.mustRun(args)).stdout);
  expect([comparison.difference, comparison.other.f1]).toEqual([0, f1]);
});

test('rnn tag and rnn eval see the same documents', async () => {
  const tag = ['tag', '-m', 'shared.json', '--from', 'conll', '--to', 'conll', '--file', 'marked.conll'];
  const tagged = (await folder.mustRun(tag)).stdout;
  const gold = tagsOf(DEV);
  const predicted = tagsOf(tagged);
  expect(predicted).toHaveLength(gold.length);
  const lines = predicted.map((line, index) => `${gold[index]?.replace('\t', ' ')} ${line.split(/[\t ]/)[1]}`).values();
  const pairs = tagged.split('\n').map((line) => (/^(?:-DOCSTART-.*|\s*)$/.test(line) ? '' : lines.next().value));
  folder.write('pairs.conll', pairs.join('\n'));
  const scored = JSON.parse((await folder.mustRun(['eval', '--pairs', 'pairs.conll', '--json', '--quiet'])).stdout);
  expect(scored.correct).toBe(await correctOf('shared.json', 'marked.conll'));
});

test('the lines that rnn tag reads from columns and writes as columns align, those that open documents too', async () => {
  const files = [
    withDocuments(SENTENCES.slice(0, 25)),
    `${SENTENCES[0]}\n\n-DOCSTART- -X-\n${SENTENCES[1]}\n\n`,
    '-DOCSTART- O\n\n-DOCSTART- O\n\nAda O\n\n',
  ];
  for (const [index, file] of files.entries()) {
    folder.write(`lines-${index}.conll`, file);
    const args = ['tag', '-m', 'shared.json', '--from', 'conll', '--file', `lines-${index}.conll`, '--to'];
    const { stdout } = await folder.mustRun([...args, 'conll']);
    const tokensOf = (text: string): string[] => text.split('\n').map((line) => line.split(/[\t ]/)[0] ?? '');
    expect(tokensOf(stdout)).toEqual(tokensOf(file));
    expect(stdout).toContain('-DOCSTART-\tO\n');
    expect((await folder.mustRun([...args, 'jsonl'])).stdout).not.toContain('DOCSTART');
  }
});

test('files are no documents, and one document that is marked is one', async () => {
  const half = Math.floor(SENTENCES.length / 2);
  folder.write('first.conll', `${SENTENCES.slice(0, half).join('\n\n')}\n`);
  folder.write('second.conll', `${SENTENCES.slice(half).join('\n\n')}\n`);
  folder.write('one.conll', `-DOCSTART- O\n\n${DEV}`);
  const scoreOf = async (model: string, ...corpora: string[]): Promise<unknown> => {
    const { stdout } = await folder.mustRun(['eval', ...corpora, '-m', model, '--json', '--quiet']);
    return JSON.parse(stdout).byLabel;
  };
  const alone = await scoreOf('alone.json', 'plain.conll');
  expect(await scoreOf('shared.json', 'first.conll', 'second.conll')).toEqual(alone);
  expect(await scoreOf('shared.json', 'one.conll')).not.toEqual(alone);
});

test.each([
  ['nothing said', []],
  ['--document-share 0', ['--document-share', '0']],
  ['--document-share 1', ['--document-share', '1']],
])('with %s, the best epoch and the end tell one F1 of dev, or a line tells why they differ', async (_, share) => {
  const train = ['train', 'plain.conll', '--dev', 'marked.conll', '--hidden', '8', '--epochs', '3', '-o', 'one.json'];
  const { stderr, stdout } = await folder.mustRun([...train, ...share, '--json']);
  const model = JSON.parse(folder.read('one.json'));
  const best = Math.max(...model.history.epochs.map((epoch: { dev: { f1: number } }) => epoch.dev.f1));
  const percent = (fraction: number): string => (100 * fraction).toFixed(2);
  const told = /dev F1 ([\d.]+) without, ([\d.]+) with(,.*)?\n/.exec(stderr);
  const reason = share.length > 0 ? ', as --document-share wants it' : ', a difference that may be chance';
  if (told) expect(told[3]).toBe(Number(told[2]) < Number(told[1]) ? reason : undefined);
  expect([told?.[1] ?? percent(best), told?.[2] ?? percent(best)]).toEqual(
    [best, JSON.parse(stdout).dev.f1].map(percent),
  );
  expect('documentShare' in model).toBe(/stay apart/.test(stderr));
  if (share.length > 0) expect(model).not.toHaveProperty('documentShare');
});

const TRAIN = ['train', 'trained.conll', '--dev', 'plain.conll', '--hidden', '8'];

test('a network trained on documents sees how words are written elsewhere in them', async () => {
  folder.write('trained.conll', withDocuments(SENTENCES));
  const train = [...TRAIN, '--epochs', '2', '--document-share', '0'];
  const { stderr } = await folder.mustRun([...train, '-o', 'seeing.json', '--workers', '1']);
  expect(stderr).toContain('documents: the corpus marks them, and the network sees how each word is written elsewhere');
  await folder.mustRun([...train, '-o', 'seeing-2.json', '--workers', '2']);
  expect(folder.read('seeing-2.json')).toBe(folder.read('seeing.json'));
  expect(JSON.parse(folder.read('seeing.json')).settings.features).toBe(
    'form,prefixes,suffixes,shape,casing,letters,document',
  );
  const scores = async (corpus: string) =>
    JSON.parse((await folder.mustRun(['eval', corpus, '-m', 'seeing.json', '--json', '--quiet'])).stdout);
  expect(await scores('trained.conll')).not.toEqual(await scores('plain.conll'));

  const tag = ['tag', '-m', 'seeing.json', '--from', 'conll', '--to', 'conll', '--file', 'trained.conll', '--workers'];
  const [one, three] = [await folder.mustRun([...tag, '1']), await folder.mustRun([...tag, '3'])];
  expect(three.stdout).toBe(one.stdout);
});

test.each([
  ['--document-dropout 1', ['--document-dropout', '1']],
  ['other features', ['--features', 'form,casing']],
  ['the textbook preset', ['--preset', 'textbook']],
])('with %s a network does not see documents', async (_, args) => {
  folder.write('trained.conll', withDocuments(SENTENCES));
  const { stderr } = await folder.mustRun([...TRAIN, '--epochs', '1', '-o', 'blind.json', ...args]);
  expect(stderr).not.toContain('documents: the corpus marks them');
  expect(JSON.parse(folder.read('blind.json')).settings.features).not.toContain('document');
});

test.each([
  [
    'plain.conll',
    ['--document-dropout', '0.5'],
    /--document-dropout is about the feature document, which the network does not have/,
  ],
  [
    'marked.conll',
    ['--document-dropout', '1', '--features', 'form,document'],
    /--document-dropout 1 hides every document/,
  ],
])('a rate of hidden documents that nothing could use is refused: %s %j', async (corpus, args, message) => {
  const { exitCode, stderr } = await folder.rnn(['train', corpus, '--dev', 'plain.conll', ...args]);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test('the feature document on a corpus without documents is told', async () => {
  const train = ['train', 'plain.conll', '--dev', 'plain.conll', '--features', 'form,document', '--hidden', '8'];
  const { stderr } = await folder.mustRun([...train, '--epochs', '1', '-o', 'asked.json']);
  expect(stderr).toContain('warning: the corpus marks no documents of several sentences');
});

test('a network without documents that goes on with a corpus refuses a rate of hidden documents', async () => {
  const train = [
    'train',
    'marked.conll',
    '--dev',
    'plain.conll',
    '--init-from',
    'alone.json',
    '--document-dropout',
    '0.5',
  ];
  const { exitCode, stderr } = await folder.rnn(train);
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringContaining('the feature document, which the network does not have'),
  ]);
});

test('rnn doubt sees documents as rnn train does, and refuses the same rates', async () => {
  const { exitCode, stderr } = await folder.rnn([
    'doubt',
    'plain.conll',
    '--preset',
    'fast',
    '--document-dropout',
    '0.5',
  ]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--document-dropout is about the feature document')]);
  const doubt = ['doubt', 'marked.conll', '--preset', 'fast', '--epochs', '1', '--to', 'jsonl', '--quiet'];
  const [seeing, blind] = [await folder.mustRun(doubt), await folder.mustRun([...doubt, '--document-dropout', '1'])];
  expect(seeing.stdout).not.toBe(blind.stdout);
});

test('JSON lines that a corpus is converted to hold its first document, too', async () => {
  folder.write('begins.conll', withDocuments(SENTENCES.slice(0, 20)));
  for (const format of ['jsonl', 'tokens', 'doccano', 'prodigy']) {
    const { stdout } = await folder.mustRun(['convert', 'begins.conll', '--to', format, '--quiet']);
    expect((stdout.match(/"document":\s*0\b/g) ?? []).length, format).toBe(10);
    folder.write(`begins.${format}`, stdout);
    const scores = await Promise.all(
      ['begins.conll', `begins.${format}`].map(async (corpus) => {
        const { stdout } = await folder.mustRun(['eval', corpus, '-m', 'shared.json', '--json', '--quiet']);
        return JSON.parse(stdout).correct;
      }),
    );
    expect(scores[1]).toBe(scores[0]);
  }
});
