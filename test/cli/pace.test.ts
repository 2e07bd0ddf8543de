import { expect, test } from 'vitest';
import { Pace } from '../../src/cli/pace.js';
import type { TimedStep } from '../../src/commands/train/events.js';

/** A step of a network that has one epoch of 100 steps. */
const step = (number: number, seconds: number): TimedStep => ({
  ...{ kind: 'step', epoch: 1, epochs: 1, step: number, stepsAnEpoch: 100 },
  ...{ place: number, places: 100, tokens: 10, loss: 1, seconds },
});

const stage = (index: number, together: number, later: number) =>
  ({
    kind: 'stage',
    text: '',
    run: undefined,
    network: index + 1,
    seed: 1,
    ...{ index, count: 4, together, later },
  }) as const;

/** The time left after half of the steps of a network. */
function leftAfterHalf(pace: Pace, seconds: number): string {
  for (let number = 1; number <= 50; number++) pace.count(step(number, seconds));
  return pace.timeLeft;
}

test('networks one after another take the time that their steps have taken so far', () => {
  const pace = new Pace();
  pace.enter(stage(0, 1, 3));
  expect(leftAfterHalf(pace, 2)).toBe('11:40 left'); // 350 steps of 2 s
});

test('networks side by side are about as far as the one that is told of', () => {
  const pace = new Pace();
  pace.enter(stage(0, 2, 2));
  // A step takes 4 s, half of which counts for each of two networks: 50 steps of these two and 100 of the next two.
  expect(leftAfterHalf(pace, 2)).toBe('10:00 left');
});

test('nothing is left at the end of the last of networks side by side', () => {
  const pace = new Pace();
  for (const index of [0, 1]) {
    pace.enter(stage(index, 2, 0));
    for (let number = 1; number <= 100; number++) pace.count(step(number, 2));
  }
  expect(pace.timeLeft).toBe('0:00 left');
});

test('steps before a training was resumed take no time', () => {
  const pace = new Pace();
  pace.enter(stage(0, 1, 0));
  pace.count(step(99, 5));
  expect(pace.timeLeft).toBe('0:05 left');
});

test('epochs over more sentences neither turn the bar back nor take it past its end', () => {
  const pace = new Pace();
  const shares: number[] = [];
  for (const index of [0, 1]) {
    pace.enter({ ...stage(index, 1, 1 - index), count: 2 });
    for (let place = 1; place <= 100; place++) {
      // The last 30 steps are those of an epoch over all sentences, the first 70 those of an epoch over a part.
      const epoch = place <= 70 ? 1 : 2;
      pace.count({ ...step(place, 1), epoch, epochs: 2, step: place <= 70 ? place : place - 70, stepsAnEpoch: 70 });
      shares.push(pace.done / pace.total);
    }
  }
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});
