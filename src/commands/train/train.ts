import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import { STANDARD_STREAM } from '../../node/files.js';
import { writeModel } from '../../node/model-file.js';
import { StateKeeper, statePathFor } from '../../node/state-file.js';
import { checkWritable } from '../../node/writing.js';
import { noticesOf } from '../story.js';
import { bestOf, sharingNotices, type TrainReport } from './best.js';
import type { TrainEvent } from './events.js';
import { stoppedNetworkOf, stopReasonOf, type TrainingEnvironment, tokensPerSecond } from './network-work.js';
import { trainNetworks } from './networks.js';
import { type PreparationOptions, prepareTraining } from './prepare.js';
import { checkSameTraining, describeStart, findFinished, keepReplaced, openSavedState } from './resume.js';

export interface TrainOptions extends PreparationOptions, TrainingEnvironment {
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
 * @throws UserError if corpora, settings or files are not as they should be
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainEvent, TrainReport, undefined> {
  const { output, clock } = options;
  const began = clock();
  if (output !== STANDARD_STREAM) await checkWritable(output);
  const statePath = await statePathFor(output);
  const saved = options.resume ? await openSavedState(output, statePath) : undefined;
  try {
    const prepared = yield* prepareTraining(options);
    if (saved && statePath !== undefined) checkSameTraining(saved, statePath, prepared.work.inputs);
    const finished = options.resume && !saved ? await findFinished(output, prepared) : undefined;
    if (finished) {
      yield* noticesOf(`${output} is finished: there is nothing to go on with`);
      return { ...finished, seconds: clock() - began };
    }
    yield* noticesOf(...(await describeStart(options, statePath, saved)));
    const keeper = statePath === undefined ? undefined : new StateKeeper(statePath, clock);
    const results = yield* trainNetworks(prepared.work, options, keeper, saved);
    const warning = keeper?.takeWarning();
    if (warning !== undefined) yield* noticesOf(warning);
    const best = bestOf(prepared, results);
    if (best) yield* noticesOf(...sharingNotices(best, prepared.mustShare));
    if (best && output !== STANDARD_STREAM) {
      yield* noticesOf(...(await keepReplaced(output, best.model)));
      await writeModel(output, () => writeCheckpointInPieces(best.model));
    }
    const stopped = stopReasonOf(results);
    if (stopped !== 'aborted' && !options.keepState) await keeper?.remove();
    return {
      stopped,
      stoppedNetwork: stoppedNetworkOf(results),
      epochs: results[0]?.history?.epochs.length ?? 0,
      trainTokensPerSecond: tokensPerSecond(results),
      seconds: clock() - began,
      parameters: prepared.parameters,
      best,
      isSaved: (await keeper?.settle()) ?? false,
      wasFinished: false,
    };
  } finally {
    await saved?.close();
  }
}
