import { badUsage } from '../../errors.js';
import { epochScoresOf } from '../../evaluation/score-tagger.js';
import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import { exists, isSameFile, STANDARD_STREAM } from '../../node/files.js';
import { writeModel } from '../../node/model-file.js';
import { StateKeeper, statePathFor } from '../../node/state-file.js';
import { checkWritable } from '../../node/writing.js';
import type { Runs } from '../../reports/runs-report.js';
import type { Settings } from '../../settings/settings.js';
import { LARGEST_SEED } from '../../settings/training.js';
import { measureOf } from '../../text/measure.js';
import type { Run } from '../../training/state.js';
import { type Notice, noticesOf } from '../story.js';
import { type BestModel, bestOf, sharingNotices, type TrainReport } from './best.js';
import type { TrainEvent } from './events.js';
import { growNetworks } from './initial.js';
import { endedWell, type NetworkResult, stopReasonOf, tokensPerSecond } from './network-work.js';
import { trainNetworks } from './networks.js';
import { prepareTraining } from './prepare.js';
import { checkSameTraining, describeStart, keepReplaced, openKeptRun, openSavedState } from './resume.js';
import type { TrainOptions } from './train.js';

export interface RunsOptions extends TrainOptions {
  /** Number of models that are trained, of which the best by dev is kept. */
  readonly runs: number;
  /** Writes the checkpoint of each run as well, beside the best. */
  readonly keepAll?: boolean | undefined;
}

/** The report of the model that was kept; only how the training stopped is of the last one. */
export interface RunsReport extends TrainReport, Pick<Runs, 'runs' | 'count'> {
  /** Undefined if no epoch of any run came to its end. */
  readonly kept: Run | undefined;
  readonly last: { readonly seed: number; readonly epochs: number };
}

/**
 * Trains several times from different seeds, and writes the checkpoint of the best by dev, the earlier of equals, as
 * soon as there is a better one. All have the dev of the first. A run that is cut short counts only if none ended.
 *
 * @throws UserError if corpora, settings or files are not as they should be
 */
export async function* trainRuns(options: RunsOptions): AsyncGenerator<TrainEvent, RunsReport, undefined> {
  const { output, clock, runs: count, keepAll } = options;
  const began = clock();
  if (output !== STANDARD_STREAM) await checkWritable(output);
  else if (keepAll)
    throw badUsage('--keep-all writes files beside the checkpoint, and - has none', 'name a file with -o');
  const statePath = await statePathFor(output);
  const saved = options.resume ? await openSavedState(output, statePath) : undefined;
  try {
    const prepared = yield* prepareTraining(options);
    const { initial, work: common } = prepared;
    const { settings, language, plan } = common;
    const seeds = seedsOf(settings, count);
    const inputs = { ...common.inputs, '--runs': count };
    if (saved && statePath !== undefined) checkSameTraining(saved, statePath, inputs);
    if (keepAll) await refuseReplacedInputs(options, seeds);
    yield* noticesOf(...(await describeStart(options, statePath, saved)));
    const runs: Run[] = [...(saved?.head.runs ?? [])];
    const before = runs.length;
    const keptBefore = before > 0 ? await openKeptRun(output, prepared, seeds) : undefined;
    let kept = keptBefore && { run: runOf(keptBefore), best: keptBefore };
    if (keepAll) yield* missingNotices(output, runs);
    const keeper = statePath === undefined ? undefined : new StateKeeper(statePath, clock);
    const measure = measureOf(language.scheme);
    const all: NetworkResult[] = [];
    let last = { seed: settings.seed, epochs: 0 };
    for (const [index, seed] of seeds.entries()) {
      if (index < before || !all.every(endedWell)) continue;
      const work = {
        ...common,
        ...{ settings: { ...settings, seed }, inputs, run: { before: [...runs], count } },
        initialWeights: initial && growNetworks(initial, language, plan, seed),
      };
      const results = yield* trainNetworks(work, options, keeper, index === before ? saved : undefined);
      all.push(
        ...results.map((result) => ({ ...result, weights: undefined, heldOutWeights: undefined, kernels: undefined })),
      );
      last = { seed, epochs: results[0]?.history?.epochs.length ?? 0 };
      const best = bestOf({ ...prepared, work }, results);
      if (!best || (kept && !results.every(endedWell))) continue;
      yield* noticesOf(...sharingNotices(best, prepared.mustShare));
      const run = runOf(best);
      runs.push(run);
      if (keepAll) yield* writeRun(checkpointOf(output, seed), best);
      if (kept && best.dev[measure] <= kept.best.dev[measure]) continue;
      if (output !== STANDARD_STREAM) {
        if (!kept) yield* noticesOf(...(await keepReplaced(output, best.model)));
        await writeModel(output, () => writeCheckpointInPieces(best.model));
      }
      kept = { run, best };
    }
    const warning = keeper?.takeWarning();
    if (warning !== undefined) yield* noticesOf(warning);
    const stopped = stopReasonOf(all);
    if (stopped !== 'aborted' && !options.keepState) await keeper?.remove();
    return {
      stopped,
      epochs: kept?.run.epochs ?? last.epochs,
      trainTokensPerSecond: tokensPerSecond(all),
      seconds: clock() - began,
      parameters: prepared.parameters,
      best: kept?.best,
      isSaved: (await keeper?.settle()) ?? false,
      wasFinished: false,
      ...{ runs, count, kept: kept?.run, last },
    };
  } finally {
    await saved?.close();
  }
}

