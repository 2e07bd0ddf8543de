import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['train', 'names.conll', ...SMALL]);
});

const COMMANDS: readonly [name: string, args: readonly string[], result: RegExp, talk: RegExp][] = [
  ['train', ['train', 'names.conll', ...SMALL], /^dev +precision +recall +F1/, /^tags: IOB2[\s\S]*wrote model\.json/],
  [
    'eval',
    ['eval', 'names.conll'],
    /^label +precision +recall +F1/,
    /^warning: names\.conll: the model was trained on this very file;.*\n$/,
  ],
  ['vocab', ['vocab', 'names.conll', '-o', 'words.json'], /^corpus +3 sentences, 15 tokens/, /^wrote words\.json/],
  ['tag', ['tag', 'Anna left .'], /left/, /^$/],
];

describe.concurrent('results go to stdout and everything else to stderr:', () => {
  test.each(COMMANDS)('%s', async (_, args, result, talk) => {
    const { stdout, stderr, exitCode } = await folder.rnn(args);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(result);
    expect(stderr).toMatch(talk);
    expect(stdout).not.toContain('wrote');
  });
});

describe.concurrent('--quiet silences stderr and leaves stdout as it is:', () => {
  test.each(COMMANDS)('%s', async (_, args, result) => {
    const { stdout, stderr } = await folder.rnn([...args, '--quiet']);
    expect(stdout).toMatch(result);
    expect(stderr).toBe('');
  });
});

test.concurrent('--quiet does not silence errors', async () => {
  const { stdout, stderr, exitCode } = await folder.rnn(['eval', 'missing.conll', '-q']);
  expect(exitCode).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^rnn: missing\.conll: no such file/);
});

test.concurrent('without a terminal nothing on stderr moves the cursor', async () => {
  const { stderr } = await folder.rnn(['train', 'names.conll', ...SMALL]);
  expect(stderr).toMatch(/^epoch 1\/2: loss \d+\.\d+, dev F1 \d+\.\d\d \(best so far\), [\d,]+ tokens\/s$/m);
  for (const control of ['\u001b', '\r', '\b']) expect(stderr).not.toContain(control);
});
