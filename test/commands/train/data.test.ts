import { beforeAll, describe, expect, test } from 'vitest';
import { readTrainingData, type TrainingFiles } from '../../../src/commands/train/data.js';
import { Folder } from '../../helpers/cli.js';

const folder = new Folder();

beforeAll(() => {
  const sentences = Array.from({ length: 40 }, (_, index) => `word${index} O\nRome B-LOC\n\n`);
  folder.write('sentences.conll', sentences.join(''));
  folder.write('documents.conll', sentences.map((sentence) => `-DOCSTART- O\n\n${sentence}${sentence}`).join(''));
  folder.write('dev.conll', 'Paris B-LOC\nfell O\n');
  folder.write('one.conll', 'Rome B-LOC\n');
});

/** Reads training data, and gathers what is told of them. */
async function read(files: Partial<TrainingFiles>, seed = 1, outside?: string) {
  const notices: string[] = [];
  const reading = readTrainingData({ files: { corpora: [], reading: {}, ...files } }, { seed, outside });
  for (;;) {
    const { value, done } = await reading.next();
    if (done) return { ...value, notices };
    notices.push(value.text);
  }
}

const corpus = (name: string): { corpora: string[] } => ({ corpora: [folder.at(name)] });

describe('without dev', () => {
  test('a tenth is held out, by the seed, and is not trained on', async () => {
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => read(corpus('sentences.conll'), seed)));
    expect(first?.dev.sentences).toHaveLength(4);
    expect(first?.train.sentences).toHaveLength(36);
    expect(again).toEqual(first);
    expect(other?.dev).not.toEqual(first?.dev);
    for (const sentence of first?.dev.sentences ?? []) expect(first?.train.sentences).not.toContain(sentence);
    expect(first?.notices).toContain('no --dev: 4 of 40 sentences held out as dev, drawn by seed 1');
  });

  test('documents stay whole', async () => {
    const { train, dev, notices } = await read(corpus('documents.conll'));
    const held = new Set(dev.sentences.map(({ document }) => document));
    expect(dev.sentences).toHaveLength(8);
    expect(held.size).toBe(4);
    for (const { document } of train.sentences) expect(held.has(document)).toBe(false);
    expect(notices.at(-1)).toMatch(/whole documents$/);
  });

  test('a corpus of one sentence is its own dev', async () => {
    const { train, dev, notices } = await read(corpus('one.conll'));
    expect(dev.sentences).toEqual(train.sentences);
    expect(notices).toContain('the corpus is one sentence: it is its own dev');
  });
});

test('with dev, all of the corpus is trained on, and the fingerprints tell both', async () => {
  const options = { ...corpus('sentences.conll'), dev: folder.at('dev.conll'), test: folder.at('one.conll') };
  const { train, dev, test: part, corpora } = await read(options);
  expect([train, dev, part].map((each) => each?.sentences.length)).toEqual([40, 1, 1]);
  expect([corpora.train.sentences, corpora.dev?.sentences]).toEqual([40, 1]);
});

test('without a corpus it is the starter corpus, with its dev and test', async () => {
  const { train, dev, test: part, notices } = await read({ corpora: [] });
  expect(train.sentences.length).toBeGreaterThan(dev.sentences.length);
  expect(part?.sentences.length).toBeGreaterThan(100);
  expect(notices[0]).toBe('no corpus named: training on the starter corpus');
});

test('the outside tag that was named is that of all parts', async () => {
  folder.write('marks.txt', 'Ada 1\nslept 0\n');
  const options = { ...corpus('marks.txt'), dev: folder.at('marks.txt') };
  const { train, dev } = await read(options, 1, '0');
  expect([train.scheme, dev.scheme]).toEqual([
    { name: 'plain', outside: '0' },
    { name: 'plain', outside: '0' },
  ]);
});

test('what has no entity to train on, or to tell the best epoch by, is warned of', async () => {
  folder.write('some.conll', 'Ada B-PER\nslept O\n');
  folder.write('none.conll', 'they O\nslept O\n');
  const warningsOf = async (train: string, dev: string): Promise<string[]> => {
    const { notices } = await read({ ...corpus(train), dev: folder.at(dev) }, 1, 'O');
    return notices.filter((notice) => notice.startsWith('warning'));
  };
  expect(await warningsOf('some.conll', 'none.conll')).toEqual([expect.stringContaining('no entity in dev')]);
  expect(await warningsOf('none.conll', 'none.conll')).toEqual([
    expect.stringContaining('none.conll: no entity among'),
  ]);
  expect(await warningsOf('some.conll', 'some.conll')).toEqual([]);
});
