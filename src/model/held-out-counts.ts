import * as z from 'zod';
import { listOf } from './few-problems.js';

const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** The schema of `HeldOutCounts` in a checkpoint. */
export const storedHeldOut = z
  .strictObject({
    sentences: count,
    tokens: count,
    correctTokens: count,
    interval: z.strictObject({ low: share, high: share }).readonly(),
    labels: listOf(
      z.strictObject({ label: z.string(), gold: count, predicted: count, correct: count }).readonly(),
    ).readonly(),
  })
  .refine(({ tokens, correctTokens }) => correctTokens <= tokens, 'more tokens are correct than there are')
  .refine(
    ({ labels }) => labels.every(({ gold, predicted, correct }) => correct <= Math.min(gold, predicted)),
    'more spans of a label are correct than there are',
  )
  .refine(
    ({ labels }) => new Set(labels.map(({ label }) => label)).size === labels.length,
    'a label stands there twice',
  );

/** The counts of held-out sentences from which their scores are made, with the 95 % interval of F1. */
export type HeldOutCounts = Readonly<z.infer<typeof storedHeldOut>>;
