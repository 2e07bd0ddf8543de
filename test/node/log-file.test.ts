import { renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LogFile } from '../../src/node/log-file.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const fail = (error: Error): never => {
  throw error;
};

test('lines are added to what is there, also after the file was moved away and opened again', async () => {
  folder.write('log', '{"line":0}\n');
  const log = new LogFile(folder.at('log'), fail);
  log.write({ line: 1 });
  await expect.poll(() => folder.read('log')).toBe('{"line":0}\n{"line":1}\n');
  renameSync(folder.at('log'), folder.at('log.1'));
  log.write({ line: 2 });
  log.reopen();
  log.write({ line: 3, text: 'a\nb' });
  await log.close();
  await expect.poll(() => folder.read('log.1')).toBe('{"line":0}\n{"line":1}\n{"line":2}\n');
  expect(folder.read('log')).toBe('{"line":3,"text":"a\\nb"}\n');
});

test('lines that come faster than the disk takes them are left out, and their number is told, at the end too', async () => {
  const text = 'x'.repeat(1_000_000);
  for (const name of ['flood', 'flood-at-the-end']) {
    const log = new LogFile(folder.at(name), fail);
    let written = 20;
    for (let line = 0; line < written; line++) log.write({ line, text });
    const isTold = (): boolean => {
      log.write({ line: written++ });
      return folder.read(name).includes('leftOutBefore');
    };
    if (name === 'flood') await expect.poll(isTold, { timeout: 10_000 }).toBe(true);
    await log.close();
    const lines: { line?: number; leftOutBefore?: number }[] = folder
      .read(name)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const leftOut = lines.reduce((sum, { leftOutBefore = 0 }) => sum + leftOutBefore, 0);
    expect(leftOut).toBeGreaterThan(0);
    expect(leftOut + lines.filter(({ line }) => line !== undefined).length).toBe(written);
  }
});

test('a file that cannot be written is told of, and closing does not wait for it', async () => {
  const errors: string[] = [];
  const log = new LogFile(folder.at('none/log'), ({ message }) => errors.push(message));
  log.write({ line: 1 });
  await expect.poll(() => errors.length).toBeGreaterThan(0);
  log.write({ line: 2 });
  await log.close();
  expect(errors[0]).toMatch('ENOENT');
});
