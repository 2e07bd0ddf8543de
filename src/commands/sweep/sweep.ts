import { badUsage, ExitCode, UserError } from '../../errors.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { flagOf } from '../../settings/flags.js';
import { resolveSettings, type SettingsInput } from '../../settings/settings.js';
import { counted } from '../../text/counts.js';
import { type Measure, measureOf } from '../../text/measure.js';
import { sizeOfCorpus } from '../../text/sentence.js';
import { chanceFor } from '../../training/chance.js';
import { holdNotices, type Notice, noticesOf } from '../story.js';
import { readTrainingData } from '../train/data.js';
import { digestOfDictionaries, readCommonDictionaries, refuseDropoutWithoutDictionary } from '../train/dictionaries.js';
import { type TrainingOutcome, TrainingPool, type TrainingTask, trainOnce } from '../train/pool.js';
import type { TrainOptions } from '../train/train.js';
import { namesOfGiven, networkToTrain, type TrainedNetwork, uselessSettings } from '../train/useless-settings.js';
import { type SweepDescription, SweepFolder } from './folder.js';
import { countSettings, type Dimension, drawSettings, parseSpace } from './space.js';
import { planRounds, type Round, rankResults, type Search, type TrialResult } from './trials.js';

/** The settings are those of every trial. */
export interface SweepOptions extends Pick<TrainOptions, 'files' | 'preset' | 'settings' | 'dictionaries' | 'clock'> {
  /** File with the settings that are searched. */
  readonly space: string;
  readonly search: Search;
  /** Number of configurations that are drawn. */
  readonly trials: number;
  /** Where results and checkpoints go. */
  readonly folder: string;
  /** The settings that were given as flags; a setting is either given or searched. */
  readonly flags: SettingsInput;
  /** Number of the one trial to run; undefined for all. */
  readonly trial?: number | undefined;
  /** Trials at once; for one trial alone, its threads. */
  readonly workers?: number | undefined;
}

/** A trial is done, or was done before. */
export interface TrialEvent {
  readonly kind: 'trial';
  readonly result: TrialResult;
  readonly measure: Measure;
  readonly done: number;
  readonly of: number;
}

export type SweepEvent = Notice | TrialEvent;

export interface SweepReport {
  readonly folder: string;
  readonly description: SweepDescription;
  readonly rounds: readonly Round[];
  /** The best first. */
  readonly results: readonly TrialResult[];
  /** Numbers of the trials that have not been run. */
  readonly missing: readonly number[];
  /** Path of the best checkpoint; undefined if no trial gave one, or some are missing. */
  readonly best: string | undefined;
  /** Path of a file of the best settings, which is there if the best checkpoint is. */
  readonly bestSettings: string | undefined;
}

/**
 * Searches settings: draws configurations, trains each, and keeps the best. Trials whose results are there already are
 * not run again.
 *
 * @throws UserError if the space, corpora or settings are not as they should be, or the folder holds another sweep
 */
export async function* sweep(options: SweepOptions): AsyncGenerator<SweepEvent, SweepReport, undefined> {
  const { files, settings, preset = 'default', dictionaries = [], search, trials } = options;
  const space = await readSpace(options);
  const folder = new SweepFolder(options.folder);
  const { seed, outside } = resolveSettings(settings, preset);
  const { train, corpora, reading } = yield* holdNotices(readTrainingData({ files }, { seed, outside }));
  const resolved = resolveSettings(settings, preset, sizeOfCorpus(train.sentences));
  const { epochs } = resolved;
  const different = countSettings(space);
  if (different < trials)
    yield* noticesOf(
      `warning: ${nameOf(options.space)}: its values make ${counted(different, 'combination')}, fewer than the ${counted(trials, 'trial')}, some of which train the same network again: list more values, or say --trials ${different}`,
    );
  const isSearched = space.some(({ name }) => name === 'dictionaryDropout');
  if (isSearched) refuseDropoutWithoutDictionary({ dictionaryDropout: 0 }, dictionaries.length > 0);
  const dictionary = digestOfDictionaries(yield* readCommonDictionaries(dictionaries, train, resolved));
  yield* noticesOf(...uselessNotices(options, space, networkToTrain(options, resolved, train.scheme)));
  const measure = measureOf(train.scheme);
  const divided = search === 'halving' && { epochs };
  await folder.open({
    search,
    trials,
    seed,
    measure,
    preset,
    settings,
    space,
    corpora,
    reading,
    dictionary,
    ...divided,
  });
  const rounds = planRounds(search, trials, epochs);
  const work = { options, space, seed, folder, rounds, measure } as const;
  yield* options.trial === undefined ? runAll(work) : runAlone(work, options.trial);
  return collectSweep(options.folder);
}

/** Warns of settings that change nothing in any trial, whether they are given or searched. */
function uselessNotices({ settings }: SweepOptions, space: readonly Dimension[], network: TrainedNetwork): string[] {
  const searched = space.map(({ name }) => name);
  if (searched.includes('features') || searched.includes('input')) return [];
  return uselessSettings([...namesOfGiven(settings), ...searched], network);
}

