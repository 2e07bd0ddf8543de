import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.learnByHeart(NAMES));

/** What stdout holds, which must be one JSON object on one line. */
async function jsonOf(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await folder.mustRun([...args, '--json']);
  expect(stdout).toMatch(/^\{.*\}\n$/);
  return JSON.parse(stdout);
}

const perfect = { precision: 1, recall: 1, f1: 1 };

test.concurrent('train --json gives the checkpoint, the epochs, the speed, the size and the scores', async () => {
  const printed = await jsonOf('train', 'by-heart.conll', ...SMALL, '-o', 'other.json');
  expect(printed).toEqual({
    model: 'other.json',
    epochs: 2,
    bestEpoch: expect.any(Number),
    seconds: expect.any(Number),
    trainTokensPerSecond: expect.any(Number),
    parameters: expect.any(Number),
    dev: {
      precision: expect.any(Number),
      recall: expect.any(Number),
      f1: expect.any(Number),
      accuracy: expect.any(Number),
    },
  });
  expect(folder.names()).toContain('other.json');
});

test.concurrent('train --json has the scores of test where test was given', async () => {
  const { dev, test: scores } = await jsonOf(
    ...['train', 'by-heart.conll', ...SMALL, '-o', 'scored.json'],
    ...['--dev', 'by-heart.conll', '--test', 'by-heart.conll'],
  );
  expect(scores).toEqual(dev);
});

test.concurrent('eval --json gives counts and fractions of 1, over all and by label', async () => {
  expect(await jsonOf('eval', 'by-heart.conll')).toMatchObject({
    ...{ tokens: 15, sentences: 3, accuracy: 1, gold: 4, predicted: 4, correct: 4, ...perfect },
    byLabel: {
      LOC: { gold: 2, predicted: 2, correct: 2, ...perfect },
      PER: { gold: 2, predicted: 2, correct: 2, ...perfect },
    },
  });
});

test.concurrent('vocab --json gives size, counts and coverage, and of dev the unknown rate', async () => {
  folder.write('dev.conll', 'Anna B-PER\nsleeps O\n');
  const figures = { size: 5, sentences: 3, tokens: 15, distinct: 13 };
  const measured = await jsonOf('vocab', 'by-heart.conll', '--vocabulary-size', '5', '--dev', 'dev.conll');
  expect(measured).toEqual({ ...figures, coverage: 6 / 15, dev: { tokens: 2, unknown: 1, unknownRate: 0.5 } });
  expect(await jsonOf('vocab', 'by-heart.conll')).toEqual({ ...figures, size: 14, coverage: 1 });
});

test.concurrent('tag --json gives one object for each sentence', async () => {
  const { text, spans } = await jsonOf('tag', 'Bob Jones left Paris .');
  expect(text).toBe('Bob Jones left Paris .');
  expect(spans).toMatchObject([
    { label: 'PER', text: 'Bob Jones' },
    { label: 'LOC', text: 'Paris' },
  ]);
});

test.concurrent('what fails prints no JSON', async () => {
  const { stdout, exitCode } = await folder.rnn(['eval', 'missing.conll', '--json']);
  expect(exitCode).toBe(3);
  expect(stdout).toBe('');
});
