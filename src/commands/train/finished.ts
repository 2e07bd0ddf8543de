import { badInput } from '../../errors.js';
import type { Model } from '../../model/model.js';
import { exists } from '../../node/files.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { listInputs } from '../../training/inputs.js';
import { describeDifferences } from '../../training/state.js';
import { describeBest } from './best.js';
import type { PreparedTraining } from './prepare.js';
import type { TrainReport } from './report.js';

/**
 * What a training would report whose checkpoint is there already, with every epoch that it would train; undefined where
 * there is none, or one of a training that was stopped.
 *
 * @throws UserError where what is there is no checkpoint, or that of another training, exit code 3
 */
export async function findFinished(
  output: string,
  prepared: PreparedTraining,
): Promise<Omit<TrainReport, 'seconds'> | undefined> {
  if (!(await exists(output))) return undefined;
  const { work, corpora, initial, parameters } = prepared;
  const file = await readModelFile(output);
  const model = openModel(file);
  const differences = describeDifferences(
    listInputs(model.settings, model.corpora, model.initial, { vectors: model.vectors?.sha256 }),
    listInputs(work.settings, corpora, initial?.lineage, { vectors: work.vectors?.sha256 }),
  );
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

/** Whether every network of a model was trained to its end. */
function isFinished({ settings, history, others = [] }: Model): boolean {
  const histories = [history, ...others.map((other) => other.history)];
  return (
    histories.length === settings.networks &&
    histories.every(({ epochs, bestEpoch }) => {
      const waited = epochs.length - bestEpoch;
      return epochs.length === settings.epochs || (settings.patience !== undefined && waited >= settings.patience);
    })
  );
}
