import { renameSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf } from '../../src/node/digest.js';
import { healthSchema } from '../../src/server/protocol.js';
import { Folder, NAMES } from '../helpers/cli.js';
import { killServers, type Server, sendRaw, startServer, statusOf, stop } from '../helpers/server.js';

const folder = new Folder();
let server: Server;
const ORIGINS = ['https://example.org', 'https://tagger.example.net'];

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.write('other names.json', changed('other'));
  server = await startServer(
    folder,
    ...['-m', 'names=model.json', '-m', 'other names.json', '--access-log', 'access.jsonl', '--watch'],
    // A slash at the end, which no browser sends, makes no difference.
    ...ORIGINS.flatMap((origin, index) => ['--allow-origin', index === 0 ? origin : `${origin}/`]),
  );
}, 60_000);

afterAll(killServers);

/** The model with other bytes that mean the same: as much white space at its end as the mark is long. */
function changed(mark: string): string {
  return folder.read('model.json').trimEnd() + ' '.repeat(mark.length);
}

const RECORD = '{"text":"Anna Smith lives in London."}';

const post = (path: string, body = RECORD, asked = server): Promise<Response> =>
  fetch(`${asked.url}${path}`, { method: 'POST', body });
const get = (path: string, asked = server): Promise<Response> => fetch(`${asked.url}${path}`);

async function digestsOf(asked = server): Promise<string[]> {
  return healthSchema.parse(await (await get('health', asked)).json()).models.map(({ sha256 }) => sha256);
}

