import { UserError } from '../../../src/errors.js';
import { NEIGHBOURS, type SentenceHiding } from '../../../src/evaluation/hidden-names.js';
import { chooseHiding, type Hiding, largestRank } from '../../../src/evaluation/hiding-bound.js';
import { countLevels, type HidingScores } from '../../../src/model/hiding-scores.js';
import type { Random } from '../../../src/numerics/random.js';

/** What a promise of recall came to over many splits of sentences into a dev part and a rest. */
export interface ResplitSummary {
  /** The splits whose dev was too small for the promise; they count in nothing else. */
  readonly refused: number;
  /** Mean number of names in the dev part. */
  readonly names: number;
  /** Share of the splits in which fewer names than promised are hidden, among the rest, and among all sentences. */
  readonly broken: { readonly rest: number; readonly all: number };
  /** The share of splits in which the rest would fall short by chance alone, if names were independent. */
  readonly expected: number;
  /** Mean share of the names of the rest that is hidden, and of its other tokens. */
  readonly recall: number;
  readonly cost: number;
  /** The least and the greatest probability from which on tokens were hidden. */
  readonly probabilities: readonly [number, number];
}

/**
 * Draws parts of the size of dev over and over, chooses from each from where on tokens are hidden, and counts in the rest.
 *
 * @param blocks sentences that stay together
 * @param share the share of the blocks that is dev
 */
export function resplit(
  blocks: readonly (readonly SentenceHiding[])[],
  share: number,
  recall: number,
  splits: number,
  random: Random,
): ResplitSummary {
  const order = [...blocks.keys()];
  const sums = { names: 0, rest: 0, all: 0, expected: 0, recall: 0, cost: 0 };
  const probabilities: number[] = [];
  let kept = 0;
  for (let split = 0; split < splits; split++) {
    random.shuffle(order);
    const size = Math.round(share * blocks.length);
    const part = (numbers: readonly number[]): SentenceHiding[] => numbers.flatMap((number) => blocks[number] ?? []);
    const [dev, rest] = [part(order.slice(0, size)), part(order.slice(size))];
    const groups = blocks.some(({ length }) => length > 1)
      ? order.slice(0, size).map((number) => blocks[number] ?? [])
      : neighboursOf(dev);
    const scores = {
      names: groups.map((group) => group.flatMap(({ names }) => names)),
      outside: countLevels(dev.flatMap(({ outside }) => outside)),
    };
    const hiding = hidingOrRefusal(scores, recall);
    if (!hiding) continue;
    kept++;
    const found = hiddenAmong(rest, hiding.level);
    const hidden = found.names + hiding.names.hidden;
    const total = found.allNames + hiding.names.all;
    probabilities.push(hiding.probability);
    sums.names += hiding.names.all;
    if (found.names < recall * found.allNames) sums.rest++;
    if (hidden < recall * total) sums.all++;
    sums.expected += shortfall(hiding.names.all, found.allNames, recall);
    sums.recall += found.names / found.allNames;
    sums.cost += found.outside / found.allOutside;
  }
  return {
    refused: splits - kept,
    names: sums.names / kept,
    broken: { rest: sums.rest / kept, all: sums.all / kept },
    expected: sums.expected / kept,
    recall: sums.recall / kept,
    cost: sums.cost / kept,
    probabilities: [Math.min(...probabilities), Math.max(...probabilities)],
  };
}

function hidingOrRefusal(scores: HidingScores, recall: number): Hiding | undefined {
  try {
    return chooseHiding(scores, recall, 'bench');
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Returns which shares of the names and other tokens of test are hidden if dev decides from where on; undefined if dev is too small. */
export function hiddenOfTest(
  dev: readonly (readonly SentenceHiding[])[],
  test: readonly SentenceHiding[],
  recall: number,
): { readonly recall: number; readonly cost: number } | undefined {
  const names = dev.map((group) => group.flatMap((sentence) => sentence.names));
  const hiding = hidingOrRefusal({ names, outside: [] }, recall);
  if (!hiding) return undefined;
  const found = hiddenAmong(test, hiding.level);
  return { recall: found.names / found.allNames, cost: found.outside / found.allOutside };
}

export function neighboursOf<Item>(items: readonly Item[]): Item[][] {
  return items.flatMap((_, index) => (index % NEIGHBOURS === 0 ? [items.slice(index, index + NEIGHBOURS)] : []));
}

interface Hidden {
  readonly names: number;
  readonly allNames: number;
  readonly outside: number;
  readonly allOutside: number;
}

function hiddenAmong(sentences: readonly SentenceHiding[], level: Hiding['level']): Hidden {
  const names = sentences.flatMap((sentence) => sentence.names);
  const outside = sentences.flatMap((sentence) => sentence.outside);
  const countHidden = (levels: readonly number[]): number => levels.filter((each) => each >= level).length;
  return {
    names: countHidden(names),
    allNames: names.length,
    outside: countHidden(outside),
    allOutside: outside.length,
  };
}

/**
 * Returns the probability that of m independent names more than (1 - recall)·m are below the k-th lowest of n others, which are
 * drawn alike (negative hypergeometric distribution), where k is the rank that the promise takes.
 */
export function shortfall(n: number, m: number, recall: number): number {
  const k = largestRank(n, 1 - recall);
  const most = Math.floor((1 - recall) * m + 1e-9);
  let kept = 0;
  for (let j = 0; j <= most; j++)
    kept += Math.exp(logChoose(k - 1 + j, j) + logChoose(n - k + m - j, m - j) - logChoose(n + m, m));
  return 1 - kept;
}

const logFactorials = [0];

function logChoose(n: number, k: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
  const of = (i: number): number => logFactorials[i] ?? Number.NaN;
  return of(n) - of(k) - of(n - k);
}
