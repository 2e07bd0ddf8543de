import type { EpochRecord, EpochScores, History } from '../model/model.js';
import type { Settings } from '../settings/settings.js';
import type { Measure } from '../text/measure.js';
import { chanceFor } from './chance.js';
import { orderBatches } from './order.js';

export interface StepProgress {
  readonly kind: 'step';
  /** From 1. */
  readonly epoch: number;
  /** As many as the settings want at most. */
  readonly epochs: number;
  /** Of this epoch, from 1. */
  readonly step: number;
  readonly stepsAnEpoch: number;
  /** Trained on in this step. */
  readonly tokens: number;
  /** Mean loss of a sentence, over this epoch so far. */
  readonly loss: number;
}

export interface EpochProgress {
  readonly kind: 'epoch';
  readonly record: EpochRecord;
  readonly measure: Measure;
  readonly isBest: boolean;
}

/** `completed` all epochs, ran out of `patience`, was `aborted`, or `diverged`: a number was not finite. */
export type StopReason = 'completed' | 'patience' | 'aborted' | 'diverged';

export interface TrainingResult {
  readonly stopped: StopReason;
  /** Undefined where not one epoch came to its end; the weights are then of no use. */
  readonly history: History | undefined;
}

/** What the loop drives. */
export interface StepTrainer {
  /** One step on the sentences of these numbers, longest first; gives the sum of their losses. */
  step(epoch: number, sentences: readonly number[]): { readonly loss: number; readonly tokens: number };
  /** Whether every weight is finite. */
  isFinite(): boolean;
  /** Exchanges the weights and their moving averages, where there are some. */
  exchangeAverages(): void;
  /** Puts the weights aside as the best so far. */
  keep(): void;
  /** Takes back what was put aside last. */
  restore(): void;
}

/** Where a training stands between two steps. */
export interface TrainingPosition {
  /** Those that are over. */
  readonly epochs: readonly EpochRecord[];
  /** Steps done of the one under way. */
  readonly step: number;
  /** Of the sentences of these steps. */
  readonly lossSum: number;
}

/** When a training may be saved: between two steps, between two epochs, or now, because it is to stop. */
export type SavingMoment = 'step' | 'epoch' | 'stop';

export interface LoopOptions {
  readonly settings: Pick<Settings, 'seed' | 'epochs' | 'batchSize' | 'patience'>;
  /** Of the training sentences. */
  readonly lengths: readonly number[];
  readonly trainer: StepTrainer;
  /** Scores the weights as they are now on dev. */
  readonly evaluate: () => EpochScores;
  readonly measure: Measure;
  /** Lets timers and signals be heard between two steps. */
  readonly pause: () => Promise<void>;
  /** Where to go on, the trainer being as it was there; undefined: from the beginning. */
  readonly from?: TrainingPosition | undefined;
  /** May save what the training is, and changes nothing. */
  readonly save?: ((position: TrainingPosition, moment: SavingMoment) => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Trains and yields its progress; keeps the weights of the best epoch by dev, the earlier of equals. */
export async function* trainNetwork(
  options: LoopOptions,
): AsyncGenerator<StepProgress | EpochProgress, TrainingResult, undefined> {
  const { settings, lengths, trainer, measure, signal, from, save = async () => {} } = options;
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
      const { loss, tokens } = trainer.step(epoch, sentences);
      if (!Number.isFinite(loss)) return finish('diverged');
      done++;
      lossSum += loss;
      trained += sentences.length;
      yield {
        kind: 'step',
        epoch,
        epochs: settings.epochs,
        step: done,
        stepsAnEpoch: batches.length,
        tokens,
        loss: lossSum / trained,
      };
      await save({ epochs, step: done, lossSum }, 'step');
    }
    if (!trainer.isFinite()) return finish('diverged');
    trainer.exchangeAverages();
    const record: EpochRecord = { epoch, loss: lossSum / lengths.length, dev: options.evaluate() };
    const isBest = better(best, record, measure) === record;
    if (isBest) {
      best = record;
      trainer.keep();
    }
    trainer.exchangeAverages();
    epochs.push(record);
    [done, lossSum] = [0, 0];
    yield { kind: 'epoch', record, measure, isBest };
    await save({ epochs, step: 0, lossSum: 0 }, 'epoch');
  }
}

/** The better of two epochs by dev, the earlier of equals. */
function better(before: EpochRecord | undefined, record: EpochRecord, measure: Measure): EpochRecord {
  return !before || record.dev[measure] > before.dev[measure] ? record : before;
}
