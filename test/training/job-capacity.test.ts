import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchMemory, type Example } from '../../src/model/batch.js';
import { NamedRows } from '../../src/model/named-rows.js';
import { Network } from '../../src/model/network.js';
import { predictInBatches } from '../../src/model/predictor.js';
import { WordCache } from '../../src/model/word-cache.js';
import { Random } from '../../src/numerics/random.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import type { Job } from '../../src/training/member.js';
import { orderBatches } from '../../src/training/order.js';
import { planJob } from '../../src/training/trainer.js';
import { plannedTable, smallPlan } from '../helpers/networks.js';
import { PlanLexicon } from '../helpers/plan-lexicon.js';

const plan = smallPlan({ tables: [plannedTable('form', 2, 1)], hidden: 1, tags: 2 });

/** Lengths of which most are short and some very long. */
const lengths = (max: number) =>
  fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max })), { minLength: 1, maxLength: 90 });
const sizes = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constant(1000));

function examplesOf(drawn: readonly number[]): Example[] {
  return drawn.map((length) => ({ words: new Int32Array(length), targets: new Int32Array(length) }));
}

function jobFor(training: readonly Example[], others: readonly Example[], batchSize: number): Job {
  const longestOther = Math.max(1, ...others.map(({ targets }) => targets.length));
  return planJob(plan, { optimizer: 'sgd', clip: 1, average: 0, batchSize }, training, longestOther);
}

function expectRoom(batch: BatchMemory, tokens: number, { shardTokens, longest }: Job): void {
  expect(batch.rows).toBeLessThanOrEqual(tokens);
  for (let index = 0; index < batch.shardCount; index++) {
    const { N, T } = batch.shard(index).steps;
    expect(N).toBeLessThanOrEqual(shardTokens);
    expect(T).toBeLessThanOrEqual(longest);
  }
}

describe('a job has room for', () => {
  test('any batch of any epoch', () => {
    fc.assert(
      fc.property(lengths(300), sizes, fc.nat(), (drawn, batchSize, seed) => {
        const examples = examplesOf(drawn);
        const job = jobFor(examples, [], batchSize);
        const network = new Network(createReferenceKernels(), plan);
        const batch = new BatchMemory(network, {
          sentences: job.batchSize,
          rows: job.batchTokens,
          longest: job.longest,
          words: 1,
        });
        for (const sentences of orderBatches(drawn, batchSize, new Random(seed))) {
          expect(sentences.length).toBeLessThanOrEqual(job.batchSize);
          batch.fill(
            sentences.map((sentence) => examples[sentence]),
            () => 0,
          );
          expectRoom(batch, job.batchTokens, job);
        }
      }),
    );
  });

  test('tagging the training sentences and any others', () => {
    fc.assert(
      fc.property(lengths(300), lengths(4000), sizes, (drawn, drawnOthers, batchSize) => {
        const [training, others] = [examplesOf(drawn), examplesOf(drawnOthers)];
        const job = jobFor(training, others, batchSize);
        const network = new Network(createReferenceKernels(), plan);
        const batch = new BatchMemory(network, {
          sentences: job.tagSentences,
          rows: job.tagTokens,
          longest: job.longest,
          words: job.tagTokens,
        });
        const cache = new WordCache(job.tagTokens, new NamedRows(network.kernels, plan.tables, job.tagTokens));
        for (const sentences of [training, others]) {
          predictInBatches(batch, cache, sentences, new PlanLexicon(plan), () => {
            expectRoom(batch, job.tagTokens, job);
            return [];
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  test('no more than the longest sentences need', () => {
    const job = jobFor(examplesOf([5, 3, 1, 1]), [], 2);
    expect(job).toMatchObject({ batchSize: 2, batchTokens: 8, longest: 5 });
  });
});
