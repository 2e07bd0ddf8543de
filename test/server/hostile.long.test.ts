import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { Folder, NAMES } from '../helpers/cli.js';
import { killServers, type Server, sendRaw, startServer, statusOf } from '../helpers/server.js';

const folder = new Folder();
let server: Server;

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  server = await startServer(folder, '--timeout', '1', '--max-body', '20000');
});

afterAll(killServers);

const GOOD = '{"text":"Anna Smith lives in London."}';

const post = (body: string | Uint8Array, length: number | string = Buffer.byteLength(body)): Buffer =>
  Buffer.concat([
    Buffer.from(`POST /tag HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`),
    Buffer.from(body),
  ]);

/** What is sent, by chance, and the answers that are sensible. */
const KINDS: Readonly<Record<string, { make(random: Random): Buffer; answers: readonly string[] }>> = {
  'bytes of chance': { make: (random) => post(bytes(random, random.below(300))), answers: ['400'] },
  'broken JSON': { make: (random) => post(GOOD.slice(0, random.below(GOOD.length))), answers: ['400'] },
  'deep JSON': {
    make: (random) => post('[{"text":'[random.below(2)].repeat(200 + random.below(9000))),
    answers: ['400'],
  },
  'JSON of another shape': {
    make: (random) =>
      post(['null', '5', '"a"', '[[]]', '{"tokens":[5]}', '{"text":{}}', '{"tokens":[""]}'][random.below(7)]),
    answers: ['400'],
  },
  '__proto__ and the like': {
    make: (random) => post(`{"${['__proto__', 'constructor', 'toString'][random.below(3)]}":{"text":1},"text":"Anna"}`),
    answers: ['400'],
  },
  'too large': { make: (random) => post('x'.repeat(20_001 + random.below(100_000))), answers: ['413'] },
  'said to be huge': { make: (random) => post('x', `${9 + random.below(9)}`.repeat(9)), answers: ['413'] },
  'a false length': { make: () => post(GOOD, '-5'), answers: ['400'] },
  'less than it says': { make: (random) => post(GOOD, 100 + random.below(100)), answers: ['408'] },
  'half a head': { make: (random) => post(GOOD).subarray(0, random.below(40)), answers: ['408'] },
  'other methods': {
    make: (random) =>
      Buffer.from(
        `${['GET', 'PUT', 'DELETE', 'TRACE', 'OPTIONS', 'PATCH'][random.below(6)]} /tag HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      ),
    answers: ['405'],
  },
  'other paths': {
    make: (random) =>
      Buffer.from(
        `GET /${['../../etc/passwd', '%00', '%ff%fe', 'a'.repeat(4000), '?%'][random.below(4)]} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
      ),
    answers: ['404'],
  },
  'models that are not': {
    make: (random) =>
      Buffer.from(
        `POST /tag/${['x', '%2f', '__proto__', 'a'.repeat(3000)][random.below(4)]}/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      ),
    answers: ['404'],
  },
  'options of another kind': {
    make: (random) =>
      post(
        `{"text":"Anna","${['top', 'to', 'minConfidence', 'style', 'id'][random.below(5)]}":${['[]', '{"a":1}', 'true', '-1e999'][random.below(4)]}}`,
      ),
    answers: ['400'],
  },
  'no HTTP': {
    make: (random) => Buffer.concat([Buffer.from('x'), bytes(random, 50), Buffer.from('\r\n\r\n')]),
    answers: ['400'],
  },
  'a huge head': {
    make: () => Buffer.from(`GET /health HTTP/1.1\r\nHost: localhost\r\nA: ${'a'.repeat(30_000)}\r\n\r\n`),
    answers: ['431'],
  },
  'odd characters': {
    make: () => post('{"text":"\\ud800\\u0000\\u202e \u200d \u{1F468}\u200d\u{1F469} \\uffff"}'),
    answers: ['200'],
  },
};

function bytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => 128 + random.below(128)));
}

test('1,000 hostile requests get a sensible answer each, and then a good one is answered as ever', async () => {
  const random = new Random(7);
  const before = await (await server.tag(GOOD)).text();
  const names = Object.keys(KINDS);
  const requests = Array.from({ length: 1000 }, (_, index) => {
    const name = names[index % names.length];
    return { name, sent: KINDS[name].make(random) };
  });
  const counts: Record<string, Record<string, number>> = {};
  const work = requests.values();
  const send = async (): Promise<void> => {
    for (const { name, sent } of work) {
      const status = statusOf(await sendRaw(server, sent, 10_000));
      counts[name] ??= {};
      counts[name][status] = (counts[name][status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 40 }, send));
  process.stderr.write(`${JSON.stringify(counts, null, 1)}\n`);
  for (const [name, { answers }] of Object.entries(KINDS))
    expect({ name, found: Object.keys(counts[name]) }).toEqual({ name, found: answers });
  expect(await (await server.tag(GOOD)).text()).toBe(before);
  expect(server.stderr()).toBe(`listening on ${server.url} (Ctrl-C ends)\n`);
}, 300_000);

test('ten times the load limit for a minute: answers are right or 429, and memory does not grow', async () => {
  const loaded = await startServer(folder, '--max-requests', '16');
  const expected = await (await loaded.tag(GOOD)).text();
  const megabytes = (): number =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${loaded.process.pid}/status`, 'utf8'))?.[1]) / 1024;
  const statuses: Record<number, number> = {};
  const load = async (seconds: number): Promise<void> => {
    const end = performance.now() + 1000 * seconds;
    const client = async (): Promise<void> => {
      while (performance.now() < end) {
        const answer = await loaded.tag(GOOD);
        const text = await answer.text();
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status === 200 && text !== expected) throw new Error(`wrong answer: ${text}`);
      }
    };
    await Promise.all(Array.from({ length: 160 }, client));
  };
  await load(10);
  const early = megabytes();
  await load(50);
  const late = megabytes();
  process.stderr.write(`${JSON.stringify({ statuses, early, late })}\n`);
  expect(Object.keys(statuses)).toEqual(['200', '429']);
  expect(late).toBeLessThan(early + 40);
}, 300_000);
