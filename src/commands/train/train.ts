import { badInput, badUsage } from '../../errors.js';
import { chooseTemperature } from '../../evaluation/calibration.js';
import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import type { TrainedNetwork } from '../../model/model.js';
import { Network } from '../../model/network.js';
import { createTagger } from '../../model/tagger.js';
import { exists, STANDARD_STREAM } from '../../node/files.js';
import { writeModel } from '../../node/model-file.js';
import { openState, type SavedState } from '../../node/state-file.js';
import { StateKeeper, statePathFor } from '../../node/state-keeper.js';
import { checkWritable } from '../../node/writing.js';
import { describeDifferences } from '../../training/state.js';
import { type BestModel, describeBest } from './best.js';
import { findFinished } from './finished.js';
import { hasWeights, type NetworkResult, type Surroundings, type TrainEvent, trainNetworks } from './networks.js';
import { type PreparationOptions, type PreparedTraining, prepareTraining } from './prepare.js';
import type { TrainReport } from './report.js';

export interface TrainOptions extends PreparationOptions, Surroundings {
  /** Where the checkpoint goes; `-` leaves it to the caller. */
  readonly output: string;
  /** Goes on where a training of the same checkpoint was stopped. */
  readonly resume?: boolean | undefined;
  /** Leaves the last state where it is when training ends well. */
  readonly keepState?: boolean | undefined;
}

/**
 * Trains a tagger and writes the checkpoint of its best epoch, saving on the way what is needed to go on.
 *
 * @throws UserError where corpora, settings or files are not as they should be
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainEvent, TrainReport, undefined> {
  const began = options.clock();
  if (options.output !== STANDARD_STREAM) await checkWritable(options.output);
  const statePath = await statePathFor(options.output);
  if (options.resume && statePath === undefined)
    throw badUsage(
      `--resume goes on from a file beside the checkpoint, and ${options.output} has none`,
      'name a file with -o',
    );
  const saved = options.resume && statePath !== undefined ? await openState(statePath) : undefined;
  try {
    const prepared = yield* prepareTraining(options);
    if (saved && statePath !== undefined) refuseOther(saved, statePath, prepared);
    const finished = options.resume && !saved ? await findFinished(options.output, prepared) : undefined;
    if (finished) {
      yield { kind: 'notice', text: `${options.output} is finished: there is nothing to go on with` };
      return { ...finished, seconds: options.clock() - began };
    }
    const notice = await describeStart(options, statePath, saved);
    if (notice !== undefined) yield { kind: 'notice', text: notice };
    const keeper = statePath === undefined ? undefined : new StateKeeper(statePath, options.clock);
    const results = yield* trainNetworks(prepared.work, options, keeper, saved);
    const warning = keeper?.takeWarning();
    if (warning !== undefined) yield { kind: 'notice', text: warning };
    const best = bestOf(prepared, results);
    if (best && options.output !== STANDARD_STREAM)
      await writeModel(options.output, () => writeCheckpointInPieces(best.model));
    const stopped = results.at(-1)?.stopped ?? 'aborted';
    if (stopped !== 'aborted' && !options.keepState) await keeper?.remove();
    return {
      stopped,
      epochs: results[0]?.history?.epochs.length ?? 0,
      trainTokensPerSecond: tokensPerSecond(results),
      seconds: options.clock() - began,
      parameters: prepared.parameters,
      best,
      isSaved: (await keeper?.settle()) ?? false,
      wasFinished: false,
    };
  } finally {
    await saved?.close();
  }
}

/** Of the steps of all of them together; 0 where there was none. */
export function tokensPerSecond(results: readonly NetworkResult[]): number {
  const sum = (figure: (result: NetworkResult) => number): number =>
    results.reduce((total, result) => total + figure(result), 0);
  const trainSeconds = sum(({ seconds }) => seconds);
  return trainSeconds > 0 ? sum(({ tokens }) => tokens) / trainSeconds : 0;
}

/** @throws UserError where the state is not that of this training */
function refuseOther(saved: SavedState, path: string, { work }: PreparedTraining): void {
  const differences = describeDifferences(saved.head.inputs, work.inputs);
  if (differences.length === 0) return;
  throw badInput(
    `${path} is the state of another training:\n  ${differences.join('\n  ')}`,
    'repeat the command as it was, or leave out --resume to train from the beginning',
  );
}

/** What a person should know about where training begins. */
async function describeStart(
  { resume, output }: TrainOptions,
  path: string | undefined,
  saved: SavedState | undefined,
): Promise<string | undefined> {
  if (saved) {
    const { epochs, step } = saved.head.position;
    return `going on from ${path}: ${epochs.length} epochs and ${step} steps had been done`;
  }
  if (resume) return `neither ${path} nor a finished ${output}: training from the beginning`;
  if (path !== undefined && (await exists(path)))
    return `${path} is of a training that was stopped, and is replaced: to go on with it, stop now and say --resume`;
  return undefined;
}

/** What was trained, scored; undefined where no epoch came to its end. */
export function bestOf(prepared: PreparedTraining, results: readonly NetworkResult[]): BestModel | undefined {
  const { work, data, entities, corpora, initial } = prepared;
  const { settings, language, vectors } = work;
  const kernels = results.at(-1)?.kernels;
  if (!kernels) return undefined;
  let sharer: Network | undefined;
  const [first, ...rest] = results.filter(hasWeights).map(({ weights, history }): TrainedNetwork => {
    const network = new Network(kernels, work.job.plan, sharer);
    network.setWeights(weights);
    sharer ??= network;
    return { network, history };
  });
  if (!first) return undefined;
  if (vectors) first.network.setVectors(vectors.numbers);
  const others = rest.length > 0 ? rest : undefined;
  const untempered = { settings, language, ...first, others, entities, corpora, initial: initial?.lineage, vectors };
  const tagger = createTagger(untempered);
  const model = { ...untempered, temperature: chooseTemperature(tagger, data.dev) };
  return describeBest(model, prepared, tagger);
}
