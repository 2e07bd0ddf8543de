import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/model/checkpoint.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { at } from '../../src/text/at.js';
import { BY_HEART, Folder } from '../helpers/cli.js';
import { interrupt } from '../helpers/interrupted.js';

const folder = new Folder();

const PEOPLE = 'anna bob carl dora emil fritz greta hans ida jan karl lena max nora otto paula'.split(' ');
const THINGS = 'bread milk rain stone wood iron salt soil cloth ice oil coal dust steel snow tin'.split(' ');
const UNSEEN_PEOPLE = ['wanda', 'xaver', 'yusuf', 'zoe'];
const UNSEEN_THINGS = ['paper', 'glass', 'sand', 'wool'];

/** What is a person and what is a thing is only to be known word by word: both stand in the same sentences. */
const CORPUS = [...PEOPLE.map((word) => [word, 'B-PER']), ...THINGS.map((word) => [word, 'O'])]
  .flatMap(([word, tag]) => [`we O\nsaw O\n${word} ${tag}\n. O\n\n`, `${word} ${tag}\nwas O\nthere O\n\n`])
  .join('');

/** Sentences in which persons do what persons do, and things what things do. */
function rawSentences(): string[] {
  const random = new Random(4);
  const draw = (words: readonly string[]): string => at(words, random.below(words.length));
  const people = [...PEOPLE, ...UNSEEN_PEOPLE];
  const things = [...THINGS, ...UNSEEN_THINGS];
  return Array.from({ length: 1500 }, (_, index) =>
    index % 2 === 0
      ? `${draw(['yesterday', 'later', 'then'])} ${draw(people)} ${draw(['laughed', 'slept', 'spoke'])} with ${draw(people)}`
      : `some ${draw(things)} ${draw(['broke', 'fell', 'melted'])} under the ${draw(things)}`,
  );
}

const RAW = rawSentences();
const RICH = ['--input', 'concatenate', '--features', 'form', '--form-width', '8', '--decoder', 'crf'];
const TRAIN = ['train', 'corpus.conll', '--dev', 'corpus.conll', ...BY_HEART, ...RICH];
const QUICK = [...TRAIN, '--epochs', '2'];

beforeAll(async () => {
  folder.write('corpus.conll', CORPUS);
  folder.write('raw.txt', `${RAW.join('\n')}\n`);
  folder.write('raw.txt.gz', gzipSync(`${RAW.join('\n')}\n`));
  await folder.mustRun([...TRAIN, '--raw', 'raw.txt', '-o', 'model.json']);
});

const UNSEEN = [...UNSEEN_PEOPLE, ...UNSEEN_THINGS].map((word) => `we saw ${word} .`);
const EXPECTED = [
  ...UNSEEN_PEOPLE.map((word) => `we saw [${word}](PER) .\n`),
  ...UNSEEN_THINGS.map((word) => `we saw ${word} .\n`),
].join('');

