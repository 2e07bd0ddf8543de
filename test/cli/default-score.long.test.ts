import { expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();

test('the default network finds two thirds of the names of the starter corpus: F1 on test is 67 or more', async () => {
  await folder.mustRun(['train']);
  const { stdout } = await folder.mustRun(['eval', '--json', '--quiet']);
  expect(JSON.parse(stdout).f1).toBeGreaterThanOrEqual(0.67);
  const tagged = await folder.mustRun(['tag', 'Harry Potter met Hermione Granger in London .']);
  expect(tagged.stdout).toBe('[Harry Potter](PER) met [Hermione Granger](PER) in [London](LOC) .\n');
});
