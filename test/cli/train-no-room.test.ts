import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const DISK = 'disk';
const hasDisk = mountDisk();

/** A disk of its own of a megabyte, where this system lets us have one. */
function mountDisk(): boolean {
  folder.makeFolder(DISK);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder.at(DISK)]);
  return mounted.status === 0;
}

beforeAll(() => {
  folder.write('names.conll', NAMES);
  folder.makeFolder('refuge');
});

afterAll(() => {
  if (hasDisk) execFileSync('umount', [folder.at(DISK)]);
});

/** Leaves so many bytes of the disk. */
function fillBut(bytes: number): void {
  rmSync(folder.at(`${DISK}/filler`), { force: true });
  const { bavail, bsize } = statfsSync(folder.at(DISK));
  writeFileSync(folder.at(`${DISK}/filler`), Buffer.alloc(bavail * bsize - bytes));
}

function savedPlace(stderr: string): string {
  return /the model was saved as (\S+): copy it from there/.exec(stderr)?.[1] ?? 'nowhere';
}

const env = { TMPDIR: folder.at('refuge') };

describe.skipIf(!hasDisk)('on a full disk (left out where none can be mounted)', () => {
  const TRAIN = ['train', 'names.conll', ...SMALL, '-o', join(DISK, 'model.json')];

  test('the old checkpoint survives, the new one is saved elsewhere, and the message says where', async () => {
    writeFileSync(folder.at(`${DISK}/model.json`), 'of before');
    fillBut(0);
    const { stderr, exitCode } = await folder.rnn(TRAIN, { env });
    expect(exitCode).toBe(1);
    expect(stderr.match(/^warning: .*state: cannot be written: the disk is full/gm)).toHaveLength(1);
    expect(stderr).toMatch(/^rnn: disk\/model\.json: cannot be written: the disk is full$/m);
    expect(folder.read(`${DISK}/model.json`)).toBe('of before');
    await folder.mustRun(['tag', '-m', savedPlace(stderr), 'Anna left .']);
  });

  test('with room for the checkpoint alone, training ends well', async () => {
    const large = ['--hidden', '64', '--optimizer', 'adam', '--average', '0.9'];
    fillBut(60_000);
    const narrow = await folder.mustRun([...TRAIN, ...large], { env });
    expect(narrow.stderr).toMatch(/^warning: .*state: cannot be written: the disk is full/m);
    fillBut(300_000);
    const roomy = await folder.mustRun([...TRAIN, ...large], { env });
    expect(roomy.stderr).not.toContain('cannot be written');
  });

  test('that is read-only, nothing is trained', async () => {
    execFileSync('mount', ['-o', 'remount,ro', folder.at(DISK)]);
    const { stderr, exitCode } = await folder.rnn(TRAIN);
    execFileSync('mount', ['-o', 'remount,rw', folder.at(DISK)]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('cannot be written: the file system is read-only');
  });
});

test('where the folder vanishes in the middle, the model is saved elsewhere', async () => {
  folder.makeFolder('gone');
  const args = ['train', 'names.conll', ...SMALL, '--epochs', '400', '-o', 'gone/model.json'];
  const child = spawn(process.execPath, [BINARY, ...args], { cwd: folder.path, env: plainEnvironment(env) });
  let stderr = '';
  child.stderr.on('data', (piece) => {
    if (stderr === '') rmSync(folder.at('gone'), { recursive: true });
    stderr += piece;
  });
  const [exitCode] = await once(child, 'close');
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^rnn: gone\/model\.json: cannot be written: no such file or folder$/m);
  await folder.mustRun(['tag', '-m', savedPlace(stderr), 'Anna left .']);
});
