import { afterAll, describe, expect, test } from 'vitest';
import { gatherTeam, type Team } from '../../src/node/team.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import { Member } from '../../src/training/member.js';
import { smallPlan, withLetters } from '../helpers/networks.js';
import { createWork, trainAndTag } from '../helpers/training-work.js';

/** Lengths for batches of one to five shards. */
const LENGTHS = Array.from({ length: 75 }, (_, index) => 1 + ((index * 7) % 19));

/** Every cell, input, decoder and optimizer, and what words may be read by, each with another number of threads. */
const CASES = [
  {
    size: 5,
    plan: smallPlan({ cell: 'elman', input: 'sum', decoder: 'softmax', direction: 'both', hidden: 70 }),
    settings: { optimizer: 'sgd' },
  },
  {
    size: 3,
    plan: smallPlan({ cell: 'lstm', input: 'concatenate', decoder: 'crf', direction: 'both', dropout: 0.3 }),
    settings: { optimizer: 'adam', clip: 0.5 },
  },
  {
    size: 1,
    plan: smallPlan({ cell: 'gru', input: 'sum', decoder: 'crf', hidden: 17, dropout: 0.2 }),
    settings: { optimizer: 'momentum', clip: 1 },
  },
  {
    size: 2,
    plan: withLetters({ cell: 'gru', decoder: 'crf', direction: 'both', inputDropout: 0.2 }),
    settings: { optimizer: 'adam' },
  },
  {
    size: 3,
    plan: smallPlan({ cell: 'elman', input: 'concatenate', decoder: 'softmax', layers: 2, window: 1 }),
    settings: { optimizer: 'momentum' },
  },
] as const;

const teams: Team[] = [];
afterAll(async () => {
  await Promise.all(teams.map((team) => team.close()));
});

describe.each(CASES)('$plan.cell, $plan.input, $plan.decoder, $settings.optimizer', ({ plan, settings, size }) => {
  const work = createWork(plan, LENGTHS, { ...settings, batchSize: 35 });
  const plain = trainAndTag(work, new Member(createReferenceKernels(), work.job, 0, 1), 3);

  test('training goes somewhere', () => {
    expect(plain.losses).toHaveLength(9);
    expect(plain.losses.every(Number.isFinite)).toBe(true);
  });

  test(`a team of ${size} gets the weights, losses, tags and probabilities of the plain kernels, bit by bit`, async () => {
    const team = await gatherTeam(work.job, size);
    teams.push(team);
    expect(trainAndTag(work, team.leader, 3)).toEqual(plain);
  });
});
