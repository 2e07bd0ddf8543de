import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  await folder.mustRun(['train', 'names.conll', '--dev', 'names.conll', ...SMALL]);
});

test('export --onnx writes a file of the same bytes each time, with tags and vocabulary in it', async () => {
  const { stdout, stderr } = await folder.mustRun(['export', '--onnx', 'names.onnx']);
  expect(stdout).toBe('');
  expect(stderr).toBe('wrote names.onnx\n');
  const bytes = folder.readBytes('names.onnx');
  for (const held of ['rnn-tagger', '"B-PER"', '"London"', 'logits', 'transitions'])
    expect(bytes.includes(held), held).toBe(true);
  await folder.mustRun(['export', '--onnx', 'again.onnx', '--quiet']);
  expect(folder.readBytes('again.onnx').equals(bytes)).toBe(true);
});

test.each([
  [['export'], 2, /nothing to export\n {5}say --onnx FILE, --html FILE or --hub FOLDER/],
  [['export', '--onnx', '-'], 2, /exports are files/],
  [['export', '--onnx', 'model.json'], 2, /both read and written/],
  [['export', '--onnx', 'nowhere/names.onnx'], 1, /nowhere/],
  [['export', '-m', 'none.json', '--onnx', 'names.onnx'], 3, /none\.json.*\n.*rnn train/],
])('rnn %j ends with code %d and says why', async (args, code, message) => {
  const { exitCode, stderr, stdout } = await folder.rnn(args);
  expect(stderr).toMatch(message);
  expect(stdout).toBe('');
  expect(exitCode).toBe(code);
});
