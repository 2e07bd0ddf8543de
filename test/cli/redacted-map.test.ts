import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => folder.learnByHeart(NAMES));

const REDACT = ['tag', '--to', 'redacted', '--style', 'number', '--from', 'jsonl'];
const TEXT = 'Bob Jones left Paris .';
const BOB = `{"text":"${TEXT}"}\n`;
const mapOf = (...documents: number[]): string =>
  documents
    .map(
      (document) =>
        `{"document":${document},"standIn":"[PER-1]","label":"PER","names":["Bob Jones"]}\n` +
        `{"document":${document},"standIn":"[LOC-1]","label":"LOC","names":["Paris"]}\n`,
    )
    .join('');

/** Starts a redaction of an input that does not end, and waits for its first result. */
async function startEndless(args: readonly string[], input = BOB) {
  const child = spawn(process.execPath, [BINARY, ...args], { cwd: folder.path, env: plainEnvironment() });
  child.stdin.on('error', () => {});
  child.stdin.write(input);
  await once(child.stdout, 'data');
  return child;
}

describe.concurrent('the map holds the names of what was written where a run ends early:', () => {
  test.each([
    ['jsonl', BOB, 'records.jsonl'],
    ['lines', `${TEXT}\n`, 'lines.jsonl'],
  ])('by Ctrl-C, --from %s', async (from, input, map) => {
    const child = await startEndless([...REDACT, '--map', map, '--from', from], input);
    child.kill('SIGINT');
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(130);
    expect(folder.read(map)).toBe(mapOf(1));
    expect(folder.names().filter((name) => name.startsWith(map))).toEqual([map]);
  });

  test('by a reader that leaves', async () => {
    const child = await startEndless([...REDACT, '--map', 'left.jsonl']);
    child.stdout.destroy();
    child.stdin.write(BOB);
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(0);
    expect(folder.read('left.jsonl')).toContain(mapOf(1));
  });

  test('by a record that cannot be read', async () => {
    const { stdout, exitCode } = await folder.rnn([...REDACT, '--map', 'broken.jsonl'], { input: `${BOB}${BOB}no\n` });
    expect([stdout, exitCode]).toEqual(['[PER-1] left [LOC-1] .\n'.repeat(2), 3]);
    expect(folder.read('broken.jsonl')).toBe(mapOf(1, 2));
  });
});

test.concurrent('results that are given up leave no map, and the one that was there in its place', async () => {
  const args = [...REDACT, '--map', 'given-up.jsonl', '-o', 'given-up.txt'];
  folder.write('given-up.jsonl', 'older\n');
  const { exitCode } = await folder.rnn(args, { input: `${BOB.repeat(2000)}no\n` });
  expect(exitCode).toBe(3);
  expect(folder.read('given-up.jsonl')).toBe('older\n');
  expect(folder.names().filter((name) => name.startsWith('given-up'))).toEqual(['given-up.jsonl']);
});

test.concurrent('a map that was there is kept, and told, also where there is no name now', async () => {
  folder.write('old.jsonl', 'older\n');
  const { stderr } = await folder.mustRun([...REDACT, '--map', 'old.jsonl'], {
    input: '{"text":"The bank closed ."}\n',
  });
  expect(stderr).toBe('old.jsonl was there: it is kept as old.jsonl.bak\n');
  expect(folder.read('old.jsonl')).toBe('');
  expect(folder.read('old.jsonl.bak')).toBe('older\n');
});
