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

test('lines that come faster than the disk takes them are left out, and their number is told', async () => {
  const log = new LogFile(folder.at('flood'), fail);
  const text = 'x'.repeat(1_000_000);
  for (let line = 0; line < 20; line++) log.write({ line, text });
  await expect.poll(() => folder.read('flood').length).toBeGreaterThan(16_000_000);
  log.write({ line: 20 });
  await log.close();
  const lines = folder.read('flood').trim().split('\n');
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ line: 20, leftOutBefore: 20 - (lines.length - 1) });
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
