import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { killServers, type Server, sendRaw, startServer, statusOf, stop } from '../helpers/server.js';

const folder = new Folder();
let server: Server;

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  server = await startServer(folder, '--timeout', '2', '--max-body', '20000');
}, 60_000);

afterAll(killServers);

const RECORDS = [
  '{"text":"Anna Smith lives in London."}',
  '{"id":12345678901234567890,"tokens":["Bob","Jones","left","Paris","."],"meta":{"a":[1,2]}}',
  '{"text":""}',
  '{"text":"\\u0000\\ud800 x","meta":{"__proto__":{"a":1},"constructor":2}}',
];

test.each(RECORDS)('POST /tag answers %s as rnn tag does, to the byte', async (record) => {
  const { stdout } = await folder.mustRun(['tag', '--from', 'jsonl', '--json'], { input: `${record}\n` });
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', '']) {
    const answer = await server.tag(record, { 'Content-Type': type });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch('application/json');
    expect(await answer.text()).toBe(stdout);
  }
});

test('a list of records gets a list of answers, in order', async () => {
  const records = [...RECORDS.slice(0, 1), ...RECORDS.slice(2, 3), ...RECORDS.slice(0, 1)];
  const answers = await (await server.tag(`[${records.join(',')}]`)).json();
  expect(answers).toHaveLength(3);
  expect(answers[0]).toEqual(await (await server.tag(RECORDS[0])).json());
  expect(answers[0].spans[0]).toMatchObject({ label: 'PER', text: 'Anna Smith' });
  expect(answers[1]).toEqual({ text: '', tokens: [], spans: [] });
  expect(answers[2]).toEqual(answers[0]);
  expect(await (await server.tag(' [] ')).json()).toEqual([]);
});

