import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();
const sentence = 'Bob Jones left Paris .';
const plain = '[Bob Jones](PER) left [Paris](LOC) .\n';

beforeAll(() => folder.learnByHeart(NAMES));

/** What stands on a stream, with escapes shown. */
async function tagged(env: Record<string, string>, ...options: string[]): Promise<string> {
  const { stdout } = await folder.mustRun(['tag', sentence, ...options], { env });
  return stdout.replaceAll('\u001b', '<ESC>');
}

test.concurrent('without a terminal there is no colour', async () => {
  expect(await tagged({})).toBe(plain);
  const { stderr } = await folder.rnn(['tag', '-m', 'missing.json', 'x']);
  expect(stderr).not.toContain('\u001b');
});

test.concurrent('FORCE_COLOR paints names in a pipe, in the colours of their labels', async () => {
  const painted = await tagged({ FORCE_COLOR: '1' });
  expect(painted).toMatch(/^<ESC>\[33m.*Bob Jones.*PER.* left <ESC>\[36m.*Paris.*LOC.* \.\n$/);
  expect(painted).not.toContain('](');
});

test.concurrent('a label has one colour, whatever comes first, on terminals and on pages', async () => {
  const env = { FORCE_COLOR: '1' };
  const { stdout } = await folder.mustRun(['tag', 'Anna lives in London .', sentence], { env });
  expect(stdout.replaceAll('\u001b', '<ESC>')).toMatch(
    /<ESC>\[36m.*London.*LOC.*\n<ESC>\[33m.*Bob Jones.*PER.*<ESC>\[36m.*Paris/,
  );
  const html = await folder.mustRun(['tag', sentence, '--to', 'html']);
  const hues = [...html.stdout.matchAll(/--hue:(\d+)"[^>]*>[^<]*<b>(\w+)/g)].map(([, hue, label]) => `${label} ${hue}`);
  expect(new Set(hues)).toEqual(new Set(['LOC 210', 'PER 35']));
});

test.concurrent('FORCE_COLOR paints errors', async () => {
  const { stderr } = await folder.rnn(['tag', '-m', 'missing.json', 'x'], { env: { FORCE_COLOR: '1' } });
  expect(stderr.startsWith('\u001b[31mrnn:\u001b[39m missing.json')).toBe(true);
});

test.concurrent('NO_COLOR and FORCE_COLOR=0 leave both streams plain', async () => {
  expect(await tagged({ NO_COLOR: '1' })).toBe(plain);
  expect(await tagged({ FORCE_COLOR: '0' })).toBe(plain);
});

test.concurrent('files and formats for programs are never painted', async () => {
  const env = { FORCE_COLOR: '1' };
  await folder.mustRun(['tag', sentence, '-o', 'tagged.txt'], { env });
  expect(folder.read('tagged.txt')).toBe(plain);
  for (const to of ['conll', 'jsonl']) expect(await tagged(env, '--to', to)).not.toContain('<ESC>');
});
