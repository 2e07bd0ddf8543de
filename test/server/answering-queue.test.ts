import { expect, test } from 'vitest';
import {
  AnsweringQueue,
  type AnsweringThreads,
  type Answers,
  type Question,
} from '../../src/server/answering-queue.js';

const questionOf = (text: string): Question => ({ kind: 'tag', body: [new TextEncoder().encode(text)] });
const textOf = ({ body }: Question): string => body.map((piece) => new TextDecoder().decode(piece)).join('');

/** The answer to each body is the body in angle brackets, and a token a character. */
function answerAll(questions: readonly Question[]): Answers {
  const texts = questions.map((question) => `<${textOf(question)}>`);
  let end = 0;
  const parts = texts.map(({ length }) => {
    end += length;
    return { status: 200, end, tokens: length - 2 } as const;
  });
  return { bytes: new TextEncoder().encode(texts.join('')), parts };
}

/** Threads whose groups wait until they are let go, but for the empty one that asks whether they have started. */
class HeldThreads implements AnsweringThreads {
  readonly size = 1;
  readonly groups: string[][] = [];
  isClosed = false;
  readonly #letGo: ((error?: Error) => void)[] = [];

  answer(questions: readonly Question[]): Promise<Answers> {
    if (questions.length === 0) return Promise.resolve(answerAll([]));
    this.groups.push(questions.map(textOf));
    return new Promise((resolve, reject) => {
      this.#letGo.push((error) => (error ? reject(error) : resolve(answerAll(questions))));
    });
  }

  letGo(error?: Error): void {
    this.#letGo.shift()?.(error);
  }

  close(): void {
    this.isClosed = true;
  }
}

const HERE = { isGone: false, deadline: Number.POSITIVE_INFINITY };

/** Asks, and returns the text of the answer. */
async function ask(queue: AnsweringQueue, text: string, caller = HERE): Promise<string | undefined> {
  const answer = await queue.answer(questionOf(text), caller);
  return answer && new TextDecoder().decode(answer.bytes);
}

test('what comes while the threads work is answered together, and each gets its own', async () => {
  const threads = new HeldThreads();
  const queue = new AnsweringQueue(() => threads);
  const first = ask(queue, 'a');
  await expect.poll(() => threads.groups).toEqual([['a']]);
  const others = ['bc', '', 'd'].map((text) => ask(queue, text));
  await expect.poll(() => queue.waiting).toBe(3);
  threads.letGo();
  expect(await first).toBe('<a>');
  await expect.poll(() => threads.groups).toEqual([['a'], ['bc', '', 'd']]);
  threads.letGo();
  expect(await Promise.all(others)).toEqual(['<bc>', '<>', '<d>']);
  expect(queue.waiting).toBe(0);
});

test('a group is no larger than 20,000 bytes, unless it is one request', async () => {
  const threads = new HeldThreads();
  const queue = new AnsweringQueue(() => threads);
  for (const length of [12_000, 8_000, 1, 90_000, 1]) void ask(queue, 'x'.repeat(length));
  for (const groups of [1, 2, 3, 4]) {
    await expect.poll(() => threads.groups.length).toBe(groups);
    threads.letGo();
  }
  expect(threads.groups.map((texts) => texts.map(({ length }) => length))).toEqual([
    [12_000, 8_000],
    [1],
    [90_000],
    [1],
  ]);
});

test('for who has gone nothing is tagged', async () => {
  const threads = new HeldThreads();
  const queue = new AnsweringQueue(() => threads);
  const caller = { ...HERE };
  const gone = ask(queue, 'gone', caller);
  caller.isGone = true;
  void ask(queue, 'here');
  expect(await gone).toBeUndefined();
  await expect.poll(() => threads.groups).toEqual([['here']]);
});

test('where a thread dies its requests fail, and others have new threads', async () => {
  const started: HeldThreads[] = [];
  const queue = new AnsweringQueue(() => {
    started.push(new HeldThreads());
    return started.at(-1) as HeldThreads;
  });
  await queue.untilReady();
  const failed = ask(queue, 'a');
  await expect.poll(() => started[0].groups.length).toBe(1);
  const next = ask(queue, 'b');
  started[0].letGo(new Error('out of memory'));
  await expect(failed).rejects.toThrow('out of memory');
  expect(started[0].isClosed).toBe(true);
  await expect.poll(() => started[1]?.groups).toEqual([['b']]);
  started[1].letGo();
  expect(await next).toBe('<b>');
  expect(queue.isReady).toBe(true);
});

test('it is ready when its threads have started, and tells why they cannot', async () => {
  const queue = new AnsweringQueue(() => new HeldThreads());
  expect(queue.isReady).toBe(false);
  await queue.untilReady();
  expect(queue.isReady).toBe(true);
  const broken = new HeldThreads();
  broken.answer = () => Promise.reject(new Error('no memory'));
  await expect(new AnsweringQueue(() => broken).untilReady()).rejects.toThrow('no memory');
});

test('a queue that is retired answers all it was asked, and then ends its threads', async () => {
  const threads = new HeldThreads();
  const queue = new AnsweringQueue(() => threads);
  const first = ask(queue, 'a');
  await expect.poll(() => threads.groups.length).toBe(1);
  const second = ask(queue, 'b');
  queue.retire();
  threads.letGo();
  expect(await first).toBe('<a>');
  expect(threads.isClosed).toBe(false);
  await expect.poll(() => threads.groups.length).toBe(2);
  threads.letGo();
  expect(await second).toBe('<b>');
  await expect.poll(() => threads.isClosed).toBe(true);
  const idle = new HeldThreads();
  new AnsweringQueue(() => idle).retire();
  expect(idle.isClosed).toBe(true);
});
