/** A level, and how many have it. */
export type LevelCount = readonly [level: number, count: number];

/**
 * How surely a network found the names of a corpus, which it was not trained on. From this follows from which level on tokens
 * must be hidden so that a given share of names is.
 */
export interface HidingScores {
  /**
   * The gold entities, group by group, by the level of the least sure of their tokens: names of one document are found or missed
   * together more often than others.
   */
  readonly names: readonly (readonly number[])[];
  /** The tokens outside of all gold entities by their level, lowest level first. */
  readonly outside: readonly LevelCount[];
}

/** The probabilities from 2^-20 to 1 have sixteen levels between a number and its double; less probable ones have level 0. */
const STEPS = 16;
const OCTAVES = 20;

/** The highest level, which stands for a probability of 1. */
export const CERTAIN = OCTAVES * STEPS + 1;

/** A float32 has 23 bits of fraction, of which a level keeps the four highest, and exponents that count from 127. */
const DROPPED_BITS = 23 - 4;
const LOWEST = (127 - OCTAVES) * STEPS;

const numbers = new DataView(new ArrayBuffer(4));

/** Returns the level of a probability, from 0 to `CERTAIN`; a greater probability never has a lower one. */
export function levelOf(probability: number): number {
  numbers.setFloat32(0, Math.min(1, probability));
  return Math.max(0, (numbers.getUint32(0) >>> DROPPED_BITS) - LOWEST + 1);
}

/** Returns the least probability that has a level. */
export function leastOfLevel(level: number): number {
  if (level === 0) return 0;
  numbers.setUint32(0, (level - 1 + LOWEST) << DROPPED_BITS);
  return numbers.getFloat32(0);
}

/** Counts levels, lowest first. */
export function countLevels(levels: Iterable<number>): LevelCount[] {
  const counts = new Array<number>(CERTAIN + 1).fill(0);
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1;
  return [...counts.entries()].filter(([, count]) => count > 0);
}
