import { beforeAll, describe, expect, test } from 'vitest';
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
    intervals: { dev: { low: expect.any(Number), high: expect.any(Number) } },
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

describe.concurrent('with --json an error is one JSON object on stdout, with the exit code and the message of stderr:', () => {
  test.each([
    [['train', '--hiden', '3', '--json'], 2, 'unknown option --hiden. Did you mean --hidden?', 'see rnn train --help'],
    [['train', 'missing.conll', '--json'], 3, 'missing.conll: no such file or folder', undefined],
    [['eval', '--to', 'json', '-m', 'missing.json'], 3, /^missing\.json: /, /rnn train/],
    [['eval', '--to=json', 'by-heart.conll', '--tag-column', '9'], 3, /column 9/, 'see --tag-column'],
    [['check', 'missing.conll', '--json', '-q'], 3, 'missing.conll: no such file or folder', undefined],
    [['inspect', '--json', 'by-heart.conll'], 3, /by-heart\.conll/, undefined],
  ] as const)('rnn %j', async (args, code, message, hint) => {
    const { stdout, stderr, exitCode } = await folder.rnn(args);
    expect(exitCode).toBe(code);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    const { error } = JSON.parse(stdout);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    if (hint !== undefined) expect(error.hint).toMatch(hint);
    expect(stderr).toContain(`rnn: ${error.message}\n`);
  });

  test('unless a result stands there, as where --min-f1 is missed', async () => {
    const { stdout, exitCode } = await folder.rnn(['eval', 'by-heart.conll', '--json', '--compare', 'model.json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).not.toHaveProperty('error');
    folder.write('other.conll', 'Anna O\nParis O\n\n');
    const missed = await folder.rnn(['eval', 'other.conll', '--json', '--min-f1', '99']);
    expect(missed.exitCode).toBe(4);
    expect(JSON.parse(missed.stdout)).toHaveProperty('f1');
  });

  test('and not without --json, nor where results are JSON lines', async () => {
    expect((await folder.rnn(['eval', 'missing.conll'])).stdout).toBe('');
    expect((await folder.rnn(['tag', '--json', '-m', 'missing.json', 'x'])).stdout).toBe('');
  });
});
