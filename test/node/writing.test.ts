import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, lstatSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ExitCode } from '../../src/errors.js';
import { isSameFile } from '../../src/node/files.js';
import { checkWritable, copyWhole, openForWriting, openReplacement, writeWhole } from '../../src/node/writing.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
folder.makeFolder('folder');
folder.write('file', 'old');

const cannotBeWritten = (reason: RegExp): object => ({
  name: 'UserError',
  exitCode: ExitCode.failed,
  message: expect.stringMatching(new RegExp(`: cannot be written: ${reason.source}`)),
  hint: 'name another place with -o',
});

const UNWRITABLE: readonly [string, RegExp][] = [
  ['folder', /it is a folder/],
  ['missing/file', /no such file or folder/],
  ['file/inside', /a part of its path is no folder/],
];

test('a file is written whole, and nothing else stays beside it', async () => {
  await writeWhole(folder.at('new'), 'first');
  await writeWhole(folder.at('new'), 'second');
  expect(folder.read('new')).toBe('second');
  expect(folder.names()).toEqual(['file', 'folder', 'new']);
});

test('a link goes on pointing to the file, which is what is replaced', async () => {
  folder.write('folder/target', 'old');
  symlinkSync('folder/target', folder.at('link'));
  await writeWhole(folder.at('link'), 'new');
  expect(lstatSync(folder.at('link')).isSymbolicLink()).toBe(true);
  expect(readlinkSync(folder.at('link'))).toBe('folder/target');
  expect(folder.read('folder/target')).toBe('new');
});

test.skipIf(process.platform === 'win32')('a device is written as it is', async () => {
  await writeWhole('/dev/null', 'gone');
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
});

test.each(UNWRITABLE)(
  '%s cannot be written: neither before the work, nor whole, nor piece by piece',
  async (name, reason) => {
    const before = folder.names();
    await expect(checkWritable(folder.at(name))).rejects.toMatchObject(cannotBeWritten(reason));
    await expect(writeWhole(folder.at(name), 'x')).rejects.toMatchObject(cannotBeWritten(reason));
    await expect(openForWriting(folder.at(name))).rejects.toMatchObject(cannotBeWritten(reason));
    expect(folder.names()).toEqual(before);
  },
);

test('what can be written passes, and the question leaves no trace', async () => {
  const before = folder.names();
  for (const name of ['file', 'not-yet', 'folder/not-yet']) await checkWritable(folder.at(name));
  expect(folder.names()).toEqual(before);
  expect(folder.read('file')).toBe('old');
});

test('a name that only a folder can have is refused', async () => {
  await expect(checkWritable(folder.at('not-yet/'))).rejects.toMatchObject(cannotBeWritten(/no such file or folder/));
  await expect(checkWritable('')).rejects.toMatchObject(cannotBeWritten(/no such file or folder/));
});

test('piece by piece, a file holds all pieces in their order', async () => {
  folder.write('pieces', 'something longer than what comes');
  const sink = await openForWriting(folder.at('pieces'));
  for (const piece of ['one ', '', 'two ', 'Zoë']) await sink.write(piece);
  await sink.end();
  expect(folder.read('pieces')).toBe('one two Zoë');
});

test('two paths lead to one file, or not', async () => {
  symlinkSync('file', folder.at('other-name'));
  expect(await isSameFile(folder.at('file'), folder.at('./folder/../file'))).toBe(true);
  expect(await isSameFile(folder.at('file'), folder.at('other-name'))).toBe(true);
  folder.write('equal', 'old');
  expect(await isSameFile(folder.at('file'), folder.at('equal'))).toBe(false);
  expect(await isSameFile(folder.at('missing'), folder.at('missing'))).toBe(false);
  expect(await isSameFile('/dev/null', '/dev/null')).toBe(false);
});

describe('a replacement', () => {
  test('stands in its place only when it is finished', async () => {
    folder.write('place', 'old');
    const file = await openReplacement(folder.at('place'));
    for (const piece of ['new', ['er ', 'text'], new TextEncoder().encode('!')]) await file.write(piece);
    expect(folder.read('place')).toBe('old');
    await file.finish();
    expect(folder.read('place')).toBe('newer text!');
  });

  test('leaves no trace where it is given up, or where what gives its content fails', async () => {
    folder.write('place', 'old');
    const before = folder.names();
    const file = await openReplacement(folder.at('place'));
    await file.write('new');
    await file.discard();
    function* failing(): Generator<string> {
      yield 'new';
      throw new Error('no more');
    }
    await expect(writeWhole(folder.at('place'), failing())).rejects.toThrow('cannot be written: no more');
    expect([folder.read('place'), folder.names()]).toEqual(['old', before]);
  });

  test('clears away what killed processes left of theirs, and nothing else', async () => {
    folder.write('mine', 'old');
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    const kept = [`mine.${process.ppid}.tmp`, 'mine.own.tmp', `mine.${dead}.tmp.txt`, `other.${dead}.tmp`];
    for (const name of [`mine.${dead}.tmp`, `mine.${process.pid}.tmp`, ...kept]) folder.write(name, 'half');
    await writeWhole(folder.at('mine'), 'new');
    const left = folder.names().filter((name) => name.includes('.tmp'));
    for (const name of left) rmSync(folder.at(name));
    expect(left).toEqual(kept.sort());
    expect(folder.read('mine')).toBe('new');
  });

  test.skipIf(process.platform === 'win32')(
    'follows no link that lies in its way, and writes into no other file',
    async () => {
      folder.write('victim', 'precious');
      for (const lay of [symlinkSync, linkSync]) {
        lay(folder.at('victim'), folder.at(`mine.${process.pid}.tmp`));
        await writeWhole(folder.at('mine'), 'new');
        expect([folder.read('mine'), folder.read('victim')]).toEqual(['new', 'precious']);
        expect(lstatSync(folder.at('mine')).isFile()).toBe(true);
      }
    },
  );

  test('leaves no trace where the process exits', () => {
    const before = folder.names();
    const module = new URL('../../dist/node/writing.js', import.meta.url).href;
    const script = `const { openReplacement } = await import('${module}');
      const file = await openReplacement('place');
      await file.write('new');
      console.log((await import('node:fs')).readdirSync('.').length);
      process.exit();`;
    const args = ['--input-type=module', '-e', script];
    const there = execFileSync(process.execPath, args, { cwd: folder.path, encoding: 'utf8' });
    expect(Number(there)).toBe(before.length + 1);
    expect([folder.read('place'), folder.names()]).toEqual(['old', before]);
  });

  test.skipIf(process.platform === 'win32')('keeps the permissions of the file', async () => {
    folder.write('script', 'old');
    chmodSync(folder.at('script'), 0o750);
    await writeWhole(folder.at('script'), 'new');
    expect(statSync(folder.at('script')).mode & 0o777).toBe(0o750);
  });
});

test('a copy holds what the file holds', async () => {
  await copyWhole(folder.at('file'), folder.at('copy'));
  expect(folder.read('copy')).toBe(folder.read('file'));
});