describe('rnn train --raw', () => {
  test('tags words that only the raw text has as it tags their like', async () => {
    const { stdout } = await folder.mustRun(['tag', ...UNSEEN]);
    expect(stdout).toBe(EXPECTED);
    await folder.mustRun([...TRAIN, '-o', 'without.json']);
    const without = await folder.mustRun(['tag', '-m', 'without.json', ...UNSEEN]);
    expect(without.stdout).not.toBe(EXPECTED);
  });

  test('tells stage by stage what it does', async () => {
    const { stderr } = await folder.mustRun([...QUICK, '--raw', 'raw.txt', '-o', 'no.json']);
    expect(stderr).toMatch(
      /raw text: counting the words of raw\.txt\nraw\.txt: read as lines of text\nraw text: [\d,]+ tokens with those of the corpus; counting the neighbours of \d+ words\nraw text: finding vectors\nraw text: dividing \d+ words into \d+ clusters; for more there are too few words\n/,
    );
  });

  test('stores the digest of the text, and nothing else of the file', async () => {
    const text = folder.read('model.json');
    const { clusters } = JSON.parse(text);
    expect(clusters.raw).toMatch(/^[0-9a-f]{64}$/);
    expect(clusters).not.toHaveProperty('sha256');
    expect(text).not.toContain('raw.txt');
    expect(writeCheckpoint(readCheckpoint(text, 'model.json', createReferenceKernels()))).toBe(text);
    const { stdout } = await folder.mustRun(['inspect']);
    expect(stdout).toContain(`raw text sha256 ${clusters.raw}\n`);
  });

  test('gives the same bytes with one worker and two, and with text that is packed', async () => {
    await folder.mustRun([...QUICK, '--raw', 'raw.txt', '--workers', '2', '-o', 'two.json']);
    await folder.mustRun([...QUICK, '--raw', 'raw.txt.gz', '--workers', '1', '-o', 'one.json']);
    expect(folder.read('one.json')).toBe(folder.read('two.json'));
  });

  test('--resume takes a training of other raw text for another training', async () => {
    const train = [...QUICK, '-o', 'resumed.json'];
    await folder.mustRun([...train, '--raw', 'raw.txt']);
    expect((await folder.mustRun([...train, '--raw', 'raw.txt', '--resume'])).stderr).toContain('is finished');
    folder.write('other.txt', `${RAW.slice(1).join('\n')}\n`);
    const { stderr, exitCode } = await folder.rnn([...train, '--raw', 'other.txt', '--resume']);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/--raw: was [0-9a-f]{64}, now [0-9a-f]{64}/);
    expect(stderr).not.toContain('--clusters');
  });

  test('uses clusters of a file and of several raw texts together', async () => {
    // The file has no word that the test is about, so that the raw text must still tell of them.
    const groups = [['we', 'saw', '.'], ['was', 'there'], ['never']];
    const lines = groups.flatMap((words, cluster) => words.map((word) => `${word}\t${cluster}\n`));
    folder.write('clusters.tsv', lines.join(''));
    folder.write('first.txt', `${RAW.slice(0, 700).join('\n')}\n`);
    folder.write('second.txt', `${RAW.slice(700).join('\n')}\n`);
    const raw = ['--raw', 'first.txt', '--raw', 'second.txt'];
    await folder.mustRun([...TRAIN, ...raw, '--clusters', 'clusters.tsv', '-o', 'both.json']);
    const { clusters } = JSON.parse(folder.read('both.json'));
    expect(clusters.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(clusters.raw).toBe(JSON.parse(folder.read('model.json')).clusters.raw);
    expect(clusters.clusterings).toHaveLength(2);
    expect(clusters.clusterings[0].size).toBe(4);
    const { stdout } = await folder.mustRun(['tag', '-m', 'both.json', ...UNSEEN]);
    expect(stdout).toBe(EXPECTED);
  });

  test('is for a model that is first trained', async () => {
    const args = ['train', 'corpus.conll', '--init-from', 'model.json', '--raw', 'raw.txt', '-o', 'no-more.json'];
    const { stderr, exitCode } = await folder.rnn(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--raw gives clusters, which are taken when a model is first trained');
    expect(folder.names()).not.toContain('no-more.json');
  });
});

describe('rnn words', () => {
  test('writes clusters that rnn train --clusters reads, and vectors that --vectors reads', async () => {
    const { stderr, stdout } = await folder.mustRun([
      ...['words', 'raw.txt', '-o', 'words.txt', '--vectors-out', 'vectors.txt', '--sizes', '2,5'],
    ]);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      'words in 2, 5 clusters\nwrote words.txt: try rnn train corpus.conll --clusters words.txt',
    );
    const lines = folder.read('words.txt').trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^\S+\t[01]\t[0-4]$/);
    expect(lines.map((line) => line.split('\t')[0])).toEqual(expect.arrayContaining(['wanda', 'paper', 'laughed']));
    await folder.mustRun([...TRAIN, '--clusters', 'words.txt', '-o', 'by-file.json']);
    const { stdout: tagged } = await folder.mustRun(['tag', '-m', 'by-file.json', ...UNSEEN]);
    expect(tagged).toBe(EXPECTED);
    const { stderr: told } = await folder.mustRun([...QUICK, '--vectors', 'vectors.txt', '-o', 'no.json']);
    expect(told).toMatch(/vectors: \d+ numbers each; they cover 32 of 37 words of the corpus/);
  });

  test('finds the same words in every format, and writes to stdout unless told otherwise', async () => {
    const tokens = RAW.map((line) => line.split(' '));
    folder.write('raw.conll', tokens.map((words) => `${words.map((word) => `${word}\tO\n`).join('')}\n`).join(''));
    folder.write('raw.column', tokens.map((words) => `${words.join('\n')}\n\n`).join(''));
    folder.write('raw.jsonl', RAW.map((text) => `${JSON.stringify({ text })}\n`).join(''));
    folder.write('tokens.jsonl', tokens.map((words) => `${JSON.stringify({ tokens: words })}\n`).join(''));
    folder.write('spans.jsonl', RAW.map((text) => `${JSON.stringify({ text, spans: [] })}\n`).join(''));
    const { stdout: expected } = await folder.mustRun(['words', 'raw.txt', '--sizes', '4']);
    expect(expected).toMatch(/^anna\t[0-3]\n/);
    for (const name of ['raw.conll', 'raw.column', 'raw.jsonl', 'tokens.jsonl', 'spans.jsonl', 'raw.txt.gz'])
      expect((await folder.mustRun(['words', name, '--sizes', '4'])).stdout, name).toBe(expected);
  });

  test('reads what it is told to read', async () => {
    folder.write('column.txt', `${RAW.join(' ').replaceAll(' ', '\n')}\n`);
    const { stderr } = await folder.rnn(['words', 'column.txt']);
    expect(stderr).toContain('column.txt: read as lines of text');
    const { stderr: told } = await folder.mustRun(['words', 'column.txt', '--from', 'conll', '-o', 'no.txt']);
    expect(told).toContain('column.txt: read as columns, a token a line');
  });

  test('another seed may divide otherwise, the same one never', async () => {
    const run = async (seed: string): Promise<string> =>
      (await folder.mustRun(['words', 'raw.txt', '--sizes', '5', '--seed', seed])).stdout;
    expect(await run('7')).toBe(await run('7'));
    expect(await run('8')).not.toBe(await run('7'));
  });
});

