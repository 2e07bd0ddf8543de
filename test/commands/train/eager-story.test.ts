import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { EagerStory } from '../../../src/commands/train/eager-story.js';

/** Tells the numbers below `count`, notes each as it comes to it, and returns their number. */
async function* numbers(count: number, noted: number[], ended: () => void = () => {}) {
  try {
    for (let number = 0; number < count; number++) {
      await setTimeout();
      noted.push(number);
      yield number;
    }
    return count;
  } finally {
    ended();
  }
}

async function listen<Event, Result>(
  story: EagerStory<Event, Result>,
  all?: readonly EagerStory<Event, Result>[],
): Promise<[Event[], Result]> {
  const events: Event[] = [];
  const told = story.tell(all);
  for (;;) {
    const { value, done } = await told.next();
    if (done) return [events, value];
    events.push(value);
  }
}

test('goes on while nobody listens, and is then told from the beginning, with what came of it', async () => {
  const noted: number[] = [];
  const story = new EagerStory(numbers(3, noted));
  await expect.poll(() => story.result).toBe(3);
  expect(noted).toEqual([0, 1, 2]);
  expect(await listen(story)).toEqual([[0, 1, 2], 3]);
});

test('is told as it goes on, at the same time as others', async () => {
  const noted: number[] = [];
  const stories = [new EagerStory(numbers(5, noted)), new EagerStory(numbers(3, noted))];
  const told = await Promise.all(stories.map((story) => listen(story)));
  expect(told).toEqual([
    [[0, 1, 2, 3, 4], 5],
    [[0, 1, 2], 3],
  ]);
  expect(noted).not.toEqual([0, 1, 2, 3, 4, 0, 1, 2]);
});

test('tells an error when it is listened to, and not before', async () => {
  const failing = async function* (): AsyncGenerator<string, void, undefined> {
    yield 'first';
    throw new Error('it cannot go on');
  };
  const story = new EagerStory(failing());
  await setTimeout();
  await expect(listen(story)).rejects.toThrow('it cannot go on');
});

test('is told no further when another of the same time has failed', async () => {
  const failing = async function* (): AsyncGenerator<number, number, undefined> {
    yield* [];
    throw new Error('the second one cannot go on');
  };
  const noted: number[] = [];
  const stories = [new EagerStory(numbers(1000, noted)), new EagerStory(failing())];
  await expect(listen(stories[0] as EagerStory<number, number>, stories)).rejects.toThrow(
    'the second one cannot go on',
  );
  expect(noted.length).toBeLessThan(1000);
  await Promise.all(stories.map((story) => story.leave()));
});

test('ends early when it is left, and has no result', async () => {
  let isEnded = false;
  const story = new EagerStory(
    numbers(1000, [], () => {
      isEnded = true;
    }),
  );
  await story.leave();
  expect(isEnded).toBe(true);
  expect(story.result).toBeUndefined();
  await expect(listen(story)).rejects.toThrow('left before its end');
});
