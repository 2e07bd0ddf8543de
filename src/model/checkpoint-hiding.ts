import * as z from 'zod';
import { listOf } from './few-problems.js';
import { CERTAIN } from './hiding-scores.js';

const levelCounts = listOf(z.tuple([z.int().min(0).max(CERTAIN), z.int().min(1)]).readonly(), {
  atMost: CERTAIN + 1,
}).readonly();

/** The schema of `HidingScores` in a checkpoint. */
export const storedHiding = z.strictObject({ names: levelCounts, outside: levelCounts });
