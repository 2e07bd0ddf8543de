import { describe, test } from 'vitest';
import { expectTextbookUpdates, PLANS } from '../helpers/textbook-updates.js';

describe.each(['sgd', 'momentum', 'adam'] as const)('%s', (optimizer) => {
  test.each(PLANS)(
    'moves what a batch touches as the textbook says, clipped by the norm of dense and sparse gradients together, and nothing else: $cell, $input',
    (plan) => expectTextbookUpdates(optimizer, plan),
  );
});
