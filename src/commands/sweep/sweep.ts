import { badUsage, ExitCode, UserError } from '../../errors.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { flagOf } from '../../settings/flags.js';
import { type PresetName, resolveSettings, type SettingsInput } from '../../settings/settings.js';
import { hasSpans } from '../../text/scheme.js';
import { countTokens } from '../../text/sentence.js';
import { chanceFor } from '../../training/chance.js';
import { readTrainingData, type TrainingFiles } from '../train/data.js';
import { type TrainingOutcome, TrainingPool, type TrainingTask, trainOnce } from '../train/pool.js';
import { type SweepDescription, SweepFolder } from './folder.js';
import { type Dimension, drawSettings, parseSpace } from './space.js';
import { planRounds, type Round, rankResults, type Search, type TrialResult } from './trials.js';

export interface SweepOptions {
  readonly files: TrainingFiles;
  /** File of what is searched. */
  readonly space: string;
  readonly search: Search;
  /** Configurations that are drawn. */
  readonly trials: number;
  /** Where results and checkpoints go. */
  readonly folder: string;
  readonly preset?: PresetName | undefined;
  /** Of every trial. */
  readonly settings: SettingsInput;
  /** What of them were flags: a setting is either given or searched. */
  readonly flags: SettingsInput;
  /** Run this one alone. */
  readonly trial?: number | undefined;
  /** Trials at once; of one alone, its threads. */
  readonly workers?: number | undefined;
  /** Seconds since any fixed moment. */
  readonly clock: () => number;
  readonly tell: (event: SweepEvent) => void;
}

export type SweepEvent =
  | { readonly kind: 'notice'; readonly text: string }
  | {
      readonly kind: 'trial';
      readonly result: TrialResult;
      readonly measure: 'f1' | 'accuracy';
      readonly done: number;
      readonly of: number;
    };

export interface SweepReport {
  readonly folder: string;
  readonly description: SweepDescription;
  readonly rounds: readonly Round[];
  /** The best first. */
  readonly results: readonly TrialResult[];
  /** Numbers of trials that have not been run. */
  readonly missing: readonly number[];
  /** The checkpoint of the best; undefined where no trial gave one, or some are missing. */
  readonly best: string | undefined;
}

/**
 * Searches settings: draws configurations, trains each, and keeps the best. Trials whose results are there already are
 * not run again.
 *
 * @throws UserError where the space, corpora or settings are not as they should be, or the folder holds another sweep
 */
export async function sweep(options: SweepOptions): Promise<SweepReport> {
  const { tell, settings, preset = 'default', search, trials } = options;
  const space = await readSpace(options);
  const folder = new SweepFolder(options.folder);
  const { seed, outside } = resolveSettings(settings, preset);
  const reading = { ...options.files.reading, outside };
  const data = await readTrainingData({ files: { ...options.files, reading } }, seed);
  for (const text of data.notices) tell({ kind: 'notice', text });
  const { epochs } = resolveSettings(settings, preset, countTokens(data.train.sentences));
  const measure = hasSpans(data.train.scheme) ? 'f1' : 'accuracy';
  await folder.open({
    ...{ search, trials, seed, measure, preset, settings, space, corpora: data.corpora, reading },
    ...(search === 'halving' && { epochs }),
  });
  const rounds = planRounds(search, trials, epochs);
  const work = { options, space, seed, folder, rounds, measure } as const;
  if (options.trial === undefined) await runAll(work);
  else await runAlone(work, options.trial);
  return collectSweep(options.folder);
}

/**
 * Gathers the results of a sweep, wherever its trials were run, and keeps the checkpoint of the best.
 *
 * @throws UserError where the folder holds no sweep
 */
export async function collectSweep(path: string): Promise<SweepReport> {
  const folder = new SweepFolder(path);
  const description = await folder.describe();
  const rounds = planRounds(description.search, description.trials, description.epochs ?? 1);
  const results: TrialResult[] = [];
  const missing: number[] = [];
  for (const round of rounds) {
    for (const trial of numbersOf(round)) {
      const result = await folder.read(trial);
      if (result) results.push(result);
      else missing.push(trial);
    }
  }
  const ranked = rankResults(results, description.measure);
  const [first] = ranked;
  const isWhole = missing.length === 0 && first?.dev !== undefined;
  if (isWhole) await folder.keepBest(first.trial);
  return { folder: path, description, rounds, results: ranked, missing, best: isWhole ? folder.bestModel : undefined };
}

interface SweepWork {
  readonly options: SweepOptions;
  readonly space: readonly Dimension[];
  readonly seed: number;
  readonly folder: SweepFolder;
  readonly rounds: readonly Round[];
  readonly measure: 'f1' | 'accuracy';
}

