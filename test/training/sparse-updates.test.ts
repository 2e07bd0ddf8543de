import { describe, expect, test } from 'vitest';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { smallPlan, weightsOf } from '../helpers/networks.js';
import { PlanLexicon } from '../helpers/plan-lexicon.js';
import { expectTextbookUpdates, PLANS, RATE } from '../helpers/textbook-updates.js';
import { createWork, trainAlone } from '../helpers/training-work.js';

const OPTIMIZERS = ['sgd', 'momentum', 'adam'] as const;

describe.each(OPTIMIZERS)('%s', (optimizer) => {
  // Each plan goes with one optimizer here, and with all of them in the long run.
  test.each(PLANS.filter((_, index) => OPTIMIZERS[index % 3] === optimizer))(
    'moves what a batch touches as the textbook says, clipped by the norm of dense and sparse gradients together, and nothing else: $cell, $input',
    (plan) => expectTextbookUpdates(optimizer, plan),
  );

  test('leaves rows that are not touched bit by bit, however often others are', () => {
    const work = createWork(smallPlan(), [1, 1, 1, 1], { optimizer, learningRate: RATE, unknownRate: 0 });
    for (const [index, { words }] of work.examples.sentences.entries())
      words[0] = new PlanLexicon(smallPlan()).wordOf(index, index);
    const { leader, trainer } = trainAlone(work, createReferenceKernels());
    const { offset, width } = leader.network.layout.tables[0];
    const rowOf = (row: number) => weightsOf(leader.network).slice(offset + row * width, offset + (row + 1) * width);
    trainer.step(1, [3]);
    const [before, moving] = [rowOf(3), rowOf(1)];
    for (let step = 0; step < 20; step++) trainer.step(1, [0, 1]);
    expect(rowOf(3)).toEqual(before);
    expect(rowOf(1)).not.toEqual(moving);
  });
});