describe('several models', () => {
  test('answer each under its name, the first without one', async () => {
    const expected = await (await post('tag')).text();
    expect(JSON.parse(expected).spans[0]).toMatchObject({ label: 'PER', text: 'Anna Smith' });
    for (const name of ['names', 'other-names']) expect(await (await post(`tag/${name}`)).text()).toBe(expected);
    for (const query of ['', '?model=names', '?model=other-names']) {
      const model = query === '?model=other-names' ? 'other names.json' : 'model.json';
      expect(await (await get(`model.json${query}`)).text()).toBe(folder.read(model));
    }
  });

  test('are named where another is asked for, and no path of a file is', async () => {
    for (const name of ['drugs', '..%2f..%2fetc%2fpasswd', '__proto__', 'constructor', '%00', '%ff']) {
      const answer = await post(`tag/${name}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({
        error: 'no model of this name',
        hint: 'the models are: names, other-names',
      });
    }
    expect((await get('model.json?model=__proto__')).status).toBe(404);
    expect((await get('tag/names')).status).toBe(405);
  });

  test('are told with version, digest and labels', async () => {
    expect(await (await get('health')).json()).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      requests: 0,
      models: ['model.json', 'other names.json'].map((file, index) => ({
        name: ['names', 'other-names'][index],
        sha256: digestOf(folder.read(file)),
        labels: ['LOC', 'PER'],
      })),
    });
  });

  test.each([
    [['-m', 'a=model.json', '-m', 'a=model.json'], 2, /two models are named a/],
    [['-m', 'model.json', '-m', './model.json'], 2, /two models are named model\n.*-m other=/],
    [['-m', 'a='], 2, /expected a file, or a name and a file/],
    [['-m', 'model.json', '-m', 'b=none.json'], 3, /none\.json/],
    [['--access-log', 'none/log'], 1, /none\/log/],
    [['--access-log', 'model.json'], 2, /model\.json is both read and written/],
    [['--allow-origin', 'example.org'], 2, /expected a scheme and a host, as in https:\/\/example\.org, or \*/],
    [
      ['--allow-origin', 'https://example.org/page'],
      2,
      /expected a scheme and a host, as in https:\/\/example\.org, or \*/,
    ],
  ])('rnn serve %j ends with code %d and says why', async (args, code, message) => {
    const { exitCode, stderr } = await folder.rnn(['serve', '--port', '0', ...args]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(code);
  });
});

test('pages of each allowed origin may ask, and their hosts are names of the server', async () => {
  for (const origin of ORIGINS) {
    const answer = await server.tag(RECORD, { Origin: origin });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
    const { hostname } = new URL(origin);
    const raw = `GET /health HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`;
    expect(statusOf(await sendRaw(server, raw, 5000))).toBe('200');
  }
  expect((await server.tag(RECORD, { Origin: 'https://example.net' })).status).toBe(403);
});

test('metrics count requests by path and status, tokens by model, and tell the digests', async () => {
  const before = await metricsOf(server);
  await post('tag/other-names');
  await post('tag', '{');
  await get(`no/such/${'path'.repeat(50)}`);
  const answer = await get('metrics');
  expect(answer.headers.get('content-type')).toMatch('text/plain; version=0.0.4');
  const after = await metricsOf(server);
  const grown = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  expect(grown('rnn_requests_total{method="POST",path="/tag/{model}",status="200"}')).toBe(1);
  expect(grown('rnn_requests_total{method="POST",path="/tag",status="400"}')).toBe(1);
  expect(grown('rnn_requests_total{method="GET",path="other",status="404"}')).toBe(1);
  expect(grown('rnn_request_duration_seconds_count{path="/tag/{model}"}')).toBe(1);
  expect(grown('rnn_tokens_total{model="other-names"}')).toBe(6);
  expect(grown('rnn_tokens_total{model="names"}')).toBe(0);
  expect(after.get('rnn_queue_requests{model="names"}')).toBe(0);
  expect(after.get(`rnn_model_info{model="names",sha256="${digestOf(folder.read('model.json'))}"}`)).toBe(1);
});

async function metricsOf(asked: Server): Promise<Map<string, number>> {
  const lines = (await (await get('metrics', asked)).text()).split('\n');
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

test('the log has a line for each request, with nothing of what it says', async () => {
  await fetch(`${server.url}health?secret=1`, { headers: { Authorization: 'secret' } });
  await post('tag', '{"text":"secret"}');
  await sendRaw(server, 'GET /"%0a\\x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', 5000);
  const lines = (): Record<string, unknown>[] =>
    folder
      .read('access.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  await expect.poll(() => lines().at(-1)).toMatchObject({ path: '/"%0a\\x', status: 400 });
  expect(lines().at(-2)).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    client: '127.0.0.1',
    method: 'POST',
    path: '/tag',
    status: 200,
    milliseconds: expect.any(Number),
  });
  expect(lines().at(-3)).toMatchObject({ method: 'GET', path: '/health', status: 200 });
  expect(folder.read('access.jsonl')).not.toMatch('secret');
});

test('a client that leaves before its answer is logged without a status', async () => {
  await sendRaw(server, 'POST /tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{', 300);
  await expect
    .poll(() => folder.read('access.jsonl').trim().split('\n').at(-1))
    .toMatch(/"path":"\/tag","status":null/);
});

test('a parameter in the address, which nothing reads, is refused', async () => {
  for (const path of ['tag?minConfidence=0.9', 'tag/names?x']) {
    const answer = await post(path);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatch(/^the address has a parameter "(minConfidence|x)", and none is read/);
  }
});

test('with --watch, a model file that changes is taken over', async () => {
  const before = await digestsOf();
  folder.write('new.json', changed('changed'));
  renameSync(folder.at('new.json'), folder.at('other names.json'));
  await expect.poll(digestsOf, { timeout: 20_000 }).toEqual([before[0], digestOf(folder.read('other names.json'))]);
  expect(server.stderr()).toMatch(/other-names: took over other names\.json, SHA-256 [0-9a-f]{64}\n/);
});

test('with --watch, a model file that disappears is told of, and the model answers on', async () => {
  const before = await digestsOf();
  rmSync(folder.at('other names.json'));
  await expect
    .poll(server.stderr, { timeout: 20_000 })
    .toMatch(/rnn: other-names: the earlier model answers on: .*other names\.json/);
  expect(await digestsOf()).toEqual(before);
  expect((await post('tag/other-names')).status).toBe(200);
});

describe.skipIf(process.platform === 'win32')('at SIGHUP', () => {
  test('a changed model is taken over under load, and no request is lost', async () => {
    folder.write('own.json', folder.read('model.json'));
    const own = await startServer(folder, '-m', 'own.json', '--access-log', 'own.jsonl');
    const statuses: (number | string | undefined)[] = [];
    let isLast = false;
    const clients = Array.from({ length: 20 }, async () => {
      while (!isLast) statuses.push(await post('tag', RECORD, own).then(({ status }) => status, String));
    });
    for (const mark of ['a', 'bb', 'ccc']) {
      folder.write('own.json', changed(mark));
      renameSync(folder.at('own.jsonl'), folder.at(`own.${mark}.jsonl`));
      own.process.kill('SIGHUP');
      await expect.poll(() => digestsOf(own), { timeout: 20_000 }).toEqual([digestOf(folder.read('own.json'))]);
    }
    const taken = await digestsOf(own);
    folder.write('own.json', '{"a":');
    own.process.kill('SIGHUP');
    await expect
      .poll(own.stderr, { timeout: 20_000 })
      .toMatch(/rnn: own: the earlier model answers on: own\.json.*; train it again/);
    expect(await digestsOf(own)).toEqual(taken);
    isLast = true;
    await Promise.all(clients);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const metrics = await metricsOf(own);
    expect(metrics.get('rnn_model_loads_total{model="own",result="taken"}')).toBe(3);
    expect(metrics.get('rnn_model_loads_total{model="own",result="refused"}')).toBe(1);
    expect(await stop(own, 'SIGTERM')).toBe(0);
    const logged = folder.names().filter((name) => /^own\..*jsonl$/.test(name));
    const tagged = logged.flatMap((name) => folder.read(name).match(/"path":"\/tag"/g) ?? []);
    expect(tagged.length).toBe(statuses.length);
  }, 90_000);
});

test('it is ready until it ends, and alive until the end', async () => {
  const own = await startServer(folder);
  expect((await get('ready', own)).status).toBe(200);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      request(`${own.url}${path}`, { agent }, (answer) => {
        answer.resume().on('end', () => resolve(`${answer.statusCode} ${answer.headers.connection}`));
      })
        .on('error', reject)
        .end();
    });
  expect(await ask('ready')).toBe('200 keep-alive');
  const ended = stop(own, 'SIGTERM');
  await setTimeout(300);
  expect(await ask('ready')).toBe('503 close');
  expect(await ended).toBe(0);
});

test('the description that it serves names its models', async () => {
  const description = await (await get('openapi.json')).json();
  expect(description.paths['/tag/{model}'].parameters[0].schema.enum).toEqual(['names', 'other-names']);
});
