import type { EpochRecord, EpochScores, History } from '../model/model.js';
import type { Settings } from '../settings/settings.js';
import type { Measure } from '../text/measure.js';
import { chanceFor } from './chance.js';
import { orderBatches } from './order.js';

export interface StepProgress {
  readonly kind: 'step';
  /** The number of the epoch, from 1. */
  readonly epoch: number;
  /** The largest number of epochs, those that follow on all sentences included. */
  readonly epochs: number;
  /** The number of the step within the epoch, from 1. */
  readonly step: number;
  readonly stepsAnEpoch: number;
  /** The number of the step among all of the network's training, from 1, and the number of all if every epoch is trained. */
  readonly place: number;
  readonly places: number;
  /** The number of tokens of this step. */
  readonly tokens: number;
  /** The mean loss of the sentences of this epoch so far. */
  readonly loss: number;
}

export interface EpochProgress {
  readonly kind: 'epoch';
  readonly record: EpochRecord;
  readonly measure: Measure;
  readonly isBest: boolean;
}

/** Why training stopped. `diverged`: a loss or a weight was not finite. */
export type StopReason = 'completed' | 'patience' | 'aborted' | 'diverged';

export interface TrainingResult {
  readonly stopped: StopReason;
  /** Undefined if no epoch was completed; the weights are then of no use. */
  readonly history: History | undefined;
}

/** The result of a step. */
export interface StepResult {
  /** The sum of the losses of the batch's sentences, which is not finite if the gradient is not. */
  readonly loss: number;
  /** The number of their tokens. */
  readonly tokens: number;
}

/** The steps and weights of a training, as the loop drives them. */
export interface StepTrainer {
  /**
   * Takes one step of gradient descent.
   *
   * @param sentences the numbers of the batch's sentences, longest first
   */
  step(epoch: number, sentences: readonly number[]): StepResult | Promise<StepResult>;
  /** Tells whether every weight is finite, and small enough to be read back from a checkpoint. */
  isFinite(): boolean;
  /**
   * Sets the weights, until `endScoring`, to those that a checkpoint would hold: the moving averages, if there are any, rounded
   * as checkpoints store them.
   */
  beginScoring(): void;
  /** Sets the weights back to those that training goes on with. */
  endScoring(): void;
  /** Keeps a copy of the weights as the best so far. */
  keep(): void;
  /** Sets the weights to the copy that was kept last. */
  restore(): void;
}

/** The position of a training between two steps. */
export interface TrainingPosition {
  /** The epochs that have ended. */
  readonly epochs: readonly EpochRecord[];
  /** The number of steps taken in the current epoch. */
  readonly step: number;
  /** The sum of the losses of these steps' sentences. */
  readonly lossSum: number;
}

/** The moments at which a training may be saved: after a step, after an epoch, or before it stops. */
export type SavingMoment = 'step' | 'epoch' | 'stop';

export interface LoopOptions {
  readonly settings: Pick<Settings, 'seed' | 'epochs' | 'batchSize' | 'patience'>;
  /** The lengths of the training sentences. */
  readonly lengths: readonly number[];
  readonly trainer: StepTrainer;
  /** The epochs that follow on other sentences, and their steps; only progress tells of them. */
  readonly later?: { readonly epochs: number; readonly steps: number } | undefined;
  /** Scores the current weights on dev. */
  readonly evaluate: () => EpochScores;
  readonly measure: Measure;
  /** Lets timers and signal handlers run between two steps. */
  readonly pause: () => Promise<void>;
  /** The position to continue from, to which the trainer has been restored; undefined to begin. */
  readonly from?: TrainingPosition | undefined;
  /** Saves the training, or does not, and changes nothing. */
  readonly save?: ((position: TrainingPosition, moment: SavingMoment) => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const NONE = { epochs: 0, steps: 0 } as const;

/** Trains and yields the progress. The weights end as those of the best epoch by dev score, the earlier of equals. */
export async function* trainNetwork(
  options: LoopOptions,
): AsyncGenerator<StepProgress | EpochProgress, TrainingResult, undefined> {
  const { settings, lengths, trainer, measure, signal, from, later = NONE, save = async () => {} } = options;
  const epochs: EpochRecord[] = [...(from?.epochs ?? [])];
  let best = epochs.reduce<EpochRecord | undefined>((before, record) => better(before, record, measure), undefined);
  let { step: done, lossSum } = from ?? { step: 0, lossSum: 0 };
  const finish = (stopped: StopReason): TrainingResult => {
    if (best) trainer.restore();
    return { stopped, history: best && { bestEpoch: best.epoch, epochs } };
  };
  for (;;) {
    if (settings.patience !== undefined && best && epochs.length - best.epoch >= settings.patience)
      return finish('patience');
    if (epochs.length >= settings.epochs) return finish('completed');
    const epoch = epochs.length + 1;
    const batches = orderBatches(lengths, settings.batchSize, chanceFor(settings.seed, 'order', epoch));
    let trained = batches.slice(0, done).reduce((sum, { length }) => sum + length, 0);
    for (const sentences of batches.slice(done)) {
      await options.pause();
      if (signal?.aborted) {
        await save({ epochs, step: done, lossSum }, 'stop');
        return finish('aborted');
      }
      const { loss, tokens } = await trainer.step(epoch, sentences);
      if (!Number.isFinite(loss)) return finish('diverged');
      done++;
      lossSum += loss;
      trained += sentences.length;
      yield {
        kind: 'step',
        epoch,
        epochs: settings.epochs + later.epochs,
        step: done,
        stepsAnEpoch: batches.length,
        place: epochs.length * batches.length + done,
        places: settings.epochs * batches.length + later.steps,
        tokens,
        loss: lossSum / trained,
      };
      await save({ epochs, step: done, lossSum }, 'step');
    }
    if (!trainer.isFinite()) return finish('diverged');
    trainer.beginScoring();
    const record: EpochRecord = { epoch, loss: lossSum / lengths.length, dev: options.evaluate() };
    const isBest = better(best, record, measure) === record;
    if (isBest) {
      best = record;
      trainer.keep();
    }
    trainer.endScoring();
    epochs.push(record);
    [done, lossSum] = [0, 0];
    yield { kind: 'epoch', record, measure, isBest };
    await save({ epochs, step: 0, lossSum: 0 }, 'epoch');
  }
}

/** Returns the epoch with the better dev score, the earlier of equals. */
function better(before: EpochRecord | undefined, record: EpochRecord, measure: Measure): EpochRecord {
  return !before || record.dev[measure] > before.dev[measure] ? record : before;
}
