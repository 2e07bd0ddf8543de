import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Network } from '../../src/model/network.js';
import { TrainingBatch } from '../../src/model/training-batch.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { allocateTouched, TouchedRowFinder } from '../../src/training/touched-rows.js';
import { fillBatch, smallPlan } from '../helpers/networks.js';
import { PlanLexicon } from '../helpers/plan-lexicon.js';

const [SENTENCES, LONGEST] = [20, 9];
const CAPACITY = SENTENCES * LONGEST;
const kernels = createReferenceKernels();

const lexicon = new PlanLexicon(smallPlan());
const batches = fc
  .array(fc.array(fc.nat(lexicon.size - 1), { minLength: 1, maxLength: LONGEST }), {
    minLength: 1,
    maxLength: SENTENCES,
  })
  .map((sentences) => sentences.sort((a, b) => b.length - a.length));

function integersAt(address: number, n: number): number[] {
  return [...kernels.integers.subarray(address, address + n)];
}

/** The things that name each of the first `count` named ones. */
function groupsOf({ from, positions }: { from: number; positions: number }, count: number): number[][] {
  const starts = integersAt(from, count + 1);
  return starts.slice(0, -1).map((start, index) => integersAt(positions + start, starts[index + 1] - start));
}

/** Which things name each number, in the order of the things. */
function namersOf(numbers: readonly number[], named: readonly number[]): number[][] {
  return named.map((number) => [...numbers.keys()].filter((thing) => numbers[thing] === number));
}

describe.each([
  { input: 'sum', window: 0 },
  { input: 'concatenate', window: 2 },
] as const)('in a batch, batch after batch, input $input, window $window,', (changes) => {
  const network = new Network(kernels, smallPlan(changes));
  const batch = new TrainingBatch(network, {
    sentences: SENTENCES,
    rows: CAPACITY,
    longest: LONGEST,
    words: CAPACITY,
  });
  const touched = allocateTouched(network, CAPACITY);
  const finder = new TouchedRowFinder(network, touched);

  function forEachBatch(check: (words: number[]) => void): void {
    fc.assert(
      fc.property(batches, (sentences) => {
        const examples = sentences.map((words) => {
          return { words: Int32Array.from(words), targets: new Int32Array(words.length) };
        });
        fillBatch(network, batch, examples, lexicon);
        finder.find(batch);
        check(integersAt(batch.own.slots, batch.rows));
      }),
      { numRuns: 40 },
    );
  }

  test('each word has all its tokens, in their order', () => {
    forEachBatch((slots) => {
      const words = [...Array(batch.words.count).keys()];
      expect(groupsOf(touched.tokens, words.length)).toEqual(namersOf(slots, words));
    });
  });

  test('each row that a batch names has all its words, in their order', () => {
    forEachBatch(() => {
      for (const table of touched.tables) {
        const ids = integersAt(batch.words.named.tables[table.table].ids, batch.words.count);
        const [count] = integersAt(table.count, 1);
        const rows = integersAt(table.rows, count);
        expect(rows).toEqual([...new Set(ids)]);
        expect(groupsOf(table, count)).toEqual(namersOf(ids, rows));
      }
    });
  });

  test('beside each token of a word stands, for each offset, the token that sees it there, or none', () => {
    forEachBatch(() => {
      const tokens = integersAt(touched.tokens.positions, batch.rows);
      for (const [place, seeing] of touched.seeing.entries()) {
        const seen = place === 0 ? [...tokens.keys()] : integersAt(batch.seen[place].neighbours, batch.rows);
        const expected = tokens.map((token) => (seen.includes(token) ? seen.indexOf(token) : CAPACITY));
        expect(integersAt(seeing.rows, batch.rows)).toEqual(expected);
      }
    });
  });
});
