import { layOutSteps, type Steps } from '../layers/sequence.js';

/** A sentence in numbers: the id of each token's word, and of each token's tag where it is known. */
export interface Example {
  readonly ids: Int32Array;
  readonly targets: Int32Array;
}

/** Sentences that go through the network together. */
export interface Batch {
  readonly steps: Steps;
  /** (N), word ids, time-major */
  readonly ids: Int32Array;
  /** (N), tag ids, time-major */
  readonly targets: Int32Array;
  /** (B), which of the examples stands at place b: the longest first, equal ones in the given order */
  readonly order: readonly number[];
}

/** @param examples of at least one token each */
export function createBatch(examples: readonly Example[]): Batch {
  const lengthOf = (index: number): number => (examples[index] as Example).ids.length;
  const order = examples.map((_, index) => index).sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  const steps = layOutSteps(order.map(lengthOf));
  const ids = new Int32Array(steps.N);
  const targets = new Int32Array(steps.N);
  for (const [place, index] of order.entries()) {
    const example = examples[index] as Example;
    for (let t = 0; t < example.ids.length; t++) {
      ids[rowOf(steps, t, place)] = example.ids[t] as number;
      targets[rowOf(steps, t, place)] = example.targets[t] as number;
    }
  }
  return { steps, ids, targets, order };
}

/** The row of the token of step t of the sentence at place b. */
export function rowOf(steps: Steps, t: number, b: number): number {
  return (steps.start[t] as number) + b;
}
