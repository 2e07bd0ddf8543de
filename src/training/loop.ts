import type { EpochRecord, EpochScores, History } from '../model/model.js';
import type { Settings } from '../settings/settings.js';
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

/** The figure by which one epoch is better than another. */
export type Measure = 'f1' | 'accuracy';

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

export interface TrainingOptions {
  readonly settings: Pick<Settings, 'seed' | 'epochs' | 'batchSize' | 'patience'>;
  /** Of the training sentences. */
  readonly lengths: readonly number[];
  readonly trainer: StepTrainer;
  /** Scores the weights as they are now on dev. */
  readonly evaluate: () => EpochScores;
  readonly measure: Measure;
  /** Lets the surroundings breathe between two steps, so that a signal can be heard. */
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Trains and yields its progress; keeps the weights of the best epoch by dev, the earlier of equals. */
export async function* trainNetwork(
  options: TrainingOptions,
): AsyncGenerator<StepProgress | EpochProgress, TrainingResult, undefined> {
  const { settings, lengths, trainer, measure, signal } = options;
  const epochs: EpochRecord[] = [];
  let best: { epoch: number; score: number } | undefined;
  const finish = (stopped: StopReason): TrainingResult => {
    if (best) trainer.restore();
    return { stopped, history: best && { bestEpoch: best.epoch, epochs } };
  };
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const batches = orderBatches(lengths, settings.batchSize, chanceFor(settings.seed, 'order', epoch));
    let lossSum = 0;
    let trained = 0;
    for (const [index, sentences] of batches.entries()) {
      await options.pause();
      if (signal?.aborted) return finish('aborted');
      const { loss, tokens } = trainer.step(epoch, sentences);
      if (!Number.isFinite(loss)) return finish('diverged');
      lossSum += loss;
      trained += sentences.length;
      yield {
        kind: 'step',
        epoch,
        epochs: settings.epochs,
        step: index + 1,
        stepsAnEpoch: batches.length,
        tokens,
        loss: lossSum / trained,
      };
    }
    if (!trainer.isFinite()) return finish('diverged');
    trainer.exchangeAverages();
    const record: EpochRecord = { epoch, loss: lossSum / lengths.length, dev: options.evaluate() };
    const score = record.dev[measure];
    const isBest = !best || score > best.score;
    if (isBest) {
      best = { epoch, score };
      trainer.keep();
    }
    trainer.exchangeAverages();
    epochs.push(record);
    yield { kind: 'epoch', record, measure, isBest };
    if (settings.patience !== undefined && best && epoch - best.epoch >= settings.patience) return finish('patience');
  }
  return finish('completed');
}
