import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

/** Long sentences without sense, whose gradients a large learning rate drives out of all bounds. */
function longSentences(): string {
  let state = 1;
  const draw = (limit: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 256) % limit;
  };
  const sentence = (): string => Array.from({ length: 4000 }, () => `w${draw(40)}\tT${draw(12)}\n`).join('');
  return [sentence(), sentence(), sentence()].join('\n');
}

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('ragged.conll', 'Anna B-PER\nSmith\n');
  folder.write('words.txt', 'no vocabulary\n');
  folder.write('short.conll', 'w1\tT1\nw2\tT2\n');
  folder.write('long.conll', longSentences());
  await folder.mustRun(['train', 'names.conll', ...SMALL]);
});

const DIVERGE = ['--optimizer', 'adam', '--learning-rate', '1', '--batch-size', '1', '--hidden', '32', '--epochs', '9'];

describe('a training that fails leaves the model of before untouched, and nothing beside it:', () => {
  test.each([
    ['a bad corpus', ['ragged.conll'], 3, 'ragged.conll:2'],
    ['a bad --dev', ['names.conll', '--dev', 'ragged.conll'], 3, 'ragged.conll:2'],
    ['a missing --test', ['names.conll', '--test', 'missing.conll'], 3, 'missing.conll: no such file'],
    ['a bad vocabulary', ['names.conll', '--vocabulary', 'words.txt'], 3, 'words.txt: expected a vocabulary'],
    ['a wrong option', ['names.conll', '--epochs', '0'], 2, '--epochs'],
    [
      'a loss that is no finite number',
      ['long.conll', '--dev', 'short.conll', '--preset', 'textbook', ...DIVERGE],
      1,
      'the loss is no finite number in epoch 1: training stopped\n     try a smaller --learning-rate or --clip\n',
    ],
  ])('%s', async (_, args, code, message) => {
    const model = folder.read('model.json');
    const names = folder.names();
    const { stdout, stderr, exitCode } = await folder.rnn(['train', ...args]);
    expect(exitCode).toBe(code);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(folder.read('model.json')).toBe(model);
    expect(folder.names()).toEqual(names);
  });
});

test('a training that ends well replaces the model, and leaves nothing beside it but what it replaced', async () => {
  const names = folder.names();
  const model = folder.read('model.json');
  await folder.mustRun(['train', 'names.conll', ...SMALL, '--seed', '2']);
  expect(folder.read('model.json')).not.toBe(model);
  expect(folder.names()).toEqual([...names, 'model.json.bak'].sort());
  expect(folder.read('model.json.bak')).toBe(model);
});

test('a network that no checkpoint could hold is refused before it trains', async () => {
  const { exitCode, stderr } = await folder.rnn(['train', '--hidden', '8192', '--cell', 'lstm']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('a checkpoint holds 90000000');
  expect(stderr).not.toContain('epoch 1');
});

test('a job that needs more memory than there is costs one message and leaves no file', async () => {
  const names = folder.names();
  const size = ['--cell', 'lstm', '--direction', 'both', '--hidden', '1024', '--batch-size', '100000'];
  const { exitCode, stderr } = await folder.rnn(['train', ...size, '--workers', '1', '-o', 'huge.json']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('need more memory than there is');
  expect(stderr).not.toContain('internal error');
  expect(folder.names()).toEqual(names);
});
