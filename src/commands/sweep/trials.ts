import type { EpochScores } from '../../model/model.js';
import type { SettingsInput } from '../../settings/settings.js';
import type { Measure } from '../../text/measure.js';

export const SEARCHES = ['random', 'halving'] as const;

export type Search = (typeof SEARCHES)[number];

/** One in so many configurations of a round goes on to the next one, with so many times the epochs. */
const FACTOR = 3;

/** Trials of a sweep that do not depend on each other. */
export interface Round {
  /** Number of its first trial, from 1. */
  readonly first: number;
  readonly size: number;
  /** Epochs of each of its trainings; undefined if the settings say it. */
  readonly epochs: number | undefined;
}

/** The result of a trial. */
export interface TrialResult {
  readonly trial: number;
  /** Number of the drawing of settings, from 1. */
  readonly configuration: number;
  /** Number of the round, from 1. */
  readonly round: number;
  /** Settings that were drawn, and the round's epochs. */
  readonly settings: SettingsInput;
  /** Why there are no scores. */
  readonly failed?: string | undefined;
  readonly epochs?: number | undefined;
  readonly bestEpoch?: number | undefined;
  readonly parameters?: number | undefined;
  readonly dev?: EpochScores | undefined;
  readonly test?: EpochScores | undefined;
  /** Duration; all else is the same whenever and wherever a trial is run. */
  readonly seconds: number;
}

/**
 * Plans the rounds of a search. Random search (Bergstra & Bengio 2012) has one. Successive halving (Jamieson & Talwalkar
 * 2016) trains all configurations for few epochs, and the better third of each round for three times as many, from the
 * beginning; the last round trains for all epochs.
 *
 * @param configurations number of configurations that are drawn
 * @param epochs number of epochs of a whole training
 */
export function planRounds(search: Search, configurations: number, epochs: number): Round[] {
  if (search === 'random') return [{ first: 1, size: configurations, epochs: undefined }];
  let count = 1;
  while (FACTOR ** count <= configurations && FACTOR ** count <= epochs) count++;
  const rounds: Round[] = [];
  let [first, size] = [1, configurations];
  for (let round = 1; round <= count; round++) {
    rounds.push({ first, size, epochs: Math.round(epochs / FACTOR ** (count - round)) });
    first += size;
    size = Math.max(1, Math.floor(size / FACTOR));
  }
  return rounds;
}

/** Sorts results, the best first: by later round, then by higher score on dev, then by lower number. */
export function rankResults(results: readonly TrialResult[], measure: Measure): TrialResult[] {
  const scoreOf = ({ dev }: TrialResult): number => dev?.[measure] ?? -1;
  return [...results].sort((a, b) => b.round - a.round || scoreOf(b) - scoreOf(a) || a.trial - b.trial);
}