describe('networks that learn from raw text before their training', () => {
  const PRETRAINED = [
    ...['train', 'corpus.conll', '--raw', 'raw.txt', '--clusters', 'none', '--folds', '3', '--epochs', '2'],
    ...['--hidden', '8', '--form-width', '8', '--features', 'form'],
  ];

  test('begin with other weights than drawn ones, and it is said what they learn', async () => {
    const { stderr } = await folder.mustRun([...PRETRAINED, '-o', 'pretrained.json']);
    expect(stderr).toMatch(
      /raw text: a network learns to guess hidden words of 1,564 of 1,564 sentences, those of the corpus included\nraw text: epoch 1\/2: loss [\d.]+\nraw text: epoch 2\/2: loss/,
    );
    const none = await folder.mustRun([...PRETRAINED, '--raw-epochs', '0', '-o', 'drawn.json']);
    expect(none.stderr).not.toContain('guess');
    const parametersOf = (name: string) => JSON.parse(folder.read(name)).parameters;
    expect(parametersOf('pretrained.json')).not.toEqual(parametersOf('drawn.json'));
  });

  test('are the same with any number of threads, and after a stop while they learn or later', async () => {
    await folder.mustRun([...PRETRAINED, '--workers', '1', '--quiet', '-o', 'w1.json']);
    await folder.mustRun([...PRETRAINED, '--workers', '3', '--quiet', '-o', 'w3.json']);
    expect(folder.read('w3.json')).toBe(folder.read('w1.json'));
    for (const [words, told] of [
      ['raw text: epoch 1/2', 'what was saved before is unchanged'],
      ['network 2 of 3', 'go on with'],
      ['raw text: epoch 1/2', 'what was saved before is unchanged'],
    ] as const) {
      const stopped = [...PRETRAINED.slice(1), '--workers', '1', '-o', 'stopped.json', '--resume'];
      const { exitCode, stderr } = await interrupt(folder, 'SIGINT', words, stopped);
      expect(exitCode).toBe(130);
      expect(stderr).toContain(told);
    }
    await folder.mustRun([...PRETRAINED, '-o', 'stopped.json', '--resume', '--quiet']);
    expect(folder.read('stopped.json')).toBe(folder.read('w1.json'));
  });

  test('are none of the textbook’s, unless --raw-epochs asks for it', async () => {
    expect((await folder.mustRun([...QUICK, '--raw', 'raw.txt', '-o', 'textbook.json'])).stderr).toContain('guess');
    const summed = ['train', 'corpus.conll', '--preset', 'textbook', '--raw', 'raw.txt', '--epochs', '1'];
    expect((await folder.mustRun([...summed, '-o', 'textbook.json'])).stderr).not.toContain('guess');
    const asked = await folder.mustRun([...summed, '--raw-epochs', '1', '-o', 'textbook.json']);
    expect(asked.stderr).toContain('epoch 1/1: loss');
  });

  test('have nothing to learn from where sentences are too long or too short, which is said', async () => {
    const long = RAW.slice(0, 300).join(' , ').split(' ').slice(0, 400);
    folder.write('long.txt', `${Array.from({ length: 30 }, () => long.join(' ')).join('\n')}\n`);
    folder.write(
      'long.conll',
      `${long
        .slice(0, 150)
        .map((word) => `${word}\tO\n`)
        .join('')}Anna\tB-PER\n\n`.repeat(30),
    );
    const { stderr } = await folder.mustRun([
      ...['train', 'long.conll', '--raw', 'long.txt', '--clusters', 'none', '--folds', '0', '--epochs', '1'],
      ...['--hidden', '8', '--form-width', '8', '--features', 'form', '-o', 'long.json'],
    ]);
    expect(stderr).toContain('raw text: a network learns to guess hidden words of 0 of 57 sentences');
    expect(stderr).toContain('raw text: sentences of one word, or of more than 100, are left out of that: 57\n');
  });

  test('need raw text', async () => {
    const { stderr } = await folder.mustRun([...QUICK, '--raw-epochs', '1', '-o', 'no-raw.json']);
    expect(stderr).toContain('warning: --raw-epochs has no use, since there is no --raw');
  });
});

