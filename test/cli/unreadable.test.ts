import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

/** Root reads every file: there, someone else runs the command. */
const NOBODY = 65_534;
const uid = process.getuid?.() === 0 ? NOBODY : undefined;
const runs =
  process.platform !== 'win32' &&
  spawnSync(process.execPath, [BINARY, '--version'], uid === undefined ? {} : { uid, gid: uid }).status === 0;

beforeAll(() => {
  chmodSync(folder.path, 0o755);
  folder.write('readable.conll', NAMES);
  for (const file of ['secret.conll', 'secret.json', 'secret.ann', 'secret.txt']) {
    folder.write(file, NAMES);
    chmodSync(folder.at(file), 0);
  }
  folder.makeFolder('locked');
  chmodSync(folder.at('locked'), 0);
});

describe.skipIf(!runs)('a file that may not be read (skipped where nobody else can run the command)', () => {
  test.concurrent.each(
    [
      ['check', 'secret.conll'],
      ['convert', 'secret.conll', '--to', 'tokens'],
      ['vocab', 'secret.conll'],
      ['train', 'secret.conll', '-o', '-'],
      ['train', 'readable.conll', '--dev', 'secret.conll', '-o', '-'],
      ['eval', 'readable.conll', '-m', 'secret.json'],
      ['eval', '--pairs', 'secret.conll'],
      ['tag', '-m', 'secret.json', 'x'],
      ['convert', 'secret.ann', '--to', 'tokens'],
      ['check', 'locked/one.conll'],
    ].map((args) => [args]),
  )('rnn %j: one message and exit code 3', async (args) => {
    const { stdout, stderr, exitCode } = await folder.rnn(args, { uid });
    expect([stdout, exitCode], stderr).toEqual(['', 3]);
    expect(stderr).toMatch(/^rnn: (?:secret|locked)[^\n]*: permission denied\n(?: {5}run "rnn train" first, .*\n)?$/);
  });

  test('is read by nobody, though others are', async () => {
    expect((await folder.rnn(['check', 'readable.conll'], { uid })).exitCode).toBe(0);
  });

  test('a folder that may not be listed', async () => {
    const { stderr, exitCode } = await folder.rnn(['convert', 'locked', '--to', 'tokens'], { uid });
    expect([stderr, exitCode]).toEqual([expect.stringMatching(/^rnn: locked: permission denied\n$/), 3]);
  });
});
