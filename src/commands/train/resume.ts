import { badInput, badUsage, UserError } from '../../errors.js';
import type { Model } from '../../model/model.js';
import { exists, isRegularFile } from '../../node/files.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { openState, type SavedState } from '../../node/state-file.js';
import { keepAs } from '../../node/writing.js';
import type { Settings } from '../../settings/settings.js';
import { wholeEpochsAfter } from '../../settings/training.js';
import { counted } from '../../text/counts.js';
import type { TrainingPosition } from '../../training/loop.js';
import { describeDifferences, listInputs, type TrainingInputs } from '../../training/state.js';
import { type BestModel, describeBest, type TrainReport } from './best.js';
import { digestOfDictionaries } from './dictionaries.js';
import { inputsOfAnnotation } from './labels-of.js';
import type { PreparedTraining } from './prepare.js';

/**
 * Opens the state from which a training is to go on; undefined if none was saved.
 *
 * @param path place of the state; undefined if nothing can stand beside the output
 * @throws UserError if nothing can stand there, exit code 2, or what stands there is damaged, exit code 3
 */
export async function openSavedState(output: string, path: string | undefined): Promise<SavedState | undefined> {
  if (path === undefined)
    throw badUsage(`--resume goes on from a file beside the checkpoint, and ${output} has none`, 'name a file with -o');
  return openState(path);
}

/**
 * Compares a saved state with the training that is to go on from it, by all that decides a training.
 *
 * @throws UserError if the state is of another training, exit code 3
 */
export function checkSameTraining(saved: SavedState, path: string, inputs: TrainingInputs): void {
  const differences = describeDifferences(saved.head.inputs, inputs);
  if (differences.length === 0) return;
  throw badInput(
    `${path} is the state of another training:\n  ${differences.join('\n  ')}`,
    'repeat the command as it was, or leave out --resume to train from the beginning',
  );
}

/**
 * Returns the report of a training whose finished checkpoint is there already; undefined if there is no checkpoint, or
 * one of a training that was stopped.
 *
 * Compared is what a checkpoint stores: settings (with the outside tag), fingerprints of the corpora, which are of their
 * bytes, what was annotated of them, the initial checkpoint, clusters and vectors. A checkpoint does not store which columns
 * or format were read, so that a difference there goes unseen here; a saved state stores it, and `checkSameTraining` sees it.
 *
 * @throws UserError if what is there is no checkpoint, or that of another training, exit code 3
 */
export async function findFinished(
  output: string,
  prepared: PreparedTraining,
): Promise<Omit<TrainReport, 'seconds'> | undefined> {
  if (!(await exists(output))) return undefined;
  const { work, parameters } = prepared;
  const model = openModel(await readModelFile(output));
  const differences = differencesFrom(model, prepared, work.settings);
  if (differences.length > 0)
    throw badInput(
      `${output} is the checkpoint of another training, and has no state to go on from:\n  ${differences.join('\n  ')}`,
      'leave out --resume to train from the beginning and replace it',
    );
  if (!isFinished(model)) return undefined;
  const { epochs } = model.history;
  return {
    stopped: epochs.length < model.settings.epochs ? 'patience' : 'completed',
    epochs: epochs.length,
    trainTokensPerSecond: 0,
    parameters,
    best: describeBest(model, prepared),
    isSaved: false,
    wasFinished: true,
  };
}

/**
 * Opens the best model of the runs that ended before several were stopped, which is where the checkpoint goes.
 *
 * @param seeds those that it may have
 * @throws UserError if it is not there, or something else is, exit code 3
 */
export async function openKeptRun(
  output: string,
  prepared: PreparedTraining,
  seeds: readonly number[],
): Promise<BestModel> {
  const hint = 'leave out --resume to train all runs from the beginning';
  if (!(await exists(output)))
    throw badInput(`${output} is not there, which held the best model of the runs that had ended`, hint);
  const model = openModel(await readModelFile(output));
  const { seed } = model.settings;
  const differences = differencesFrom(model, prepared, { ...prepared.work.settings, seed });
  if (!seeds.includes(seed)) differences.push(`--seed: expected one of ${seeds.join(', ')}, found ${seed}`);
  if (differences.length > 0)
    throw badInput(`${output} is not the best model of the runs that had ended:\n  ${differences.join('\n  ')}`, hint);
  return describeBest(model, prepared);
}

