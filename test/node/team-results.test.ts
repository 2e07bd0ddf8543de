import { afterAll, describe, expect, test } from 'vitest';
import { gatherTeam, type Team } from '../../src/node/team.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { Member } from '../../src/training/member.js';
import { smallPlan, withLetters } from '../helpers/networks.js';
import { createWork, trainAndTag } from '../helpers/training-work.js';

/** Lengths for batches of one to five shards. */
const LENGTHS = Array.from({ length: 75 }, (_, index) => 1 + ((index * 7) % 19));

const CASES = [
  {
    sizes: [1, 2, 3, 5],
    plan: smallPlan({ cell: 'elman', input: 'sum', decoder: 'softmax', direction: 'both', hidden: 70 }),
    settings: { optimizer: 'sgd' },
  },
  {
    sizes: [1, 2, 3],
    plan: smallPlan({ cell: 'lstm', input: 'concatenate', decoder: 'crf', direction: 'both', dropout: 0.3 }),
    settings: { optimizer: 'adam', clip: 0.5 },
  },
  {
    sizes: [1, 5],
    plan: smallPlan({ cell: 'gru', input: 'sum', decoder: 'crf', hidden: 17, dropout: 0.2 }),
    settings: { optimizer: 'momentum', clip: 1 },
  },
  {
    sizes: [1, 2, 3],
    plan: withLetters({ cell: 'gru', decoder: 'crf', direction: 'both', inputDropout: 0.2 }),
    settings: { optimizer: 'adam' },
  },
] as const;

const teams: Team[] = [];
afterAll(async () => {
  await Promise.all(teams.map((team) => team.close()));
});

describe.each(CASES)('$plan.cell, $plan.input, $plan.decoder, $settings.optimizer', ({ plan, settings, sizes }) => {
  const work = createWork(plan, LENGTHS, { ...settings, batchSize: 35 });
  const plain = trainAndTag(work, new Member(createReferenceKernels(), work.job, 0, 1), 3);

  test('training goes somewhere', () => {
    expect(plain.losses).toHaveLength(9);
    expect(plain.losses.every(Number.isFinite)).toBe(true);
  });

  test.each(sizes)(
    'a team of %i gets the weights, losses, tags and probabilities of the plain kernels, bit by bit',
    async (size) => {
      const team = await gatherTeam(work.job, size);
      teams.push(team);
      expect(trainAndTag(work, team.leader, 3)).toEqual(plain);
    },
  );
});
