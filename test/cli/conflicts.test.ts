import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('lines.txt', 'Anna left .\n');
  await folder.mustRun(['train', 'names.conll', ...SMALL]);
  await folder.mustRun(['vocab', 'names.conll', '-o', 'words.json']);
});

describe.concurrent('options that cannot both be meant are refused:', () => {
  test.each([
    [['tag', '--json', '--to', 'conll', 'x'], '--json is --to jsonl, and --to conll says otherwise'],
    [['eval', '--json', '--to', 'conlleval', 'names.conll'], '--json is --to json, and --to conlleval says otherwise'],
    [['eval', '--pairs', 'a', '--pairs', 'b', '--pairs', 'c'], '--pairs is given more than twice'],
    [['eval', '--pairs', 'a', '--pairs', 'b', '--compare', 'c'], 'a second --pairs and --compare at once'],
    [['eval', 'names.conll', '--compare', 'model.json', '--to', 'conlleval'], 'has no place for --compare'],
    [['eval', '--pairs', 'a', '--pairs', 'b', '--to', 'conlleval'], 'has no place for a second --pairs'],
    [['eval', '--pairs', 'names.conll', '--tag-column', '2'], '--tag-column is for a corpus'],
    [['eval', 'names.conll', '--outside', '0'], '--outside is for --pairs'],
    [['eval', 'names.conll', '--min-f1', '101'], 'option --min-f1 "101": expected a number from 0 to 100'],
    [['tag', 'Anna left .', '--file', 'lines.txt'], 'sentences as arguments and --file at once'],
    [['train', 'names.conll', '--json', '-o', '-'], '--json and -o - both want stdout'],
    [['vocab', 'names.conll', '--json', '-o', '-'], '--json and -o - both want stdout'],
    [['train', 'names.conll', '--vocabulary', 'words.json', '--vocabulary-size', '5'], 'the vocabulary is given'],
    [['train', 'names.conll', '--vocabulary', 'words.json', '--min-count', '2'], 'the vocabulary is given'],
    [
      ['train', 'names.conll', '--vocabulary', 'words.json', '--no-lowercase'],
      'words.json was made with lowercase true',
    ],
  ])('rnn %j', async (args, message) => {
    const { stdout, stderr, exitCode } = await folder.rnn(args);
    expect(exitCode).toBe(2);
    if (args.includes('--json') && args[0] !== 'tag') expect(JSON.parse(stdout)).toMatchObject({ error: { code: 2 } });
    else expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });
});

test('--json beside the format that it is short for is no conflict', async () => {
  const [tagged, scored] = await Promise.all([
    folder.rnn(['tag', '--json', '--to', 'jsonl', 'Anna left .']),
    folder.rnn(['eval', '--json', '--to', 'json', 'names.conll']),
  ]);
  expect([tagged.exitCode, scored.exitCode]).toEqual([0, 0]);
});

describe.concurrent('stdin is read once:', () => {
  test.each([
    [['train', '-', '--dev', '-']],
    [['train', 'names.conll', '--test', '-', '--vocabulary', '-']],
    [['eval', '-', '-m', '-']],
    [['tag', '-m', '-']],
  ])('rnn %j', async (args) => {
    const { stderr, exitCode } = await folder.rnn(args, { input: NAMES });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^rnn: stdin \(-\) is named more than once/);
  });
});

describe.concurrent('what is read is not overwritten:', () => {
  test.each([
    [['train', 'names.conll', ...SMALL, '-o', './names.conll']],
    [['vocab', 'names.conll', '-o', 'names.conll']],
    [['eval', 'names.conll', '-o', 'names.conll']],
    [['eval', 'names.conll', '-o', 'model.json']],
    [['tag', '--file', 'lines.txt', 'names.conll', '-o', 'names.conll']],
  ])('rnn %j', async (args) => {
    const model = folder.read('model.json');
    const { stderr, exitCode } = await folder.rnn(args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/is both read and written/);
    expect(folder.read('names.conll')).toBe(NAMES);
    expect(folder.read('model.json')).toBe(model);
  });
});