async function readSpace({ space: path, flags, search }: SweepOptions): Promise<Dimension[]> {
  const space = await parseSpace(decodeText(await readBytes(path), nameOf(path)), nameOf(path));
  const given = space.find(({ name }) => flags[name] !== undefined);
  if (given) throw badUsage(`${flagOf(given.name)} is given, and ${nameOf(path)} searches it`, 'leave one of them out');
  if (search === 'halving' && space.some(({ name }) => name === 'epochs'))
    throw badUsage(
      `${nameOf(path)} searches epochs, which halving divides itself`,
      'give the most of them with --epochs',
    );
  return space;
}

function numbersOf({ first, size }: Round): number[] {
  return Array.from({ length: size }, (_, index) => first + index);
}

async function runAll(work: SweepWork): Promise<void> {
  const { options, rounds, folder } = work;
  const of = rounds.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const pool = new TrainingPool(options.workers, options.trials);
  try {
    for (const [index, round] of rounds.entries()) {
      const configurations = await configurationsOf(work, index);
      const waiting: number[] = [];
      for (const trial of numbersOf(round)) {
        if (await folder.read(trial)) done++;
        else waiting.push(trial);
      }
      const there = round.size - waiting.length;
      if (there > 0) options.tell({ kind: 'notice', text: `${there} of ${round.size} trials were there already` });
      await pool.each(waiting, async (trial, run) => {
        const result = await runTrial(work, { trial, index, configurations }, run);
        done++;
        options.tell({ kind: 'trial', result, measure: work.measure, done, of });
      });
    }
  } finally {
    pool.close();
  }
}

async function runAlone(work: SweepWork, trial: number): Promise<void> {
  const { rounds, options, folder } = work;
  const index = rounds.findIndex(({ first, size }) => trial >= first && trial < first + size);
  const last = rounds.at(-1) as Round;
  const of = last.first + last.size - 1;
  if (index < 0) throw badUsage(`there is no trial ${trial}: they are 1 to ${of}`, 'see --trials');
  const configurations = await configurationsOf(work, index);
  const found = await folder.read(trial);
  if (found) options.tell({ kind: 'notice', text: `the result of trial ${trial} is there already` });
  const result =
    found ??
    (await runTrial(work, { trial, index, configurations }, (task) =>
      trainOnce({ ...task, workers: options.workers ?? 1 }),
    ));
  options.tell({ kind: 'trial', result, measure: work.measure, done: trial, of });
}

/** The configuration of each trial of a round: the best of the round before, the best first. */
async function configurationsOf({ rounds, folder, measure }: SweepWork, index: number): Promise<number[]> {
  const before = rounds[index - 1];
  if (!before) return numbersOf(rounds[index] as Round);
  const results: TrialResult[] = [];
  const missing: number[] = [];
  for (const trial of numbersOf(before)) {
    const result = await folder.read(trial);
    if (result) results.push(result);
    else missing.push(trial);
  }
  if (missing.length > 0)
    throw new UserError(`round ${index + 1} needs the results of round ${index}: missing are ${missing.join(', ')}`, {
      hint: `run them first: --trial ${missing[0]}`,
    });
  return rankResults(results, measure).map(({ configuration }) => configuration);
}

interface NumberedTrial {
  readonly trial: number;
  /** Of its round, from 0. */
  readonly index: number;
  readonly configurations: readonly number[];
}

/** Trains one configuration and keeps its result; that its settings do not work is a result as well. */
async function runTrial(
  { options, space, seed, folder, rounds }: SweepWork,
  { trial, index, configurations }: NumberedTrial,
  run: (task: TrainingTask) => Promise<TrainingOutcome>,
): Promise<TrialResult> {
  const began = options.clock();
  const { first, epochs } = rounds[index] as Round;
  const configuration = configurations[trial - first] as number;
  const drawn = { ...drawSettings(space, chanceFor(seed, 'sweep', configuration)), ...(epochs && { epochs }) };
  const outcome = await run(taskOf(options, drawn, folder.modelOf(trial), seed)).catch((error: unknown) => {
    if (!(error instanceof UserError && error.exitCode === ExitCode.usage)) throw error;
    return { failed: error.message };
  });
  const seconds = Number((options.clock() - began).toFixed(2));
  const result: TrialResult = { trial, configuration, round: index + 1, settings: drawn, ...outcome, seconds };
  await folder.write(result);
  return result;
}

/** The same dev in every trial, whatever its seed. */
function taskOf(options: SweepOptions, drawn: SettingsInput, output: string, holdOutSeed: number): TrainingTask {
  const { files, preset, settings } = options;
  return { files, preset, output, holdOutSeed, settings: { ...settings, ...drawn } };
}