describe('bad raw text costs one message, exit code 3, and nothing is written:', () => {
  test.each<[string, string | Uint8Array | undefined, string]>([
    ['an empty file', '', 'bad.txt: no text in it'],
    ['empty lines', '\n \n\n', 'bad.txt: no text in it'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe), 'bad.txt:1: expected UTF-8'],
    ['a binary file', 'words\nand\0zeros\n', 'bad.txt:2: a NUL byte'],
    ['text in another encoding', Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a), 'bad.txt:2: expected UTF-8'],
    ['too little text', 'one two three\n', 'bad.txt: too little text: no two words occur 3 times beside others'],
    ['broken JSON', '{"text": "a"}\n{"text":\n', 'bad.txt:2: '],
    ['gzip that is cut short', gzipSync(RAW.join('\n')).subarray(0, 99), 'bad.txt: gzip is cut short'],
    ['a missing file', undefined, 'missing.txt: no such file'],
  ])('%s', async (name, content, message) => {
    if (content !== undefined) folder.write('bad.txt', content);
    const path = content === undefined ? 'missing.txt' : 'bad.txt';
    const { stderr, exitCode } = await folder.rnn(['words', path, '-o', 'never.txt', '--vectors-out', 'never.vectors']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`rnn: ${message}`);
    if (name !== 'too little text') {
      const train = await folder.rnn(['train', 'corpus.conll', '--raw', path, '-o', 'never.json']);
      expect(train.exitCode).toBe(3);
      expect(train.stderr).toContain(`rnn: ${message}`);
    }
    expect(folder.names().filter((each) => each.startsWith('never'))).toEqual([]);
  });

  test('a stream, which cannot be read twice', async () => {
    const { stderr, exitCode } = await folder.rnn(['words', '-', '-o', 'never.txt'], { input: RAW.join('\n') });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('rnn: stdin: raw text is read twice, and a stream comes only once');
    expect(folder.names()).not.toContain('never.txt');
  });
});

describe('what cannot be meant is refused with exit code 2:', () => {
  test.each([
    ['sizes that are no numbers', ['words', 'raw.txt', '--sizes', '64,many'], 'expected rising numbers from 2'],
    ['sizes that fall', ['words', 'raw.txt', '--sizes', '64,16'], 'expected rising numbers from 2'],
    ['no file', ['words'], 'expected file, found nothing'],
    ['one file for both', ['words', 'raw.txt', '-o', 'a', '--vectors-out', 'a'], 'clusters and vectors both want a'],
    ['a file that is read', ['words', 'raw.txt', '-o', 'raw.txt'], 'raw.txt is both read and written'],
  ])('%s', async (_, args, message) => {
    const { stderr, exitCode } = await folder.rnn(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