/** Describes how the training of a checkpoint differs from the one that was prepared, with these settings. */
function differencesFrom(
  model: Model,
  { work, corpora, annotation, initial }: PreparedTraining,
  settings: Settings,
): string[] {
  const { clusters, dictionaries } = work.language.features.knowledge;
  const others = {
    ...inputsOfAnnotation(annotation),
    clusters: clusters?.sha256,
    raw: clusters?.raw,
    vectors: work.vectors?.sha256,
    dictionary: digestOfDictionaries(dictionaries),
  };
  return describeDifferences(storedInputs(model), listInputs(settings, corpora, initial?.lineage, others));
}

/** Returns the inputs of a training that its checkpoint stores. */
function storedInputs({ settings, corpora, annotation, initial, vectors, language }: Model): TrainingInputs {
  const { clusters, dictionaries } = language.features.knowledge;
  return listInputs(settings, corpora, initial, {
    ...inputsOfAnnotation(annotation),
    clusters: clusters?.sha256,
    raw: clusters?.raw,
    vectors: vectors?.sha256,
    dictionary: digestOfDictionaries(dictionaries),
  });
}

/**
 * Keeps the file that a checkpoint is about to replace as `OUTPUT.bak`, unless it is a checkpoint of the same settings and
 * corpora, which the training would only write again.
 *
 * @returns a notice for each file that was kept
 */
export async function keepReplaced(output: string, model: Model): Promise<string[]> {
  if (!(await isRegularFile(output))) return [];
  const old = await readModelFile(output)
    .then(openModel)
    .catch((error: unknown) => {
      if (error instanceof UserError) return undefined;
      throw error;
    });
  if (old && describeDifferences(storedInputs(old), storedInputs(model)).length === 0) return [];
  await keepAs(output, `${output}.bak`);
  const what = old ? 'a checkpoint of other settings or another corpus' : 'no checkpoint that can be read';
  return [`${output} was ${what}: it is kept as ${output}.bak`];
}

/** Returns whether every network of a model was trained to its end. */
function isFinished({ settings, history, others = [] }: Model): boolean {
  const histories = [history, ...others.map((other) => other.history)];
  return (
    histories.length === settings.networks &&
    histories.every(({ epochs, bestEpoch, wholeEpochs }) => {
      const waited = epochs.length - bestEpoch;
      const isOver =
        epochs.length === settings.epochs || (settings.patience !== undefined && waited >= settings.patience);
      return isOver && (wholeEpochs ?? 0) === wholeEpochsAfter(settings, epochs.length);
    })
  );
}

interface StartOptions {
  readonly resume?: boolean | undefined;
  readonly output: string;
  readonly runs?: number;
}

/**
 * Describes where a training begins, as far as a person should know.
 *
 * @param path place of the state; undefined if nothing can stand beside the output
 */
export async function describeStart(
  { resume, output, runs = 1 }: StartOptions,
  path: string | undefined,
  saved: SavedState | undefined,
): Promise<string[]> {
  if (saved) {
    const { runs, finished, position, behind = [] } = saved.head;
    const ended = [
      ...(runs ? [counted(runs.length, 'run')] : []),
      ...(finished.length > 0 ? [counted(finished.length, 'network')] : []),
    ];
    const done = [
      ...ended,
      `${doneAt(position)}${ended.length > 0 ? ' of the next' : ''}`,
      ...behind.map((each) => `${doneAt(each.position)} of network ${each.network + 1}`),
    ];
    return [`going on from ${path}: ${done.join(', and ')} had been done`];
  }
  if (resume && runs > 1) return [`${path} is not there: all runs are trained from the beginning`];
  if (resume) return [`neither ${path} nor a finished ${output}: training from the beginning`];
  if (path !== undefined && (await exists(path)))
    return [`${path} is of a training that was stopped, and is replaced: to go on with it, stop now and say --resume`];
  return [];
}

/** Describes how far a network's training is: `7 epochs and 8 steps`. */
function doneAt({ epochs, step }: TrainingPosition): string {
  return `${counted(epochs.length, 'epoch')} and ${counted(step, 'step')}`;
}
