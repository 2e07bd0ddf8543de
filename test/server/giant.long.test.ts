import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { killServers, type Server, startServer } from '../helpers/server.js';

const folder = new Folder();
let server: Server;

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  server = await startServer(folder, '--max-body', '50000000', '--timeout', '5');
});

afterAll(killServers);

const MOST = 49_000_000;
const RECORD = '{"text":"Anna Smith lives in London."}';

const repeated = (open: string, part: string, last: string, size: number): string =>
  `${open}${part.repeat((size - open.length - last.length) / part.length)}${last}`;

/** Bodies, and what they may be answered. */
const GIANTS: Readonly<Record<string, readonly [body: string, statuses: readonly number[]]>> = {
  'a text of 1 MB': [repeated('{"text":"', 'Anna left. ', '"}', 990_000), [200, 503]],
  'a word of 1 MB': [repeated('{"text":"', 'x', '"}', 990_000), [200, 503]],
  'a text of 49 MB': [repeated('{"text":"', 'Anna left. ', '"}', MOST), [400]],
  'records without an end': [repeated('[', `${RECORD},`, `${RECORD}]`, MOST), [503]],
  'lists in lists': [repeated('', '[', '', MOST), [400, 503]],
  'a million empty lists': [repeated('[', '[],', '[]]', MOST), [400, 503]],
  'a million fields': [repeated('{', '"a":1,', '"text":""}', MOST), [400, 503]],
};

/** The processor time of the thread that answers, in milliseconds. */
function processorTime(): number {
  const { pid } = server.process;
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

/**
 * The longest time for which `/health` is kept waiting while a body is answered, in milliseconds of the processor: other
 * programs may take it from the server for longer.
 */
async function longestWait(body: string, statuses: readonly number[]): Promise<number> {
  folder.write('body.json', body);
  const sent = execa(
    'curl',
    ['-s', '-w', '%{http_code}', '-o', 'answer', '--data-binary', '@body.json', `${server.url}tag`],
    {
      cwd: folder.path,
    },
  );
  let isAnswered = false;
  const answered = sent.then(({ stdout }) => {
    isAnswered = true;
    return Number(stdout);
  });
  let longest = 0;
  while (!isAnswered) {
    const start = processorTime();
    await (await fetch(`${server.url}health`)).text();
    longest = Math.max(longest, processorTime() - start);
    await setTimeout(5);
  }
  expect(statuses).toContain(await answered);
  return longest;
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe.runIf(process.platform === 'linux' && hasCurl)(
  'no giant keeps /health waiting for over 100 ms, nor ends the server',
  () => {
    test.each(Object.entries(GIANTS))('%s', async (_, [body, statuses]) => {
      const longest = await longestWait(body, statuses);
      process.stderr.write(`/health waited for ${longest.toFixed(1)} ms\n`);
      expect(longest).toBeLessThan(100);
      await expect.poll(async () => (await server.tag(RECORD)).status, { timeout: 60_000, interval: 500 }).toBe(200);
    });
  },
);
