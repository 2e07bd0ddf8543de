import { expect } from 'vitest';
import type { Network } from '../../src/model/network.js';
import type { NetworkPlan } from '../../src/model/plan.js';
import { createDoubleKernels } from '../../src/numerics/reference.js';
import { VARIED_PLANS, weightsOf } from './networks.js';
import { batchesOf, createWork, meanGradient, trainAlone, type Work } from './training-work.js';

export const RATE = 0.05;

interface Moments {
  v: number;
  m: number;
}

/** How one weight moves: the textbook's formulas, with moments of its own for every weight. */
type Rule = (weight: number, slope: number, moments: Moments, step: number, isOfTable: boolean) => number;

const RULES: Record<'sgd' | 'momentum' | 'adam', Rule> = {
  sgd: (weight, slope) => weight - RATE * slope,

  // Polyak (1964)
  momentum(weight, slope, moments) {
    moments.v = 0.9 * moments.v + slope;
    return weight - RATE * moments.v;
  },

  // Kingma & Ba (2015), algorithm 1, as printed; PyTorch's SparseAdam adds ε to the root before it is corrected
  adam(weight, slope, moments, step, isOfTable) {
    moments.m = 0.9 * moments.m + (1 - 0.9) * slope;
    moments.v = 0.999 * moments.v + (1 - 0.999) * slope ** 2;
    const mean = moments.m / (1 - 0.9 ** step);
    const correction = Math.sqrt(1 - 0.999 ** step);
    const root = isOfTable ? (Math.sqrt(moments.v) + 1e-8) / correction : Math.sqrt(moments.v) / correction + 1e-8;
    return weight - (RATE * mean) / root;
  },
};

/** Which weights a batch touches: all dense ones, and the rows of tables that its tokens name. */
function touchedPlaces(
  { plan, layout, parts }: Network,
  { examples }: Work,
  sentences: readonly number[],
): Set<number> {
  const places = new Set(Array.from({ length: layout.denseSize }, (_, place) => place));
  const tables = parts.filter(({ isTrained }) => isTrained).map(({ part }) => part.table);
  for (const [index, { offset, width }] of layout.tables.entries()) {
    const words = sentences.flatMap((sentence) => [...examples.sentences[sentence].words]);
    const named = [...Array(plan.tables[tables[index]].named).keys()];
    for (const id of words.flatMap((word) => named.map((which) => examples.lexicon.idOf(word, tables[index], which)))) {
      for (let column = 0; column < width; column++) places.add(offset + id * width + column);
    }
  }
  return places;
}

/** Batches of 20, three shards each, of few words, so that most rows are touched by several tokens and shards. */
const LENGTHS = Array.from({ length: 50 }, (_, index) => 1 + ((index * 5) % 7));

export type Optimizer = keyof typeof RULES;

/** Plans of every kind, without dropout, whose steps the textbook can repeat. */
export const PLANS = VARIED_PLANS.map((plan) => ({ ...plan, inputDropout: 0, dropout: 0 }));

/** Trains twelve steps and expects every weight to be where the textbook moves it. */
export function expectTextbookUpdates(optimizer: Optimizer, plan: NetworkPlan): void {
  const given = { optimizer, learningRate: RATE, batchSize: 20, clip: 0.6, unknownRate: 0, formDropout: 0, clusterDropout: 0 };
  const work = createWork(plan, LENGTHS, given);
  const { leader, trainer } = trainAlone(work, createDoubleKernels());
  const expected = weightsOf(leader.network);
  const moments = expected.map(() => ({ v: 0, m: 0 }));
  const factors: number[] = [];
  let step = 0;
  for (let epoch = 1; epoch <= 4; epoch++) {
    for (const sentences of batchesOf(work, epoch)) {
      step++;
      const { gradient, loss } = meanGradient(work, sentences, expected);
      const factor = Math.min(1, 0.6 / Math.hypot(...gradient));
      factors.push(factor);
      for (const place of touchedPlaces(leader.network, work, sentences)) {
        const slope = gradient[place] * factor;
        const isOfTable = place >= leader.network.layout.denseSize;
        expected[place] = RULES[optimizer](expected[place], slope, moments[place], step, isOfTable);
      }
      expect(trainer.step(epoch, sentences).loss).toBeCloseTo(loss, 8);
    }
  }
  const differences = weightsOf(leader.network).map((weight, place) => Math.abs(weight - expected[place]));
  expect(Math.max(...differences)).toBeLessThan(0.5e-9);
  expect(Math.min(...factors)).toBeLessThan(1);
}
