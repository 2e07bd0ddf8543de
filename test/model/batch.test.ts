import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BatchMemory, type Example, SHARD_SENTENCES } from '../../src/model/batch.js';
import { Network } from '../../src/model/network.js';
import { TrainingBatch } from '../../src/model/training-batch.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { smallPlan } from '../helpers/networks.js';

const kernels = createReferenceKernels();
const CAPACITY = { sentences: 40, rows: 400, longest: 10, words: 60 };

function createBatch(window: number): TrainingBatch {
  const network = new Network(kernels, smallPlan({ input: 'concatenate', window }));
  return new TrainingBatch(network, CAPACITY);
}

const batch = createBatch(0);

/** A sentence whose tags follow from its words. */
function exampleOf(...words: readonly number[]): Example {
  return { words: Int32Array.from(words), targets: Int32Array.from(words, (word) => word + 2000) };
}

/** Fills the batch; the number that a word has in it follows from the word. */
function fill(examples: readonly Example[], filled = batch): void {
  filled.fill(examples, (example, t) => slotOf(examples[example].words[t]));
}

function slotOf(word: number): number {
  return CAPACITY.words - 1 - word;
}

function integersAt(address: number, n: number): number[] {
  return [...kernels.integers.subarray(address, address + n)];
}

const sentences = fc
  .array(fc.array(fc.nat(50), { minLength: 1, maxLength: CAPACITY.longest }), {
    minLength: 1,
    maxLength: CAPACITY.sentences,
  })
  .map((drawn) => drawn.sort((a, b) => b.length - a.length));

describe('a batch in memory', () => {
  test('lies word by word, without padding', () => {
    fill([exampleOf(1, 2, 3), exampleOf(4, 5), exampleOf(6)]);
    const { steps, slots, targets } = batch.shard(0);
    expect(integersAt(slots[0], 6)).toEqual([1, 4, 6, 2, 5, 3].map(slotOf));
    expect(integersAt(targets, 6)).toEqual([2001, 2004, 2006, 2002, 2005, 2003]);
    expect([steps.N, steps.T, integersAt(steps.start, 4)]).toEqual([6, 3, [0, 3, 5, 6]]);
  });

  test('is cut in shards of eight sentences, one behind the other', () => {
    fc.assert(
      fc.property(sentences, (drawn) => {
        fill(drawn.map((words) => exampleOf(...words)));
        expect(batch.shardCount).toBe(Math.ceil(drawn.length / SHARD_SENTENCES));
        let row = 0;
        for (let index = 0; index < batch.shardCount; index++) {
          const members = drawn.slice(index * SHARD_SENTENCES, (index + 1) * SHARD_SENTENCES);
          const { steps, slots, targets, stateKeys, dInput } = batch.shard(index);
          expect(batch.rowOf(index)).toBe(row);
          expect([slots[0] - batch.own.slots, targets - batch.targets, stateKeys - batch.stateKeys]).toEqual([
            row,
            row,
            row,
          ]);
          expect(dInput - batch.dInput).toBe(row * 8);
          expect(steps.T).toBe(members[0].length);
          expect(steps.N).toBe(members.flat().length);
          row += steps.N;
        }
        expect(batch.rows).toBe(row);
      }),
    );
  });

  test('holds every word and tag of every sentence at the row that the visitor is told', () => {
    fc.assert(
      fc.property(sentences, (drawn) => {
        const rows = new Map<number, number>();
        batch.fill(
          drawn.map((words) => exampleOf(...words)),
          (example, t, row) => {
            rows.set(row, drawn[example][t]);
            return slotOf(drawn[example][t]);
          },
        );
        for (const [row, word] of rows) {
          expect(kernels.integers[batch.own.slots + row]).toBe(slotOf(word));
          expect(kernels.integers[batch.targets + row]).toBe(word + 2000);
        }
        expect(rows.size).toBe(drawn.flat().length);
        expect(Math.max(...rows.keys())).toBe(batch.rows - 1);
      }),
    );
  });

  test('has nothing left of a larger one before it', () => {
    fill(Array.from({ length: CAPACITY.sentences }, () => exampleOf(1, 2, 3)));
    fill([exampleOf(7)]);
    expect([batch.shardCount, batch.rows, batch.shard(0).steps.N]).toEqual([1, 1, 1]);
    fill([]);
    expect([batch.shardCount, batch.rows]).toEqual([0, 0]);
  });

  test('gives back the tags and probabilities of the rows asked for', () => {
    for (const row of [0, 1, 2, 3]) {
      kernels.integers[batch.best + row] = 10 + row;
      kernels.memory[batch.probabilities + row] = row / 4;
    }
    const answer = { tags: new Int32Array(2), probabilities: new Float32Array(2) };
    batch.readTags(Int32Array.of(3, 1), answer);
    expect(answer).toEqual({ tags: Int32Array.of(13, 11), probabilities: Float32Array.of(0.75, 0.25) });
  });
});

describe.each([1, 2, 5])('in a window of %i on each side', (window) => {
  const wide = createBatch(window);
  const offsets = Array.from({ length: window }, (_, index) => [-index - 1, index + 1]).flat();

  test('every token sees the rows and words of its sentence’s tokens, and of no other sentence', () => {
    fc.assert(
      fc.property(sentences, (drawn) => {
        const rows = drawn.map((): number[] => []);
        wide.fill(
          drawn.map((words) => exampleOf(...words)),
          (example, t, row) => {
            rows[example][t] = row;
            return slotOf(drawn[example][t]);
          },
        );
        const { integers } = kernels;
        for (const [example, words] of drawn.entries()) {
          for (const [t, row] of rows[example].entries()) {
            for (const offset of offsets) {
              const place = placeOf(wide, offset);
              const isThere = words[t + offset] !== undefined;
              expect(integers[wide.seen[place].slots + row]).toBe(isThere ? slotOf(words[t + offset]) : CAPACITY.words);
              expect(integers[wide.seen[place].neighbours + row]).toBe(
                isThere ? rows[example][t + offset] : CAPACITY.rows,
              );
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  function placeOf({ seen }: BatchMemory, offset: number): number {
    expect(seen).toHaveLength(2 * window + 1);
    return [0, ...offsets].indexOf(offset);
  }
});
