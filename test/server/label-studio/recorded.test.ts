import { expect, test } from 'vitest';
import { readRecorded, startTrainable } from '../../helpers/tool-requests.js';

/** What Label Studio 1.23.2 sent when a project was connected, predicted, annotated and trained on; tokens are replaced. */
const recorded = readRecorded<{ path: string; headers: Record<string, string>; body: { tasks: RecordedTask[] } }>(
  new URL('recorded.jsonl', import.meta.url),
);

interface RecordedTask {
  readonly data: { readonly body: string };
}

const serverOf = startTrainable();

async function replay(name: string): Promise<{ status: number; answer: Record<string, unknown> }> {
  const { path, headers, body } = recorded(name);
  const answer = await fetch(new URL(path, serverOf().url), { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, answer: await answer.json() };
}

test('a project is connected', async () => {
  expect(await replay('setup')).toEqual({
    status: 200,
    answer: {
      model_version: expect.stringMatching(/^rnn-[0-9a-f]{12}$/),
      labels: { LOC: 'LOC', PER: 'Person' },
      unused_labels: [],
    },
  });
});

test('each task gets a prediction, with offsets behind emoji as Label Studio counts', async () => {
  const { status, answer } = await replay('predict');
  expect(status).toBe(200);
  const { body } = recorded('predict');
  const results = answer.results as { result: { value: { start: number; end: number; text: string } }[] }[];
  expect(results).toHaveLength(body.tasks.length);
  const found = results.flatMap(({ result }, index) =>
    result.map(({ value }) => {
      expect([...body.tasks[index].data.body].slice(value.start, value.end).join('')).toBe(value.text);
      return value.text;
    }),
  );
  expect(found).toContain('London');
});

test('events that bring no annotations are let pass, and a person who waits for a training is told', async () => {
  for (const name of ['TASKS_CREATED', 'ANNOTATION_CREATED'])
    expect(await replay(name)).toEqual({ status: 200, answer: { ignored: name } });
  const { status, answer } = await replay('START_TRAINING');
  expect([status, answer.error]).toEqual([400, expect.stringContaining('brings no annotations')]);
});

test('annotated tasks are trained on, labels with HTML in them too', async () => {
  const before = (await replay('setup')).answer.model_version;
  expect(await replay('train')).toEqual({ status: 201, answer: { job: '1' } });
  await expect.poll(async () => (await replay('setup')).answer.model_version, { timeout: 60_000 }).not.toBe(before);
  const { answer } = await replay('setup');
  expect(answer.labels).toEqual({ '<b>Tier</b>': '<b>Tier</b>', LOC: 'LOC', PER: 'Person' });
}, 90_000);

test('what people label with the name of the project for a label of the model is learnt as that label', async () => {
  const before = (await replay('setup')).answer.model_version;
  const { path, headers, body } = recorded('train');
  const asPersons = JSON.stringify(body).replaceAll('["<b>Tier</b>"]', '["Person"]');
  expect((await fetch(new URL(path, serverOf().url), { method: 'POST', headers, body: asPersons })).status).toBe(201);
  await expect.poll(async () => (await replay('setup')).answer.model_version, { timeout: 60_000 }).not.toBe(before);
  const { answer } = await replay('setup');
  expect([answer.labels, answer.unused_labels]).toEqual([{ LOC: 'LOC', PER: 'Person' }, []]);
}, 90_000);
