import { badUsage } from '../../errors.js';
import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import { STANDARD_STREAM } from '../../node/files.js';
import { writeModel } from '../../node/model-file.js';
import { checkWritable } from '../../node/writing.js';
import type { Run } from '../../reports/runs-report.js';
import type { Settings } from '../../settings/settings.js';
import { LARGEST_SEED } from '../../settings/training.js';
import { measureOf } from '../../text/measure.js';
import { noticesOf } from '../story.js';
import { type BestModel, bestOf, type TrainReport } from './best.js';
import { growNetworks } from './initial.js';
import { endedWell, type NetworkResult, type TrainEvent, tokensPerSecond, trainNetworks } from './networks.js';
import { prepareTraining } from './prepare.js';
import { keepReplaced } from './resume.js';
import type { TrainOptions } from './train.js';

export interface RunsOptions extends TrainOptions {
  /** Number of models that are trained, of which the best by dev is kept. */
  readonly runs: number;
}

/** The report of the model that was kept; only how the training stopped is of the last one. */
export interface RunsReport extends TrainReport {
  /** The runs that ended well, in the order of their seeds; if there are none, the one that was cut short, if an epoch of it ended. */
  readonly runs: readonly Run[];
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
  const began = options.clock();
  if (options.resume || options.keepState)
    throw badUsage(
      'the state of a training is kept for one run, and --runs asks for several',
      'leave out --resume and --keep-state, or --runs',
    );
  if (options.output !== STANDARD_STREAM) await checkWritable(options.output);
  const prepared = yield* prepareTraining(options);
  const { initial, work: common } = prepared;
  const { settings, language, job } = common;
  checkSeeds(settings, options.runs);
  const measure = measureOf(language.scheme);
  const all: NetworkResult[] = [];
  const runs: Run[] = [];
  let kept: { readonly run: Run; readonly best: BestModel } | undefined;
  let last = { seed: settings.seed, epochs: 0 };
  for (let index = 0; index < options.runs && all.every(endedWell); index++) {
    const seed = settings.seed + index * settings.networks;
    const work = {
      ...common,
      settings: { ...settings, seed },
      initialWeights: initial && growNetworks(initial, language, job.plan, seed),
      run: { index, count: options.runs },
    };
    const results = yield* trainNetworks(work, options, undefined, undefined);
    all.push(...results.map((result) => ({ ...result, weights: undefined, kernels: undefined })));
    const epochs = results[0]?.history?.epochs.length ?? 0;
    last = { seed, epochs };
    const best = bestOf({ ...prepared, work }, results);
    if (!best || (kept && !results.every(endedWell))) continue;
    const found = { seed, epochs, bestEpoch: best.epoch, dev: best.dev, test: best.test };
    runs.push(found);
    if (kept && best.dev[measure] <= kept.best.dev[measure]) continue;
    if (options.output !== STANDARD_STREAM) {
      if (!kept) yield* noticesOf(...(await keepReplaced(options.output, best.model)));
      await writeModel(options.output, () => writeCheckpointInPieces(best.model));
    }
    kept = { run: found, best };
  }
  return {
    stopped: all.at(-1)?.stopped ?? 'aborted',
    epochs: kept?.run.epochs ?? last.epochs,
    trainTokensPerSecond: tokensPerSecond(all),
    seconds: options.clock() - began,
    parameters: prepared.parameters,
    best: kept?.best,
    isSaved: false,
    wasFinished: false,
    runs,
    kept: kept?.run,
    last,
  };
}

/** Throws a UserError, exit code 2, if the seeds of all networks of all runs go beyond the largest. */
function checkSeeds({ seed, networks }: Settings, runs: number): void {
  const last = seed + runs * networks - 1;
  if (last > LARGEST_SEED)
    throw badUsage(
      `${runs * networks} networks from seed ${seed} would need seeds up to ${last}, and the largest is ${LARGEST_SEED}`,
      'start from a smaller --seed',
    );
}
