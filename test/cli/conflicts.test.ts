import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  folder.write('lines.txt', 'Anna left .\n');
  folder.write('spans.jsonl', '{"text":"Anna left .","spans":[{"start":0,"end":4,"label":"PER"}]}\n');
  folder.write('table.csv', 'text\nAnna left .\n');
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
    [['tag', 'Anna left .', '--to', 'text', '--min-confidence', '0.5'], '--min-confidence chooses entities'],
    [['doubt', 'names.conll', '--outside-rate', '0.5'], '--outside-rate is about the corpora of rnn train --partial'],
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

describe.concurrent('options that no file has a use for are refused:', () => {
  test.each([
    [
      ['convert', 'spans.jsonl', '--to', 'conll', '--tag-column', '7'],
      '--tag-column has no use: spans.jsonl is read as',
    ],
    [['convert', 'spans.jsonl', '--to', 'conll', '--unknown-tag', 'ZZ'], '--unknown-tag has no use'],
    [['convert', '--from', 'jsonl', '-', '--to', 'conll', '--token-column', '9'], '--token-column has no use: stdin'],
    [['convert', 'names.conll', '--to', 'docbin', '--scheme', 'iob1'], '--scheme is how tags are spelt, and docbin'],
    [['check', 'spans.jsonl', '--tag-column', '7'], '--tag-column has no use'],
    [['train', 'names.conll', '--offsets', 'utf16'], '--offsets has no use: names.conll is read as conll'],
    [['eval', 'names.conll', '--tag-names', 'O,PER'], '--tag-names has no use'],
    [
      ['annotate', 'lines.txt', '--labels', 'PER', '--token-column', '4'],
      '--token-column has no use: lines.txt is read',
    ],
    [['words', 'lines.txt', '--token-column', '2'], '--token-column has no use: lines.txt is read as lines of text'],
    [['words', 'spans.jsonl', '--token-column', '2'], '--token-column has no use: spans.jsonl is read as jsonl'],
    [
      ['tag', '--from', 'csv', '--file', 'table.csv', '--token-column', '2'],
      '--token-column is about columns of tokens',
    ],
  ])('rnn %j', async (args, message) => {
    const { stdout, stderr, exitCode } = await folder.rnn(args);
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toContain(message);
  });
});

describe.concurrent('options that stdin has no use for are refused when it shows its format:', () => {
  test.each([
    [['check', '-', '--token-column', '2']],
    [['eval', '-', '--token-column', '2']],
    [['convert', '-', '--to', 'conll', '--token-column', '2']],
    [['train', '-', '--dev', 'names.conll', '--token-column', '2', '-o', 'none.json']],
  ])('rnn %j', async (args) => {
    const { stdout, stderr, exitCode } = await folder.rnn(args, { input: folder.read('spans.jsonl') });
    expect([stdout, exitCode]).toEqual(['', 2]);
    expect(stderr).toMatch(/^rnn: --token-column has no use: stdin is read as jsonl\n/);
  });
});

test('an option that one of several files has a use for is no mistake', async () => {
  await folder.mustRun(['check', 'names.conll', '--dev', 'spans.jsonl', '--tag-column', '2', '--offsets', 'utf16']);
  await folder.mustRun(['convert', 'names.conll', '--to', 'tokens', '--tag-names', 'O,B-PER,I-PER,B-LOC']);
});

test.each([
  ['train', ['--dev', 'names.conll', ...SMALL, '-o', 'zzz.json']],
  ['agree', ['names.conll']],
  ['doubt', ['--epochs', '1', '--folds', '2', '--rounds', '1']],
])('rnn %s warns of an outside tag that no token has', async (command, args) => {
  const { stderr } = await folder.rnn([command, 'names.conll', ...args, '--outside', 'ZZZ']);
  expect(stderr).toContain('warning: names.conll: no token has the tag ZZZ of --outside\n');
});

test('convert warns of an outside tag that no token has', async () => {
  const { stderr } = await folder.mustRun(['convert', 'spans.jsonl', '--to', 'conll', '--outside', 'ZZZ']);
  expect(stderr).toContain('warning: spans.jsonl: no token has the tag ZZZ of --outside');
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
