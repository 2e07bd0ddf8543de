import { describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';
import { GOLDEN, sha256Of } from '../helpers/golden.js';

const folder = new Folder();

describe.each(GOLDEN)('$network', ({ args, sha256 }) => {
  test.each(['1', '2', '8'])('writes the very bytes that it always wrote, with %s threads', async (workers) => {
    await folder.mustRun(['train', ...args, '--workers', workers, '-o', `${workers}.json`, '--quiet']);
    expect(sha256Of(folder.read(`${workers}.json`))).toBe(sha256);
  });
});

test('where the corpus and the checkpoint lie, and what they are called, is not in the bytes', async () => {
  folder.makeFolder('elsewhere');
  folder.write('names.conll', NAMES);
  folder.write('elsewhere/other.txt', NAMES);
  await folder.mustRun(['train', 'names.conll', ...SMALL, '--workers', '1']);
  await folder.mustRun([
    'train',
    'elsewhere/other.txt',
    ...SMALL,
    '-o',
    'elsewhere/m.json',
    '--workers',
    '2',
    '--json',
  ]);
  expect(folder.read('elsewhere/m.json')).toBe(folder.read('model.json'));
});