/**
 * Gathers the results of a sweep, wherever its trials were run, and keeps the checkpoint of the best.
 *
 * @throws UserError if the folder holds no sweep
 */
export async function collectSweep(path: string): Promise<SweepReport> {
  const folder = new SweepFolder(path);
  const description = await folder.describe();
  const rounds = planRounds(description.search, description.trials, description.epochs ?? 1);
  const { results, missing } = await folder.readAll(rounds.flatMap(numbersOf));
  const ranked = rankResults(results, description.measure);
  const [first] = ranked;
  const isWhole = missing.length === 0 && first?.dev !== undefined;
  if (isWhole) await folder.keepBest(first, description);
  return {
    ...{ folder: path, description, rounds, results: ranked, missing },
    best: isWhole ? folder.bestModel : undefined,
    bestSettings: isWhole ? folder.bestSettings : undefined,
  };
}

interface SweepWork {
  readonly options: SweepOptions;
  readonly space: readonly Dimension[];
  readonly seed: number;
  readonly folder: SweepFolder;
  readonly rounds: readonly Round[];
  readonly measure: Measure;
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

async function* runAll(work: SweepWork): AsyncGenerator<SweepEvent, void, undefined> {
  const { options, rounds, folder, measure } = work;
  const of = rounds.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const pool = new TrainingPool(options.workers, options.trials);
  try {
    for (const [index, round] of rounds.entries()) {
      const planned = await planTrials(work, round, rounds[index - 1]);
      const { results, missing } = await folder.readAll(numbersOf(round));
      done += results.length;
      if (results.length > 0) yield* noticesOf(`${results.length} of ${round.size} trials were there already`);
      const waiting = planned.filter(({ trial }) => missing.includes(trial));
      for await (const result of pool.each(waiting, (trial, run) => runTrial(work, trial, run)))
        yield { kind: 'trial', result, measure, done: ++done, of };
    }
  } finally {
    pool.close();
  }
}

async function* runAlone(work: SweepWork, trial: number): AsyncGenerator<SweepEvent, void, undefined> {
  const { rounds, options, folder, measure } = work;
  const of = rounds.reduce((sum, { size }) => sum + size, 0);
  const round = rounds.findLast(({ first }) => trial >= first);
  const planned = round && trial <= of ? await planTrials(work, round, rounds[rounds.indexOf(round) - 1]) : [];
  const plan = planned.find((each) => each.trial === trial);
  if (!plan) throw badUsage(`there is no trial ${trial}: they are 1 to ${of}`, 'see --trials');
  const found = await folder.read(trial);
  if (found) yield* noticesOf(`the result of trial ${trial} is there already`);
  const run = (task: TrainingTask): Promise<TrainingOutcome> => trainOnce({ ...task, workers: options.workers ?? 1 });
  yield { kind: 'trial', result: found ?? (await runTrial(work, plan, run)), measure, done: trial, of };
}

/** A trial that is to be run, and what it trains. */
interface PlannedTrial extends Pick<TrialResult, 'trial' | 'configuration' | 'round'> {
  /** Epochs of its training; undefined if the settings say it. */
  readonly epochs: number | undefined;
}

/**
 * Plans the trials of a round: with new configurations in the first one, with the best of the round before in others.
 *
 * @throws UserError if results of the round before are missing
 */
async function planTrials(
  { folder, measure, rounds }: SweepWork,
  round: Round,
  before: Round | undefined,
): Promise<PlannedTrial[]> {
  const { first, size, epochs } = round;
  const number = rounds.indexOf(round) + 1;
  const { results, missing } = await folder.readAll(before ? numbersOf(before) : []);
  if (missing.length > 0)
    throw new UserError(`round ${number} needs the results of round ${number - 1}: missing are ${missing.join(', ')}`, {
      hint: `run them first: --trial ${missing[0]}`,
    });
  const configurations = before
    ? rankResults(results, measure).map(({ configuration }) => configuration)
    : numbersOf(round);
  return configurations
    .slice(0, size)
    .map((configuration, index) => ({ trial: first + index, configuration, round: number, epochs }));
}

/** Trains one configuration and writes its result; that its settings do not work is a result as well. */
async function runTrial(
  { options, space, seed, folder }: SweepWork,
  { trial, configuration, round, epochs }: PlannedTrial,
  run: (task: TrainingTask) => Promise<TrainingOutcome>,
): Promise<TrialResult> {
  const began = options.clock();
  const { files, preset, dictionaries } = options;
  const drawn = { ...drawSettings(space, chanceFor(seed, 'sweep', configuration)), ...(epochs && { epochs }) };
  const settings = { ...options.settings, ...drawn };
  // All trials have the same dev, whatever their seeds.
  const task = { files, preset, dictionaries, settings, output: folder.modelOf(trial), holdOutSeed: seed };
  const outcome = await run(task).catch((error: unknown) => {
    if (!(error instanceof UserError && error.exitCode === ExitCode.usage)) throw error;
    return { failed: error.message };
  });
  const seconds = Number((options.clock() - began).toFixed(2));
  const result: TrialResult = { trial, configuration, round, settings: drawn, ...outcome, seconds };
  await folder.write(result);
  return result;
}
