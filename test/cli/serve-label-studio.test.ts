import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import { killServers, type Server, startServer, stop } from '../helpers/server.js';
import { testRefusals } from '../helpers/tool-requests.js';

const folder = new Folder();
let server: Server;
const TOKEN = 'b4f8c1d2e3a4958671029384756abcdef0123456';

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.write('token', `${TOKEN}\n`);
  server = await startServer(
    folder,
    ...['--train-to', 'trained.json', '--access-log', 'access.jsonl', '--max-body', '200000'],
    ...['--label-studio', desk.url, '--label-studio-token', 'token'],
  );
}, 60_000);

afterAll(() => {
  killServers();
  desk.close();
});

const CONFIGURATION =
  '<View><Labels name="label" toName="text"><Label value="PER"/><Label value="ANIMAL"/></Labels><Text name="text" value="$text"/></View>';

/** Names of animals, which the model has never seen. */
const tasks = Array.from({ length: 10 }, () => ['Rex', 'Bello', 'Minka', 'Luna'])
  .flat()
  .flatMap((pet, index) =>
    ['barks at the bank .', 'left .', 'closed the bank .'].map((rest, place) => ({
      id: 3 * index + place,
      data: { text: `😀 ${pet} ${rest}` },
      annotations: [
        {
          id: 1,
          was_cancelled: false,
          result: [
            {
              ...{ id: 'a', from_name: 'label', to_name: 'text', type: 'labels' },
              value: { start: 2, end: 2 + pet.length, text: pet, labels: ['ANIMAL'] },
            },
          ],
        },
      ],
    })),
  );

/** What Label Studio's API gives to who has the token. */
const desk = await startDesk();

