import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeCheckpoint } from '../../src/model/checkpoint.js';
import type { Prediction } from '../../src/model/decode.js';
import { shareModel } from '../../src/model/shared-model.js';
import { openModel } from '../../src/node/model-file.js';
import { type ParallelSizes, ParallelTagger, startTaggingThreads } from '../../src/tagging/parallel-tagger.js';
import type { PredictTask } from '../../src/tagging/tasks.js';
import type { InputRecord } from '../../src/text/record.js';
import { drawModel } from '../helpers/small-model.js';

const CHANNEL = 'worker_threads';
let threads: Worker[] = [];
/** Resolved one a thread, when it is ready. */
let starts: Promise<unknown>[] = [];
/** Tasks that threads have answered. */
let answers = 0;

function noteThread(message: unknown): void {
  const { worker } = message as { worker: Worker };
  threads.push(worker);
  starts.push(once(worker, 'message'));
  worker.on('message', (answer) => {
    if (answer !== 'ready') answers++;
  });
}

beforeEach(() => {
  threads = [];
  starts = [];
  answers = 0;
  subscribe(CHANNEL, noteThread);
});
afterEach(() => {
  unsubscribe(CHANNEL, noteThread);
});

const FILE = { bytes: Buffer.from(writeCheckpoint(drawModel())), source: 'model.json' };
const HOW = { cutsAtSpaces: false, format: 'jsonl' } as const;
const WORDS = ['Ada', 'lives', 'in', 'London.', 'Zürich', '🦋', '"quoted"', 'someone', '\\', '1815'];

/** Lines of 0 to 29 words each, a carriage return after some. */
const LINES = Array.from({ length: 600 }, (_, line) => {
  const words = Array.from({ length: (line * 7) % 30 }, (_, index) => WORDS[(line * 3 + index * index) % WORDS.length]);
  return words.join(' ') + (line % 11 === 0 ? '\r' : '');
});

/** Groups of so many items; once threads were started it waits for them, so that they get the rest. */
async function* inGroupsOf<Item>(count: number, items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  for (let start = 0; start < items.length; start += count) {
    yield items.slice(start, start + count);
    await Promise.all(starts);
  }
}

async function written(
  threadCount: number,
  sizes: ParallelSizes | undefined,
  groups: AsyncIterable<readonly InputRecord[]>,
) {
  let text = '';
  const tagger = new ParallelTagger(FILE, threadCount, sizes);
  for await (const bytes of tagger.write(groups, HOW)) text += Buffer.from(bytes).toString();
  return text;
}

describe('whatever the number of threads and the size of groups,', () => {
  test.each([
    [1, 1, 100],
    [2, 1, 100],
    [2, 700, 50],
    [2, 5000, 7],
    [3, 2000, 299],
    [3, 1, 13],
  ])('%i threads, groups of %i characters, %i lines at a time: the same bytes', async (threadCount, group, lines) => {
    const expected = await written(1, undefined, inGroupsOf(600, LINES));
    expect(expected.split('\n')).toHaveLength(LINES.length + 1);
    expect(await written(threadCount, { alone: 0, group }, inGroupsOf(lines, LINES))).toBe(expected);
    expect(threads).toHaveLength(threadCount - 1);
    expect(answers > 0).toBe(threadCount > 1);
  });

  test('the same tags and confidences', async () => {
    const records = LINES.map((line) => line.split(' ').filter((token) => token !== ''));
    const sentences = records.map((tokens) => ({ tokens, document: 0 }));
    const predict = async (tagger: ParallelTagger) => {
      const groups: Prediction[] = [];
      for await (const group of tagger.predict(sentences, true)) groups.push(...group);
      return groups;
    };
    const expected = await predict(new ParallelTagger(FILE, 1));
    expect(await predict(new ParallelTagger(FILE, 3, { alone: 0, group: 300 }))).toEqual(expected);
    const pool = startTaggingThreads<PredictTask, Prediction[]>(shareModel(openModel(FILE)), 1);
    expect(await pool.run({ kind: 'predict', records, confidence: true })).toEqual(expected);
    pool.close();
  });
});

test('little input starts no thread, however many there may be', async () => {
  await written(8, undefined, inGroupsOf(1, LINES));
  expect(threads).toHaveLength(0);
});

test('threads end with the work', async () => {
  await written(3, { alone: 0, group: 500 }, inGroupsOf(50, LINES));
  expect(answers).toBeGreaterThan(0);
  await Promise.all(
    threads.map((thread) => thread.threadId < 0 || new Promise((resolve) => thread.once('exit', resolve))),
  );
  expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1]);
});

describe('a thread that dies is an error and no wait:', () => {
  /** Input that goes on for ever; when it is time, a thread is ended. */
  async function* withDeath(isTime: () => boolean): AsyncGenerator<readonly InputRecord[]> {
    for (let isDead = false; ; ) {
      yield LINES.slice(0, 20);
      if (threads.length > 0) await setTimeout(5);
      if (isDead || !isTime()) continue;
      void threads.at(-1)?.terminate();
      isDead = true;
    }
  }

  test.each([
    ['while it starts', () => threads.length > 0],
    ['while it works', () => answers > 3],
  ])('%s', async (_, isTime) => {
    const groups = withDeath(isTime);
    await expect(written(3, { alone: 100, group: 1000 }, groups)).rejects.toThrow('a thread ended');
  });

  test('and the others end too', async () => {
    const groups = withDeath(() => threads.length > 0);
    await written(3, { alone: 100, group: 1000 }, groups).catch(() => undefined);
    await Promise.all(
      threads.map((thread) => thread.threadId < 0 || new Promise((resolve) => thread.once('exit', resolve))),
    );
  });
});
