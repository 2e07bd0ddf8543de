import { mkdirSync, rmdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';
import {
  predictRequest,
  readSuggestions,
  segmentsOf,
  trainRequest,
  typeSystemOf,
  xmiOf,
} from '../helpers/inception.js';
import { killServers, type Server, startServer, stop } from '../helpers/server.js';
import { testRefusals } from '../helpers/tool-requests.js';

const folder = new Folder();
let server: Server;

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.write('other.json', folder.read('model.json').replace(/\s*$/, '\n\n'));
  server = await startServer(
    folder,
    ...['-m', 'names=model.json', '-m', 'other.json', '--train-to', 'trained.json', '--max-body', '200000'],
  );
}, 60_000);

afterAll(killServers);

const JSON_TYPE = { 'Content-Type': 'application/json' };
const post = (path: string, body: unknown, headers: Record<string, string> = JSON_TYPE, asked = server) =>
  fetch(`${asked.url}inception/${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  });

const TEXT = '😀\nAnna Smith lives in London .\nBob Jones left Paris .';
const request = predictRequest(xmiOf(TEXT, segmentsOf(TEXT)));

/** Documents of so many annotated sentences in all, with a token of white space, and names of animals, which the model has never seen. */
function documentsAbout(count: number): string[] {
  const sentences = Array.from({ length: count }, (_, index) => {
    const pet = ['Rex', 'Bello', 'Minka', 'Luna'][index % 4] ?? '';
    return `${pet} ${['barks at the bank .', 'left .', 'closed the bank .'][index % 3]}`;
  });
  const text = sentences.join('\n');
  let start = 0;
  const annotations = sentences.map((sentence) => {
    const end = start + sentence.indexOf(' ');
    const annotation = { start, end, more: 'value="ANIMAL"' };
    start += sentence.length + 1;
    return annotation;
  });
  const unread = 'Anna left .';
  const space = { type: 'Token', start: text.indexOf(' '), end: text.indexOf(' ') + 1 };
  return [xmiOf(text, [...segmentsOf(text), space, ...annotations]), xmiOf(unread, segmentsOf(unread))];
}

describe('an external recommender for INCEpTION', () => {
  test('is each model under its name, the first without one', async () => {
    for (const path of ['predict', 'names/predict', 'other/predict']) {
      const answer = await post(path, request);
      expect(answer.status).toBe(200);
      const { suggestions } = readSuggestions((await answer.json()).document);
      expect(suggestions).toEqual(['PER Anna Smith', 'LOC London', 'PER Bob Jones', 'LOC Paris']);
    }
    for (const path of ['drugs/predict', '__proto__/predict', '%ff/predict', 'drugs/train']) {
      const answer = await post(path, request);
      expect([answer.status, await answer.json()]).toEqual([
        404,
        { error: 'no model of this name', hint: 'the models are: names, other' },
      ]);
    }
  });

  test('learns once enough sentences are annotated', async () => {
    expect((await post('train', trainRequest(documentsAbout(5)))).status).toBe(204);
    await expect
      .poll(server.stderr, { timeout: 60_000 })
      .toContain('5 sentences of INCEpTION: a model learns once 20 sentences are annotated\n');
  }, 90_000);

  test('is trained in the background, and none that comes meanwhile is lost', async () => {
    expect((await post('names/train', trainRequest(documentsAbout(120)))).status).toBe(204);
    const statuses = new Set<number>();
    await expect
      .poll(
        async () => {
          statuses.add((await post('predict', request)).status);
          return server.stderr();
        },
        { timeout: 60_000, interval: 10 },
      )
      .toMatch(/training on 120 sentences of INCEpTION[\s\S]*names: took over trained\.json/);
    expect([...statuses]).toEqual([200]);
    expect(server.stderr()).toContain('\ndocument 42: a token is white space alone; left out\n');
    const text = 'Rex left .';
    const { document } = await (await post('predict', predictRequest(xmiOf(text, segmentsOf(text))))).json();
    expect(readSuggestions(document).suggestions).toEqual(['ANIMAL Rex']);
  }, 90_000);

  test('does not train unless it is told where to, and only the first model', async () => {
    const other = await post('other/train', trainRequest(documentsAbout(1)));
    expect([other.status, await other.json()]).toEqual([
      403,
      { error: 'only the first model learns', hint: 'its name is names' },
    ]);
    const closed = await startServer(folder);
    const answer = await post('train', trainRequest(documentsAbout(120)), JSON_TYPE, closed);
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { error: 'this server does not train', hint: 'rnn help inception shows how it is made to' },
    ]);
    expect(await stop(closed, 'SIGTERM')).toBe(0);
  }, 60_000);

  test('is counted among what was asked, by the paths that the description of the server has', async () => {
    const metrics = await (await fetch(`${server.url}metrics`)).text();
    for (const path of ['/inception/predict', '/inception/{model}/predict', '/inception/{model}/train'])
      expect(metrics).toContain(`path="${path}"`);
    const { paths } = await (await fetch(`${server.url}openapi.json`)).json();
    expect(Object.keys(paths).filter((path) => path.startsWith('/inception'))).toEqual([
      '/inception/predict',
      '/inception/train',
      '/inception/{model}/predict',
      '/inception/{model}/train',
    ]);
  });
});

testRefusals(
  ['predict', 'train', 'names/predict', 'names/train'].map((path) => `inception/${path}`),
  () => server,
);

test('what INCEpTION is refused is told where the server runs', async () => {
  await post('predict', {});
  for (const error of ['body: expected an object as "metadata"', 'the body is over 200000 bytes'])
    await expect.poll(server.stderr).toContain(`warning: INCEpTION: /inception/predict: ${error}`);
  expect(server.stderr()).toContain('warning: INCEpTION: /inception/{model}/predict: no model of this name\n');
});

test('what is left out of a training is told where the training fails, too', async () => {
  mkdirSync(folder.at('out'));
  const own = await startServer(folder, '--train-to', 'out/trained.json', '--max-body', '200000');
  rmdirSync(folder.at('out'));
  expect((await post('train', trainRequest(documentsAbout(20)), JSON_TYPE, own)).status).toBe(204);
  await expect
    .poll(own.stderr, { timeout: 30_000 })
    .toMatch(
      /1 sentence without a labelled annotation left out.*\ntraining on 20 sentences[\s\S]*rnn: the training failed/,
    );
  expect(await stop(own, 'SIGTERM')).toBe(0);
}, 60_000);

test('what a request or a document of INCEpTION brings forges no line of what the server tells', async () => {
  const forged = '&#x9b;31mred\nwarning: forged';
  const types = typeSystemOf({ value: forged });
  const { error } = await (await post('predict', { ...predictRequest(xmiOf(TEXT, []), {}, types) })).json();
  expect(error).toContain('holds "\u009b31mred\\nwarning: forged", and labels are texts');
  const broken = xmiOf(TEXT, []).replace('<cas:NULL', `<ner:NamedEntity xmi:id="${forged.replace('\n', '&#10;')}"/>$&`);
  expect((await post('train', trainRequest([broken, ...documentsAbout(5)]))).status).toBe(204);
  await expect.poll(server.stderr, { timeout: 30_000 }).toContain('NamedEntity \\u009b31mred\\u000awarning: forged');
  expect(server.stderr()).toContain('"\\u009b31mred\\nwarning: forged"');
  expect(server.stderr()).not.toMatch(/\u009b|^warning: forged/m);
}, 60_000);