async function startDesk() {
  const asked: string[] = [];
  const listening = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    const answers: Record<string, unknown> = {
      '/api/projects/3/': { id: 3, title: 'Pets', label_config: CONFIGURATION },
      '/api/projects/3/export?exportType=JSON&download_all_tasks=true': [
        ...tasks,
        { id: 0, data: { text: 'open' }, annotations: [] },
      ],
      '/api/projects/6/': { id: 6, label_config: CONFIGURATION },
      '/api/projects/6/export?exportType=JSON&download_all_tasks=true': [
        ...tasks.slice(0, 7),
        ...tasks.slice(7, 30).map((task) => ({ ...task, annotations: [{ was_cancelled: true, result: [] }] })),
      ],
      '/api/projects/4/': { id: 4, label_config: '<View/>' },
    };
    const isOpen = request.headers.authorization === `Token ${TOKEN}`;
    const answer = isOpen ? answers[request.url ?? ''] : undefined;
    response.writeHead(isOpen ? (answer ? 200 : 404) : 401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer ?? { detail: 'no' }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => listening.close() };
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const post = (path: string, body: unknown, headers: Record<string, string> = JSON_TYPE, asked = server) =>
  fetch(`${asked.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  });

async function versionOf(asked = server): Promise<string> {
  const answer = await post('setup', { project: '3.1', schema: CONFIGURATION }, JSON_TYPE, asked);
  return (await answer.json()).model_version;
}

async function suggestionsFor(text: string, asked = server): Promise<string[]> {
  const answer = await post(
    'predict',
    { tasks: [{ id: 1, data: { text } }], label_config: CONFIGURATION },
    JSON_TYPE,
    asked,
  );
  expect(answer.status).toBe(200);
  const [{ result }] = (await answer.json()).results;
  return result.map(({ value }: { value: { labels: string[]; text: string } }) => `${value.labels[0]} ${value.text}`);
}

describe('a model behind Label Studio', () => {
  test('suggests names as predictions', async () => {
    expect(await versionOf()).toMatch(/^rnn-[0-9a-f]{12}$/);
    const request = { tasks: [{ id: 9, data: { text: 'Anna Smith lives in London.' } }], label_config: CONFIGURATION };
    const answer = await (await post('predict', request)).json();
    expect(answer.results).toEqual([
      {
        model_version: await versionOf(),
        score: expect.any(Number),
        result: [
          {
            ...{ id: 'span-1', from_name: 'label', to_name: 'text', type: 'labels', score: expect.any(Number) },
            value: { start: 0, end: 10, text: 'Anna Smith', labels: ['PER'] },
          },
        ],
      },
    ]);
  });

  test('is trained on tasks that a request brings, and none that comes meanwhile is lost', async () => {
    const before = await versionOf();
    const begun = await post('train', { annotations: tasks, label_config: CONFIGURATION, project: '3.1' });
    expect([begun.status, await begun.json()]).toEqual([201, { job: expect.any(String) }]);
    const statuses = new Set<number>();
    await expect
      .poll(
        async () => {
          statuses.add((await server.tag('{"text":"Anna Smith lives in London."}')).status);
          return versionOf();
        },
        { timeout: 60_000, interval: 10 },
      )
      .not.toBe(before);
    expect([...statuses]).toEqual([200]);
    expect(await suggestionsFor('😀 Rex left .')).toEqual(['ANIMAL Rex']);
    await expect
      .poll(server.stderr)
      .toMatch(/training on 120 tasks of Label Studio[\s\S]*model: took over trained\.json/);
  }, 90_000);

  test('is trained on the tasks of a project that a webhook names, with the token that is in no log', async () => {
    const trainings = (): number => server.stderr().split('\ntrained').length;
    const before = trainings();
    const events = ['START_TRAINING', 'ANNOTATION_CREATED', 'ANNOTATION_UPDATED'];
    for (const action of events) expect((await post('webhook', { action, project: { id: 3 } })).status).toBe(201);
    await expect.poll(trainings, { timeout: 60_000 }).toBeGreaterThan(before);
    expect(new Set(desk.asked)).toEqual(
      new Set(
        ['/api/projects/3/', '/api/projects/3/export?exportType=JSON&download_all_tasks=true'].map(
          (path) => `${path} Token ${TOKEN}`,
        ),
      ),
    );
    expect(`${server.stderr()}${folder.read('access.jsonl')}`).not.toContain(TOKEN);
    const ignored = await post('webhook', { action: 'TASKS_CREATED', project: { id: 3 } });
    expect([ignored.status, await ignored.json()]).toEqual([200, { ignored: 'TASKS_CREATED' }]);
  }, 90_000);

  test('waits until enough tasks are annotated', async () => {
    expect((await post('webhook', { action: 'ANNOTATION_CREATED', project: { id: 6 } })).status).toBe(201);
    await expect
      .poll(server.stderr, { timeout: 60_000 })
      .toContain('7 tasks of Label Studio: a model learns once 20 tasks are annotated\n');
  }, 90_000);

  test('answers on where a training fails, which is told', async () => {
    for (const [id, message] of [
      [5, '/api/projects/5/ answers 404'],
      [4, 'no <Labels> belong to a <Text>'],
    ] as const) {
      expect((await post('webhook', { action: 'START_TRAINING', project: { id } })).status).toBe(201);
      await expect
        .poll(server.stderr, { timeout: 60_000 })
        .toMatch(`rnn: the training failed, and the earlier model answers on: `);
      await expect.poll(server.stderr, { timeout: 60_000 }).toContain(message);
    }
    expect(await suggestionsFor('😀 Rex left .')).toEqual(['ANIMAL Rex']);
  }, 90_000);

  test('that was trained answers from the beginning, and does not train unless it is told where to', async () => {
    const again = await startServer(folder, '--train-to', 'trained.json');
    expect(again.stderr()).toContain('trained.json answers from the beginning; trainings go on with model.json\n');
    expect(await suggestionsFor('😀 Rex left .', again)).toEqual(['ANIMAL Rex']);
    const refused = await post('webhook', { action: 'START_TRAINING', project: { id: 3 } }, JSON_TYPE, again);
    expect([refused.status, (await refused.json()).error]).toEqual([
      400,
      expect.stringContaining('brings no annotations'),
    ]);
    const told = await post('webhook', { action: 'ANNOTATION_CREATED', project: { id: 3 } }, JSON_TYPE, again);
    expect([told.status, await told.json()]).toEqual([200, { ignored: 'ANNOTATION_CREATED' }]);
    expect(await stop(again, 'SIGTERM')).toBe(0);
    const closed = await startServer(folder);
    for (const path of ['train', 'webhook']) {
      const answer = await post(path, { annotations: tasks, label_config: CONFIGURATION }, JSON_TYPE, closed);
      expect([answer.status, await answer.json()]).toEqual([
        403,
        { error: 'this server does not train', hint: 'rnn help label-studio shows how it is made to' },
      ]);
    }
    expect(await stop(closed, 'SIGTERM')).toBe(0);
  }, 60_000);
});

test('a checkpoint that cannot be written is told with what to try, and is not saved elsewhere', async () => {
  mkdirSync(join(folder.path, 'out'));
  const own = await startServer(folder, '--train-to', 'out/trained.json', '--max-body', '200000');
  rmSync(join(folder.path, 'out'), { recursive: true });
  expect((await post('train', { annotations: tasks, label_config: CONFIGURATION }, JSON_TYPE, own)).status).toBe(201);
  await expect
    .poll(own.stderr, { timeout: 30_000 })
    .toMatch(/rnn: the training failed.*out\/trained\.json.*; .*--train-to/);
  expect(own.stderr()).not.toContain('was saved as');
  expect(await stop(own, 'SIGTERM')).toBe(0);
}, 60_000);

test('a server that is told to end gives a training up, and ends well', async () => {
  const own = await startServer(folder, '--train-to', 'unfinished.json', '--max-body', '200000');
  expect((await post('train', { annotations: tasks, label_config: CONFIGURATION }, JSON_TYPE, own)).status).toBe(201);
  await expect.poll(own.stderr, { timeout: 30_000 }).toContain('training on 120 tasks');
  expect(await stop(own, 'SIGTERM')).toBe(0);
  // A training that came to its end meanwhile is whole.
  expect(['', 'unfinished.json']).toContain(
    folder
      .names()
      .filter((name) => name.startsWith('unfinished'))
      .join(),
  );
}, 60_000);

testRefusals(['setup', 'predict', 'train', 'webhook'], () => server);

test('what Label Studio is refused is told where the server runs, since Label Studio shows no reason', async () => {
  await post('predict', { tasks: [], label_config: '<View/>' });
  await expect.poll(server.stderr).toContain('warning: Label Studio: /predict: "label_config": no <Labels>');
  for (const error of ['the body is over 200000 bytes', 'other origins are not allowed'])
    expect(server.stderr()).toContain(`warning: Label Studio: /predict: ${error}\n`);
});

test.each([
  [['--label-studio', 'http://localhost:8080'], 2, /--train-to/],
  [
    ['--train-to', 'new.json', '--label-studio', 'http://localhost:8080'],
    2,
    /set LABEL_STUDIO_API_KEY, or name a file/,
  ],
  [['--train-to', 'new.json', '--label-studio-token', 'token'], 2, /add --label-studio URL/],
  [['--train-to', 'new.json', '--label-studio', 'http://me:secret@localhost'], 2, /without a password/],
  [['--train-to', 'new.json', '--label-studio', 'localhost:8080'], 2, /expected a URL/],
  [['--train-to', 'new.json', '--label-studio', 'http://a', '--label-studio-token', 'none'], 3, /none/],
  [['--train-to', 'new.json', '--label-studio', 'http://a', '--label-studio-token', 'model.json'], 3, /one token/],
  [['--train-to', 'model.json'], 2, /model\.json is both read and written.*\n.*--train-to/],
  [['--train-to', 'none/new.json'], 1, /none\/new\.json/],
  [['--train-to', '-'], 2, /needs files/],
  [['--train-to', 'new.json', '--dictionary', 'PER=-'], 2, /--train-to needs files.*dictionaries/],
])('rnn serve %j ends with code %d and says why', async (args, code, message) => {
  const { exitCode, stderr } = await folder.rnn(['serve', '--port', '0', ...args], {
    env: { LABEL_STUDIO_API_KEY: '' },
  });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('secret');
  expect(exitCode).toBe(code);
});

test.runIf(process.platform === 'linux')(
  'a file for trainings that only seems writable is refused at the start',
  async () => {
    const { exitCode, stderr } = await folder.rnn(['serve', '--port', '0', '--train-to', '/proc/new.json']);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/\/proc\/new\.json: cannot be written.*\n.*--train-to/),
    ]);
  },
);

test.each(['secret\nsecret', 'secret secret', 'secret\u0001'])(
  'a token of the environment is one word: %j',
  async (token) => {
    const { exitCode, stderr } = await folder.rnn(
      ['serve', '--port', '0', '--train-to', 'new.json', '--label-studio', 'http://localhost:8080'],
      { env: { LABEL_STUDIO_API_KEY: token } },
    );
    expect([exitCode, stderr]).toEqual([3, 'rnn: LABEL_STUDIO_API_KEY: expected one token and nothing else\n']);
  },
);
