import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeHead,
  describeDifferences,
  encodeHead,
  FIRST_LINE_LIMIT,
  locateHead,
  type TrainingState,
} from '../../src/training/state.js';
import { scoresOf } from '../helpers/training-run.js';

function stateOf(lossSum: number, step: number): TrainingState {
  const epochs = [{ epoch: 1, loss: 0.1 + 0.2, dev: scoresOf(1 / 3) }];
  const head = {
    inputs: { 'training corpus': 'three', '--hidden': 3, '--recode': true },
    finished: [{ bestEpoch: 1, epochs }],
    position: { epochs, step, lossSum },
    steps: 7,
  };
  return { head, blocks: [{ name: 'weights', numbers: Float32Array.of(1, 2, 3) }] };
}

function decode(bytes: Uint8Array) {
  const { start, end } = locateHead(bytes.subarray(0, FIRST_LINE_LIMIT), 'a.state');
  expect(end).toBe(bytes.length);
  return decodeHead(bytes.subarray(start, end), 'a.state');
}

describe('the head of a state', () => {
  test('comes back as it was, every number to the bit', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    fc.assert(
      fc.property(finite, fc.nat(), (lossSum, step) => {
        const state = stateOf(lossSum, step);
        expect(decode(encodeHead(state))).toEqual({ ...state.head, blocks: [{ name: 'weights', length: 3 }] });
      }),
    );
  });

  test('is refused where the file is something else, or of another version', () => {
    const begin = (text: string) => () => locateHead(new TextEncoder().encode(text), 'a.state');
    expect(begin('{"format": "rnn-tagger"')).toThrow('a.state: expected the state of a training, found something else');
    expect(begin('')).toThrow('expected the state of a training');
    expect(begin('rnn-tagger state 3 10\n')).toThrow('expected a state of format version 2, found version 3');
  });

  test('is refused where it is no head', () => {
    expect(() => decodeHead(new TextEncoder().encode('{"inputs": {}}'), 'a.state')).toThrow('a.state: damaged');
  });
});

test('differences are listed a line each, things that one of the two lacks included', () => {
  const was = { '--hidden': 64, '--cell': 'gru', '--patience': 3 };
  expect(describeDifferences(was, { '--hidden': 128, '--cell': 'gru', '--from': 'jsonl' })).toEqual([
    '--hidden: was 64, now 128',
    '--patience: was 3, now not set',
    '--from: was not set, now jsonl',
  ]);
  expect(describeDifferences(was, { ...was })).toEqual([]);
});

test('of many differences, or long ones, the first few are told, and how many more there are', () => {
  const was = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 'x'.repeat(200)]));
  const told = describeDifferences(was, { '--hidden': 1 });
  expect(told).toHaveLength(11);
  expect(told[0]).toBe(`k0: was ${'x'.repeat(120)}, now not set`);
  expect(told[10]).toBe('and 99991 more');
});
