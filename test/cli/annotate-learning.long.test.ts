import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShownSpan, Step } from '../../src/annotation/protocol.js';
import { starterCorpus } from '../../src/node/package-files.js';
import { Annotation, killAnnotations } from '../helpers/annotation.js';
import { Folder } from '../helpers/cli.js';
import { starterSentences } from '../helpers/starter-corpus.js';

const folder = new Folder();
afterAll(killAnnotations);

/** The entities of each sentence of the starter corpus by its text. */
const gold = new Map<string, readonly ShownSpan[]>(
  starterSentences('train').map(({ tokens, spans }) => [tokens.join(' '), spans]),
);

function goldOf(text: string): ShownSpan[] {
  return (gold.get(text) ?? []).map(({ label, start, end }) => ({ label, start, end }));
}

beforeAll(() => {
  const corpus = [...gold.keys()].map((text) => JSON.stringify({ tokens: text.split(' ') }));
  folder.write('texts.jsonl', `${corpus.join('\n')}\n`);
});

/** Labels sentences as the corpus does, and measures how long each next one takes, in milliseconds. */
async function label(annotation: Annotation, count: number): Promise<{ step: Step; times: number[] }> {
  const times: number[] = [];
  let step = await annotation.current();
  for (let index = 0; index < count && step.sentence; index++) {
    const { id, text } = step.sentence;
    const start = performance.now();
    step = await annotation.decide({ id, answer: 'accept', spans: goldOf(text) });
    times.push(performance.now() - start);
  }
  return { step, times };
}

test('a model learns while the person works, suggests, is scored on the random tenth alone, and is saved', async () => {
  const args = ['texts.jsonl', '--labels', 'PER,ORG,LOC,MISC', '-o', 'annotated.jsonl', '-m', 'learnt.json'];
  const annotation = await Annotation.start(folder, args);
  expect((await label(annotation, 19)).step.overview.model).toMatchObject({ untilFirst: 1, round: 0 });
  await expect(
    annotation.ask('model', { method: 'POST', headers: { 'Content-Type': 'application/json' } }),
  ).resolves.toMatchObject({ status: 400 });
  await label(annotation, 41);
  await annotation.untilRound(1);
  const { step } = await label(annotation, 1);
  expect(step.sentence?.spans.every(({ isSuggestion, confidence }) => isSuggestion && confidence !== undefined)).toBe(
    true,
  );
  const decided = step.overview.accepted;
  expect(step.overview.score).toBeUndefined();

  await label(annotation, 600 - decided);
  const after = await annotation.overview();
  expect(after.sampled.accepted).toBeGreaterThanOrEqual(50);
  const { round = 0 } = after.model ?? {};
  const scored = await annotation.untilRound(round + 2); // the one that has all may begin while another one ends
  expect(scored.score?.sentences).toBeGreaterThanOrEqual(50);
  expect(scored.score?.sentences).toBeLessThanOrEqual(scored.sampled.accepted);
  expect(scored.score?.f1).toBeGreaterThan(0.3);
  expect(scored.curve.length).toBeGreaterThan(0);
  const saved = await annotation.ask('model', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  expect(await saved.json()).toEqual({ path: 'learnt.json', notices: [] });
  const records = folder.read('annotated.jsonl').trim().split('\n');
  const orders = records.map((line) => JSON.parse(line).order);
  expect(new Set(orders)).toEqual(new Set(['random', 'uncertain']));
  expect(await annotation.stop('SIGINT')).toBe(0);
  const { stdout } = await folder.mustRun(['eval', starterCorpus('test'), '-m', 'learnt.json', '--json']);
  expect(JSON.parse(stdout).f1).toBeGreaterThan(0.3);

  const again = await Annotation.start(folder, args);
  const { sentence } = await again.current();
  expect(sentence?.spans.length === 0 || sentence?.spans[0]?.isSuggestion).toBe(true); // the saved model suggests at once
  await again.stop('SIGKILL');
});

test('ten thousand texts are loaded, and the next sentence comes at once while a model learns', async () => {
  const texts = Array.from(
    { length: 10_000 },
    (_, index) => `Person${index} went to Town${index % 500} on day ${index} .`,
  );
  folder.write('many.txt', `${texts.join('\n')}\n`);
  const annotation = await Annotation.start(folder, ['many.txt', '--labels', 'PER,LOC', '-o', 'many.jsonl']);
  expect((await annotation.overview()).total).toBe(10_000);
  const times: number[] = [];
  for (let index = 0; index < 150; index++) {
    const start = performance.now();
    await annotation.accept({ label: 'PER', start: 0, end: 1 }, { label: 'LOC', start: 3, end: 4 });
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  // Measured alone it is below 100 ms; the limit is for a machine that does other work too.
  expect(times[Math.floor(0.95 * times.length)]).toBeLessThan(1000);
  expect((await annotation.untilRound(1)).accepted).toBe(150);
  expect(await annotation.stop('SIGINT')).toBe(0);
});