test('records of a list keep id and meta to the digit', async () => {
  const list = `[ ${RECORDS[1]} ,{"meta":{"a":1.0,"a":2e1},"text":"Bob, left ]","id":"[,]"}]`;
  const answer = await (await server.tag(list)).text();
  expect(answer).toMatch(/^\[\{"id":12345678901234567890,"meta":\{"a":\[1,2\]\},"text"/);
  expect(answer).toContain('{"meta":{"a":1.0,"a":2e1},"id":"[,]","text":"Bob, left ]"');
});

test('what comes at once is answered each with its own', async () => {
  const texts = Array.from({ length: 200 }, (_, index) => `Anna Smith ${index} left Paris.`);
  const answers = await Promise.all(texts.map(async (text) => (await server.tag(JSON.stringify({ text }))).json()));
  expect(answers.map(({ text }) => text)).toEqual(texts);
});

test.each([
  ['{bad', 400, /expected JSON/],
  ['', 400, /expected JSON/],
  ['[1]', 400, /record 1: expected an object/],
  ['{"text":5}', 400, /expected a text as "text"/],
  ['{}', 400, /"text" or "tokens"/],
  [Uint8Array.of(0x7b, 0xff), 400, /UTF-8/],
  ['['.repeat(10_000), 400, /nested/],
  [`{"text":"${'x'.repeat(20_000)}"}`, 413, /over 20000 bytes/],
])('bad body number %#', async (body, status, message) => {
  const answer = await server.tag(body);
  expect(answer.status).toBe(status);
  expect((await answer.json()).error).toMatch(message);
});

test('a body of unknown length that grows too large is answered 413', async () => {
  const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`;
  const head = 'POST /tag HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n';
  expect(statusOf(await sendRaw(server, head + chunk.repeat(20), 1500))).toBe('413');
});

test('other methods and paths are told what there is', async () => {
  const get = await fetch(`${server.url}tag`);
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  expect((await fetch(server.url, { method: 'DELETE' })).status).toBe(405);
  expect((await fetch(`${server.url}../etc/passwd`)).status).toBe(404);
  expect((await fetch(`${server.url}health`, { method: 'HEAD' })).status).toBe(200);
  expect(await (await fetch(`${server.url}health`)).json()).toMatchObject({ status: 'ok', requests: 0 });
});

test('no answer hints at options of the command, which are of no use to who asks', async () => {
  const bodies = ['{}', '7', '[', '[1]', 'no JSON', '{"text":1}', '{"tokens":[1]}', '{"text":"a","tokens":["b"]}'];
  const answers = [
    ...(await Promise.all(bodies.map((body) => server.tag(body)))),
    await server.tag('{"text":"a"}', { Origin: 'https://example.org' }),
  ];
  for (const answer of answers) {
    expect(answer.ok).toBe(false);
    const { error, hint } = await answer.json();
    expect(`${error} ${hint}`).not.toMatch(/--\w/);
    expect(hint).toMatch(/^(?:send \{"text"|leave out|rnn help)/);
  }
});

test('pages of other origins get nothing unless they are allowed', async () => {
  const origin = 'https://example.org';
  const denied = await server.tag(RECORDS[0], { Origin: origin });
  expect(denied.status).toBe(403);
  expect(denied.headers.get('access-control-allow-origin')).toBeNull();
  expect((await server.tag(RECORDS[0], { Origin: new URL(server.url).origin })).status).toBe(200);
  const open = await startServer(folder, '--allow-origin', origin);
  const allowed = await open.tag(RECORDS[0], { Origin: origin });
  expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  expect((await open.tag(RECORDS[0], { Origin: 'https://example.com' })).status).toBe(403);
  expect(await stop(open, 'SIGTERM')).toBe(0);
});

/** The status of what is asked for on a connection of its own, by a page whose host has that name. */
const statusUnder = async (asked: Server, host: string, path = 'model.json'): Promise<string> =>
  statusOf(await sendRaw(asked, `GET /${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 5000));

test('a page under another name that leads here gets nothing, not even the model', async () => {
  const { port } = new URL(server.url);
  const rebound = `GET /model.json HTTP/1.1\r\nHost: evil.example:${port}\r\nOrigin: http://evil.example:${port}\r\n\r\n`;
  const answer = await sendRaw(server, rebound, 500);
  expect(statusOf(answer)).toBe('403');
  expect(answer).toMatch(/evil\.example:\d+ is no name of this server.*rnn help operations/);
  for (const path of ['', 'health', 'tagger.js', 'tag', 'other'])
    expect(await statusUnder(server, 'evil.example', path)).toBe('403');
  for (const host of ['localhost', `127.0.0.1:${port}`, '192.168.7.7', `[::1]:${port}`])
    expect(await statusUnder(server, host)).toBe('200');
  const named = await startServer(folder, '--host', 'localhost', '--allow-origin', 'https://names.example.org');
  expect(await statusUnder(named, 'names.example.org')).toBe('200');
  expect(await statusUnder(named, 'example.org')).toBe('403');
});

test('a program that speaks HTTP/1.0 and names no host is answered', async () => {
  const body = RECORDS[0];
  const head = `POST /tag HTTP/1.0\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const answer = await sendRaw(server, head + body, 5000);
  expect(statusOf(answer)).toBe('200');
  expect(answer).toContain('"text":"Anna Smith"');
});

test('450 requests that do not end keep nobody out', async () => {
  const patient = await startServer(folder, '--max-requests', '4');
  const half = `POST /tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{`;
  const open = Promise.all(Array.from({ length: 450 }, () => sendRaw(patient, half, 3000)));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  for (let count = 0; count < 10; count++) expect((await patient.tag(RECORDS[0])).status).toBe(200);
  await open;
});

test('bodies may be large if that is wished, and the oldest of too many that do not end is given up', async () => {
  const roomy = await startServer(folder, '--max-body', '50000000', '--max-requests', '2');
  const record = { text: `Anna${' '.repeat(900_000)}left.` };
  expect((await roomy.tag(JSON.stringify([record, record, record]))).status).toBe(200);
  const long = await roomy.tag(JSON.stringify({ text: ' '.repeat(1_000_000) }));
  expect([long.status, (await long.json()).error]).toEqual([400, 'body: a record is at most 1 MB long']);
  const half = `POST /tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n{`;
  const oldest = sendRaw(roomy, half, 5000);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const others = Promise.all(Array.from({ length: 5 }, () => sendRaw(roomy, half, 1000))); // 256 MB have room for five
  expect(statusOf(await oldest)).toBe('429');
  expect((await roomy.tag(RECORDS[0])).status).toBe(200);
  await others;
});

test('a request that does not arrive in time is answered 408', async () => {
  const cut = ['POST /tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{', 'POST /tag HTTP/1.1\r\nHo'];
  const answers = await Promise.all(cut.map((each) => sendRaw(server, each, 8000)));
  expect(answers.map(statusOf)).toEqual(['408', '408']);
}, 30_000);

/** Takes long to tag. */
const LARGE = JSON.stringify({ tokens: Array.from({ length: 24_000 }, () => 'a') });

test.each([
  [429, ['--max-requests', '2']],
  [503, ['--timeout', '0.4', '--workers', '1']],
])(
  'too much at once is answered %d, and then all is well',
  async (status, limits) => {
    const small = await startServer(folder, ...limits);
    const answers = await Promise.all(Array.from({ length: 40 }, () => small.tag(LARGE)));
    const refused = answers.filter((answer) => answer.status === status);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers } of refused) expect(headers.get('retry-after')).toBe('1');
    await expect.poll(async () => (await small.tag(RECORDS[0])).status, { timeout: 20_000 }).toBe(200);
  },
  40_000,
);

test('Ctrl-C ends it with code 0 after what has come is answered', async () => {
  const own = await startServer(folder);
  const answers = Array.from({ length: 20 }, () =>
    own.tag(RECORDS[0]).then(
      ({ status }) => status,
      () => 'refused',
    ),
  );
  expect(await answers[0]).toBe(200);
  expect(await stop(own, 'SIGINT')).toBe(0);
  const statuses = await Promise.all(answers);
  expect(statuses.filter((status) => status !== 'refused').every((status) => status === 200)).toBe(true);
  expect(own.stderr()).toMatch('listening on http://127.0.0.1:');
});

test('a request that never ends does not keep it from ending', async () => {
  const own = await startServer(folder, '--timeout', '1');
  const half = sendRaw(own, 'POST /tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{', 10_000);
  await own.tag(RECORDS[0]);
  const start = performance.now();
  expect(await stop(own, 'SIGTERM')).toBe(0);
  expect(performance.now() - start).toBeLessThan(6000);
  expect(statusOf(await half)).toBe('408');
});

/** Asks again and again on a connection that stays open, until an error; returns its code, and counts answers. */
async function askInPool(asked: Server, onAnswer: (status: number | undefined) => void): Promise<string | undefined> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request(`${asked.url}tag`, { method: 'POST', agent }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode));
      });
      sent.on('error', reject).end(RECORDS[0]);
    });
  try {
    for (let turn = 0; ; turn++) {
      onAnswer(await ask());
      await new Promise((resolve) => setTimeout(resolve, (turn * 7) % 90));
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

test('60 pooled clients get answers while it ends, none a reset, and it exits with code 0', async () => {
  const own = await startServer(folder);
  const answers: (number | undefined)[] = [];
  const clients = Array.from({ length: 60 }, () => askInPool(own, (status) => answers.push(status)));
  await expect.poll(() => answers.length, { timeout: 30_000 }).toBeGreaterThan(300);
  const before = answers.length;
  expect(await stop(own, 'SIGTERM')).toBe(0);
  expect(new Set(await Promise.all(clients))).toEqual(new Set(['ECONNREFUSED']));
  expect(answers.length - before).toBeGreaterThanOrEqual(60);
  expect(new Set(answers)).toEqual(new Set([200]));
}, 60_000);

test.each([
  [['serve', '-m', 'none.json'], 3, /rnn train/],
  [['serve', '--port', '70000'], 2, /from 0 to 65535/],
  [['serve', '--max-body', '50000001'], 2, /bytes, from 1 to 50000000/],
  [['serve', '--port', '0', '--host', '203.0.113.7'], 1, /cannot listen on 203\.0\.113\.7.*\n.*--host/],
])('rnn %j ends with code %d and says why', async (args, code, message) => {
  const { exitCode, stderr } = await folder.rnn(args);
  expect(stderr).toMatch(message);
  expect(exitCode).toBe(code);
});

test('a port that is taken is said', async () => {
  const { exitCode, stderr } = await folder.rnn(['serve', '--port', new URL(server.url).port]);
  expect(stderr).toMatch(/the port is in use\n {5}try --port 0/);
  expect(exitCode).toBe(1);
});