function runOf({ model, dev, test }: BestModel): Run {
  const { settings, history } = model;
  return {
    ...{ seed: settings.seed, epochs: history.epochs.length, bestEpoch: history.bestEpoch },
    ...{ dev: epochScoresOf(dev), test: test && epochScoresOf(test) },
  };
}

/**
 * Returns the first seed of each run.
 *
 * @throws UserError if the seeds of all networks of all runs go beyond the largest, exit code 2
 */
function seedsOf({ seed, networks }: Settings, runs: number): number[] {
  const last = seed + runs * networks - 1;
  if (last > LARGEST_SEED)
    throw badUsage(
      `${runs * networks} networks from seed ${seed} would need seeds up to ${last}, and the largest is ${LARGEST_SEED}`,
      'start from a smaller --seed',
    );
  return Array.from({ length: runs }, (_, index) => seed + index * networks);
}

/** Returns where the checkpoint of a run goes that is kept beside the best: `names.seed-7.json` for `names.json`. */
function checkpointOf(output: string, seed: number): string {
  return `${output.replace(/\.json$/, '')}.seed-${seed}.json`;
}

/** @throws UserError if the checkpoint of a run would replace a file that is read, exit code 2 */
async function refuseReplacedInputs(options: RunsOptions, seeds: readonly number[]): Promise<void> {
  const { files, vocabulary, vectors, initFrom, keep, oldDev, output } = options;
  const inputs = [...files.corpora, files.dev, files.test, vocabulary, vectors, initFrom, keep, oldDev];
  for (const path of seeds.map((seed) => checkpointOf(output, seed)))
    for (const input of inputs)
      if (input !== undefined && (await isSameFile(input, path)))
        throw badUsage(`${path} is read, and --keep-all would replace it`, 'name another file with -o');
}

/** Tells of runs whose checkpoints are missing because the training was begun without `--keep-all`. */
async function* missingNotices(output: string, runs: readonly Run[]): AsyncGenerator<Notice, void, undefined> {
  for (const path of runs.map(({ seed }) => checkpointOf(output, seed)))
    if (!(await exists(path))) yield* noticesOf(`warning: ${path} is not there: its run had ended without --keep-all`);
}

async function* writeRun(path: string, { model }: BestModel): AsyncGenerator<Notice, void, undefined> {
  yield* noticesOf(...(await keepReplaced(path, model)));
  await writeModel(path, () => writeCheckpointInPieces(model));
  yield* noticesOf(`wrote ${path}`);
}
