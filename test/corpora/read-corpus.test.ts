import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { readCorpus } from '../../src/corpora/read-corpus.js';
import { ExitCode } from '../../src/errors.js';
import { starterCorpus } from '../../src/node/package-files.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const one = 'Ada B-PER\nwrote O\n\nShe O\nslept O\n';
const two = '-DOCSTART- O\n\nRome B-LOC\n\n-DOCSTART- O\n\nParis B-LOC\n';

beforeAll(() => {
  folder.write('one.conll', one);
  folder.write('two.conll', two);
});

test('the sentences of several files stand in the order of the files', async () => {
  const { sentences } = await readCorpus([folder.at('two.conll'), folder.at('one.conll')]);
  expect(sentences.map(({ tokens }) => tokens.join(' '))).toEqual(['Rome', 'Paris', 'Ada wrote', 'She slept']);
});

test('documents are numbered over all files, and no two files are one document', async () => {
  const paths = ['one.conll', 'two.conll', 'one.conll'].map((name) => folder.at(name));
  const { sentences } = await readCorpus(paths);
  expect(sentences.map(({ document }) => document)).toEqual([0, 0, 1, 2, 3, 3]);
});

test('sentences before the first mark of a document are told to belong to none, those of unmarked files are not', async () => {
  folder.write('late.conll', `${one}\n${two}`);
  const told = async (name: string) => (await readCorpus([folder.at(name)])).notices;
  expect(await told('late.conll')).toEqual([
    expect.stringContaining(
      'late.conll: 2 sentences stand before the first mark of a document, and belong to none (a line -DOCSTART- above opens one)',
    ),
  ]);
  expect([await told('one.conll'), await told('two.conll')]).toEqual([[], []]);
  folder.write('late.iob2', '# text = Bob\n1\tBob\tB-PER\t-\t-\n\n# newdoc\n1\tEve\tB-PER\t-\t-\n\n');
  expect((await told('late.iob2')).join('\n')).toContain('belongs to none (a line # newdoc above opens one)');
});

test('a sentence knows its line in its own file', async () => {
  const { sentences } = await readCorpus([folder.at('one.conll'), folder.at('two.conll')]);
  expect(sentences.map(({ line }) => line)).toEqual([1, 4, 3, 7]);
});

test('the fingerprint is of the bytes of all files, and not of their names', async () => {
  const { fingerprint } = await readCorpus([folder.at('one.conll'), folder.at('two.conll')]);
  const sha256 = createHash('sha256').update(one).update(two).digest('hex');
  expect(fingerprint).toEqual({ sha256, sentences: 4, tokens: 6 });
});

test('a packed corpus has the fingerprint of what it holds', async () => {
  folder.write('one.gz', gzipSync(one));
  const [plain, packed] = await Promise.all([readCorpus([folder.at('one.conll')]), readCorpus([folder.at('one.gz')])]);
  const { files, paths, digests } = plain;
  expect({ ...packed, files, paths, digests }).toEqual(plain);
  expect([...packed.digests.values()]).toEqual([...digests.values()]);
});

test('the columns are those that were named', async () => {
  folder.write('columns.conll', 'B-PER Ada NNP\nO wrote VBD\n');
  const { sentences } = await readCorpus([folder.at('columns.conll')], { tokenColumn: 2, tagColumn: 1 });
  expect(sentences).toMatchObject([{ tokens: ['Ada', 'wrote'], tags: ['B-PER', 'O'] }]);
});

test('a file without a sentence is refused, even among others', async () => {
  folder.write('empty.conll', '\n\n');
  await expect(readCorpus([folder.at('one.conll'), folder.at('empty.conll')])).rejects.toMatchObject({
    exitCode: ExitCode.badInput,
    message: `${folder.at('empty.conll')}: no sentence in it`,
  });
});

test('the starter corpus stands where it is looked for, from source as from the build', async () => {
  for (const part of ['train', 'dev', 'test'] as const) {
    const { sentences } = await readCorpus([starterCorpus(part)]);
    expect(sentences.length, part).toBeGreaterThan(100);
  }
});

test('records as rnn tag wrote them are used, and said to be guesses', async () => {
  const guess = (spans: object[]) =>
    `${JSON.stringify({ text: 'Ada left', tokens: [{ text: 'Ada', start: 0, end: 3, tag: 'O' }], spans })}\n`;
  const gold = '{"text":"Ada left","spans":[{"start":0,"end":3,"label":"PER"}]}\n';
  folder.write('gold.jsonl', gold);
  folder.write('guesses.jsonl', `${guess([{ start: 0, end: 3, label: 'PER', confidence: 0.7 }])}${guess([])}${gold}`);
  const told = async (name: string) => (await readCorpus([folder.at(name)])).notices.join('\n');
  expect(await told('gold.jsonl')).not.toContain('guess');
  expect(await told('guesses.jsonl')).toContain(
    "guesses.jsonl: 2 records as rnn tag wrote them; a model's guesses count as what people labelled",
  );
});
