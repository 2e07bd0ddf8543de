import { badInput } from '../errors.js';
import { CERTAIN, type HidingScores, type LevelCount, leastOfLevel } from '../model/hiding-scores.js';

/** The certainty with which a promise of recall holds. */
export const SURE = 0.95;

/** A number above the rounding error of a quotient of such numbers. */
const ROUNDING = 1e-9;

/** From where on words are hidden, and what dev says of it. */
export interface Hiding {
  /** The level from which on tokens are hidden. */
  readonly level: number;
  /** The least probability to be in a name that has the level. */
  readonly probability: number;
  /** The gold entities of dev, and those of them that are hidden whole. */
  readonly names: { readonly all: number; readonly hidden: number };
  /** The tokens of dev outside of entities, and those of them that are hidden nevertheless. */
  readonly outside: { readonly all: number; readonly hidden: number };
}

/**
 * Chooses the highest level from which on tokens must be hidden so that, with a certainty of 95 %, at least the wanted share
 * of names is hidden whole: the k-th lowest of dev's n entities, with the largest k for which fewer than k misses
 * among n draws, each a miss with the probability 1 - recall, have a probability of 5 % or less (training-conditional
 * conformal prediction, Vovk 2012, proposition 2b; the bound of Clopper & Pearson, 1934, read backwards).
 *
 * The names of a document are not independent of each other: n is divided by the design effect (Rao & Scott 1992). What is
 * assumed is that the documents to come are drawn as those of dev were.
 *
 * @param recall above 0 and below 1
 * @param source the name of the checkpoint in messages
 * @throws {UserError} if dev has too few names for the promise, exit code 3
 */
export function chooseHiding(scores: HidingScores | undefined, recall: number, source: string): Hiding {
  const misses = 1 - recall;
  const { names, outside } = scores ?? { names: [], outside: [] };
  const levels = names.flat().sort((a, b) => a - b);
  const effect = designEffect(names, levels, misses);
  const rank = largestRank(Math.floor(levels.length / effect + ROUNDING), misses);
  if (scores === undefined)
    throw badInput(
      `${source}: it does not say how surely names of dev were found, which --recall needs`,
      `train it again with a dev corpus that has ${fewestNames(misses)} names or more`,
    );
  if (rank === 0) {
    const needed = Math.ceil(fewestNames(misses) * effect - ROUNDING);
    throw badInput(
      `${source}: to promise that ${percentOf(recall)} of names are hidden takes ${needed} names in dev, and it had ${levels.length}: ${needed - levels.length} are missing`,
      'give rnn train a larger --dev, or ask for less',
    );
  }
  const level = levels[Math.floor((rank - 1) * effect + ROUNDING)] ?? 0;
  if (level === 0)
    throw badInput(
      `${source}: to hide ${percentOf(recall)} of names, every word would have to be hidden: too many names of dev were as good as missed`,
      'ask for less, or train a better model',
    );
  return {
    level,
    probability: leastOfLevel(level),
    names: { all: levels.length, hidden: levels.filter((each) => each >= level).length },
    outside: { all: countOf(outside), hidden: countOf(outside, level) },
  };
}

/** With fewer names that are missed, chance decides how many of them seem to be of one document. */
const ENOUGH_MISSES = 30;

/**
 * Returns how many times as much the share of misses varies as it would if names were independent (Kish 1965, section 5.4), but 1
 * or more. It is measured where about the allowed share is missed, or more if that were too few names.
 *
 * @param groups the levels of the names of each document
 * @param sorted all of these levels, lowest first
 */
function designEffect(groups: HidingScores['names'], sorted: readonly number[], misses: number): number {
  const n = sorted.length;
  const missed = Math.max(Math.ceil(misses * n), Math.min(ENOUGH_MISSES, Math.floor(n / 2)));
  const highest = Math.min(CERTAIN - 1, sorted[missed - 1] ?? 0);
  const isMissed = (level: number): boolean => level <= highest;
  const share = sorted.filter(isMissed).length / n;
  if (groups.length < 2 || !(share > 0 && share < 1)) return 1;
  let squares = 0;
  for (const group of groups) {
    const distance = group.filter(isMissed).length - share * group.length;
    squares += distance * distance;
  }
  const variance = (squares / n / n) * (groups.length / (groups.length - 1));
  const independent = (share * (1 - share)) / (n - 1);
  return Math.max(1, variance / independent);
}

/** Returns a share in per cent, with all digits that it was given with. */
export function percentOf(share: number): string {
  return `${Number((100 * share).toPrecision(15))} %`;
}

/** Counts what has a level or a higher one. */
function countOf(counts: readonly LevelCount[], least = 0): number {
  return counts.reduce((sum, [level, count]) => sum + (level >= least ? count : 0), 0);
}

/**
 * Returns the least number of entities with which a share of misses can be promised at all: (1 - share)^n <= 1 - SURE. The
 * digits of the number in base 2 are found from the highest one down, by squares of the base, without a logarithm.
 */
export function fewestNames(misses: number): number {
  const squares = [1 - misses];
  for (let last = 1 - misses; last > 1 - SURE; squares.push(last)) last *= last;
  let tooFew = 0;
  let noMiss = 1;
  for (let digit = squares.length - 1; digit >= 0; digit--) {
    const longer = noMiss * (squares[digit] ?? 1);
    if (!(longer > 1 - SURE)) continue;
    noMiss = longer;
    tooFew += 2 ** digit;
  }
  return tooFew + 1;
}

/**
 * Returns the largest k for which k - 1 misses or fewer among n draws have a probability of at most 1 - SURE; 0 if there is
 * none. The terms of the binomial distribution follow from each other by their ratio, from the most probable one, so
 * that nothing overflows and no logarithm is needed.
 *
 * @param misses the probability of a miss, above 0 and below 1
 */
export function largestRank(n: number, misses: number): number {
  const mode = Math.min(n, Math.floor((n + 1) * misses));
  const odds = misses / (1 - misses);
  const terms = new Float64Array(n + 1);
  terms[mode] = 1;
  for (let k = mode; k > 0; k--) terms[k - 1] = ((terms[k] ?? 0) * k) / ((n - k + 1) * odds);
  for (let k = mode; k < n; k++) terms[k + 1] = ((terms[k] ?? 0) * (n - k) * odds) / (k + 1);
  const total = terms.reduce((sum, term) => sum + term, 0);
  let rank = 0;
  let sum = 0;
  for (;;) {
    sum += terms[rank] ?? Number.POSITIVE_INFINITY;
    if (!(sum <= (1 - SURE) * total)) return rank;
    rank++;
  }
}
