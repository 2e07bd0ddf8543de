import * as z from 'zod';
import { listOf } from './few-problems.js';
import { CERTAIN } from './hiding-scores.js';

const level = z.int().min(0).max(CERTAIN);

/** The schema of `HidingScores` in a checkpoint. */
export const storedHiding = z.strictObject({
  names: listOf(listOf(level).readonly()).readonly(),
  outside: listOf(z.tuple([level, z.int().min(1)]).readonly(), { atMost: CERTAIN + 1 }).readonly(),
});
