import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preparePython } from '../../bench/peers/venv.js';
import { Folder } from '../../helpers/cli.js';
import { killServers, startServer } from '../../helpers/server.js';

const python = await preparePython('label-studio', new URL('requirements.txt', import.meta.url));

const folder = new Folder();
let studio: ChildProcess | undefined;

// A model of the starter corpus, since one that knows a few sentences by heart learns little from a few more.
beforeAll(() => folder.mustRun(['train', '--preset', 'fast']), 600_000);
afterAll(() => {
  killServers();
  studio?.kill('SIGKILL');
});

const LEGACY_TOKEN = 'b4f8c1d2e3a4958671029384756abcdef0123456';

/** Finds a port that is free. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Starts Label Studio on a database of its own, with a user whose token is known, and waits until it answers. */
async function startStudio(command: string): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  studio = spawn(
    command,
    [
      ...['start', '--no-browser', '--host', url, '--port', `${port}`, '--internal-host', '127.0.0.1'],
      ...['--data-dir', folder.at('studio'), '--username', 'anna@example.org', '--password', 'only for this test'],
      ...['--user-token', LEGACY_TOKEN, '--enable-legacy-api-token'],
    ],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        // It asks no server of this machine unless it is told that this is no attack.
        ...{ ML_BLOCK_LOCAL_IP: 'false', SSRF_PROTECTION_ENABLED: 'false' },
        ...{ LATEST_VERSION_CHECK: 'false', COLLECT_ANALYTICS: 'false', SENTRY_DSN: '', FRONTEND_SENTRY_DSN: '' },
      },
    },
  );
  const isUp = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isUp, { timeout: 900_000, interval: 1000 }).toBe(true);
  return url;
}

const CONFIGURATION = `<View><Labels name="ner" toName="quelle">
  <Label value="Person" predicted_values="PER"/><Label value="LOC"/><Label value="&lt;b&gt;Tier&lt;/b&gt;"/>
</Labels><Text name="quelle" value="$body"/></View>`;

const PETS = ['Rex', 'Bello', 'Minka', 'Luna', 'Fido', 'Struppi'];
const texts = [
  '😀 Anna Smith lives in London.',
  'Bob Jones left Paris.',
  ...PETS.flatMap((pet) => [
    `😀 ${pet} barks at the bank .`,
    `😀😀 ${pet} left .`,
    `The bank closed ${pet} .`,
    `In 😀 ${pet} lives .`,
  ]),
];

/** Labels the pet of a text. */
function labelPet(body: string) {
  const pet = PETS.find((name) => body.includes(name)) ?? '';
  const start = [...body.slice(0, body.indexOf(pet))].length;
  return [
    {
      ...{ id: 'region', from_name: 'ner', to_name: 'quelle', type: 'labels' },
      value: { start, end: start + pet.length, text: pet, labels: ['<b>Tier</b>'] },
    },
  ];
}

interface Prediction {
  readonly model_version: string;
  readonly score: number | null;
  readonly result: readonly {
    readonly value: { readonly start: number; readonly end: number; readonly text: string; readonly labels: string[] };
  }[];
}

interface Task {
  readonly id: number;
  readonly data: { readonly body: string };
  readonly annotations: readonly unknown[];
  readonly predictions: readonly Prediction[];
}

if ('skipped' in python) test.skip(`Label Studio: ${python.skipped}`, () => {});
else
  test('Label Studio gets predictions, and better ones after people have annotated', async () => {
    const url = await startStudio(join(dirname(python.python), 'label-studio'));
    const api = async (method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${url}/api/${path}`, {
        method,
        headers: { Authorization: `Token ${LEGACY_TOKEN}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      expect(answer.ok, `${method} ${path}: ${answer.status} ${text}`).toBe(true);
      return text === '' ? undefined : JSON.parse(text);
    };
    const { token } = await api('POST', 'token/');
    folder.write('token', token);
    const server = await startServer(
      folder,
      ...['--train-to', 'trained.json', '--label-studio', url, '--label-studio-token', 'token'],
      ...['--max-body', '10000000'],
    );
    const project = await api('POST', 'projects', { title: 'Pets', label_config: CONFIGURATION });
    const backend = await api('POST', 'ml', { url: server.url, project: project.id, title: 'rnn' });
    expect(backend).toMatchObject({ readable_state: 'Connected', model_version: expect.stringMatching(/^rnn-/) });
    await api(
      'POST',
      `projects/${project.id}/import`,
      texts.map((body) => ({ body })),
    );

    const predict = async (): Promise<Task[]> => {
      const all = { selectedItems: { all: true, excluded: [] } };
      await api('POST', `dm/actions?id=retrieve_tasks_predictions&project=${project.id}`, all);
      return (await api('GET', `tasks?project=${project.id}&fields=all&page_size=100`)).tasks;
    };
    const tasks = await predict();
    expect(tasks.map(({ data }) => data.body)).toEqual(texts);
    const [anna, bob] = tasks;
    expect(bob.predictions[0].result.map(({ value }) => `${value.labels[0]} ${value.text}`)).toEqual([
      'Person Bob Jones',
      'LOC Paris',
    ]);
    expect(anna.predictions[0].result.at(-1)?.value).toMatchObject({ start: 22, end: 28, text: 'London' });
    expect(tasks.every(({ annotations, predictions }) => annotations.length === 0 && predictions.length === 1)).toBe(
      true,
    );

    for (const { id, data } of tasks.slice(2))
      await api('POST', `tasks/${id}/annotations`, { result: labelPet(data.body) });
    // Annotations alone begin trainings, and so does a person.
    await api('POST', `ml/${backend.id}/train`, {});
    const trained = `training on ${texts.length - 2} tasks of Label Studio`;
    await expect
      .poll(server.stderr, { timeout: 300_000 })
      .toMatch(new RegExp(`${trained}[\\s\\S]*took over trained.json`));
    await expect
      .poll(
        async () => {
          const after = await predict();
          const newest = after.slice(2).flatMap(({ predictions }) => predictions.at(-1)?.result ?? []);
          return newest.filter(({ value }) => value.labels[0] === '<b>Tier</b>' && PETS.includes(value.text)).length;
        },
        { timeout: 300_000, interval: 2000 },
      )
      .toBeGreaterThan(12);
    const [{ predictions }] = await predict();
    expect(new Set(predictions.map(({ model_version }) => model_version)).size).toBe(predictions.length);
    expect(server.stderr()).not.toContain('warning');
    expect(server.stderr()).not.toContain(token);
  }, 2_400_000);
