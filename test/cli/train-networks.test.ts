import { beforeAll, expect, test } from 'vitest';
import { BY_HEART, Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
const TRAIN = ['train', 'names.conll', '--dev', 'names.conll', ...BY_HEART, '--epochs', '20'];

let progress = '';

beforeAll(async () => {
  folder.write('names.conll', NAMES);
  ({ stderr: progress } = await folder.mustRun([...TRAIN, '--networks', '2', '-o', 'two.json']));
  await folder.mustRun([...TRAIN, '--seed', '2', '-o', 'second.json']);
});

test('--networks 2 trains with two seeds, and keeps both networks in one checkpoint', () => {
  const { parameters, others } = JSON.parse(folder.read('two.json'));
  const second = JSON.parse(folder.read('second.json'));
  expect(others).toEqual([{ history: second.history, parameters: second.parameters }]);
  expect(parameters).not.toEqual(second.parameters);
});

test('what is said at the end names the best epoch of both', () => {
  const { history, others } = JSON.parse(folder.read('two.json'));
  const epochs = [history, others[0].history].map(({ bestEpoch }) => bestEpoch);
  expect(progress).toContain(`2 networks’ best epochs: ${epochs.join(', ')} of 20; `);
});

test('tag and eval use both', async () => {
  const { stdout } = await folder.mustRun(['eval', 'names.conll', '-m', 'two.json', '--json']);
  expect(JSON.parse(stdout).f1).toBeGreaterThan(0);
  expect((await folder.mustRun(['tag', '-m', 'two.json', 'Anna left .'])).stdout).toMatch(/^\S.*\n$/);
});
