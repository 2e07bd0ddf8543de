import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['train', 'names.conll', ...SMALL]);
});

describe.concurrent('- is stdin:', () => {
  test.each([
    ['vocab', ['vocab', '-'], NAMES, /^corpus +3 sentences, 15 tokens/],
    ['vocab --dev', ['vocab', 'names.conll', '--dev', '-'], 'Anna O\nslept O\n', /^unknown +50\.00 %/m],
    ['eval', ['eval', '-'], NAMES, /^3 sentences, 15 tokens/m],
    ['tag', ['tag', '-', '--to', 'conll'], 'Anna left\n', /^Anna\t\S+\nleft\t\S+\n\n$/],
    ['tag, unsaid', ['tag', '--to', 'conll'], 'Anna left\n', /^Anna\t\S+\nleft\t\S+\n\n$/],
    ['tag --file', ['tag', '--file', '-', '--to', 'conll'], 'Anna left\n', /^Anna\t\S+\nleft\t\S+\n\n$/],
  ])('%s', async (_, args, input, result) => {
    expect((await folder.mustRun(args, { input })).stdout).toMatch(result);
  });

  test('train and -m', async () => {
    await folder.mustRun(['train', '-', ...SMALL, '-o', 'other.json'], { input: NAMES });
    expect(folder.read('other.json')).toBe(folder.read('model.json'));
    const [expected, run] = await Promise.all([
      folder.mustRun(['tag', 'Anna left .']),
      folder.mustRun(['tag', '-m', '-', 'Anna left .'], { input: folder.read('model.json') }),
    ]);
    expect(run).toEqual(expected);
  });
});

test.skipIf(process.platform === 'win32')('a folder as stdin is one message and exit code 3', async () => {
  for (const args of [['tag'], ['tag', '-m', '-', 'Anna'], ['vocab', '-'], ['convert', '-', '--to', 'jsonl']]) {
    const child = spawn(process.execPath, [BINARY, ...args], {
      cwd: folder.path,
      stdio: [openSync('.', 'r'), 'pipe', 'pipe'],
    });
    const [output, message] = await Promise.all([text(child.stdout as Readable), text(child.stderr as Readable)]);
    expect([output, message.split('\n')[0]]).toEqual(['', 'rnn: stdin: it is a folder']);
    expect(child.exitCode ?? (await once(child, 'close'))[0]).toBe(3);
  }
});

describe.concurrent('- is stdout:', () => {
  test('train prints the checkpoint there, and the scores on stderr', async () => {
    const { stdout, stderr } = await folder.mustRun(['train', 'names.conll', ...SMALL, '-o', '-']);
    expect(stdout).toBe(folder.read('model.json'));
    expect(stderr).toMatch(/^dev +precision +recall +F1/m);
    expect(stderr).not.toContain('wrote');
  });

  test('vocab prints the vocabulary there, and the figures on stderr', async () => {
    const { stdout, stderr } = await folder.mustRun(['vocab', 'names.conll', '-o', '-']);
    expect(JSON.parse(stdout).words).toContain('london');
    expect(stderr).toMatch(/^corpus +3 sentences/);
  });

  test('tag and eval print there what they print anyway', async () => {
    for (const args of [
      ['tag', 'Anna left .'],
      ['eval', 'names.conll'],
    ]) {
      expect(await folder.mustRun([...args, '-o', '-'])).toEqual(await folder.mustRun(args));
    }
  });
});

describe.concurrent('gzip is read as it is:', () => {
  const zipped = import('node:zlib').then(({ gzipSync }) => gzipSync(NAMES));

  test('from a file, whatever its name', async () => {
    folder.write('names.bin', await zipped);
    const result = /^corpus +3 sentences, 15 tokens|^3 sentences, 15 tokens|^lives\tO/m;
    for (const args of [['vocab'], ['eval'], ['tag', '--file']]) {
      expect((await folder.mustRun([...args, 'names.bin'])).stdout.replace(/[[\]]|\([A-Z]+\)/g, '')).toMatch(result);
    }
  });

  test('from stdin', async () => {
    const input = await zipped;
    expect((await folder.mustRun(['vocab', '-'], { input })).stdout).toMatch(/^corpus +3 sentences/);
    expect((await folder.mustRun(['tag', '--from', 'conll', '--to', 'conll'], { input })).stdout).toMatch(/^Bob\t/m);
  });

  test('as a checkpoint', async () => {
    const { gzipSync } = await import('node:zlib');
    folder.write('model.json.gz', gzipSync(folder.read('model.json')));
    const { stdout } = await folder.mustRun(['tag', '-m', 'model.json.gz', 'Anna left .']);
    expect(stdout).toMatch(/left/);
  });
});
