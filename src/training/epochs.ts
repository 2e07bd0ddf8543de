import type { Settings } from '../settings/settings.js';
import { chanceFor } from './chance.js';
import type { StepResult, StepTrainer, StopReason } from './loop.js';
import { orderBatches } from './order.js';

/** A step of an epoch. */
export interface EpochStep extends Pick<StepResult, 'tokens'> {
  readonly epoch: number;
  /** The number of the step within the epoch, from 1. */
  readonly step: number;
  readonly stepsAnEpoch: number;
  /** The mean loss of the sentences of this epoch so far. */
  readonly loss: number;
}

export interface EpochsOptions {
  readonly trainer: Pick<StepTrainer, 'step'>;
  /** The lengths of the training sentences. */
  readonly lengths: readonly number[];
  readonly settings: Pick<Settings, 'seed' | 'batchSize'>;
  /** The numbers of the first epoch and the last one. */
  readonly first: number;
  readonly last: number;
  /** Lets timers and signal handlers run between two steps. */
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Trains epoch by epoch without a dev that could choose the best, and yields each step. */
export async function* trainEpochs(options: EpochsOptions): AsyncGenerator<EpochStep, StopReason, undefined> {
  const { trainer, lengths, settings, first, last, pause, signal } = options;
  for (let epoch = first; epoch <= last; epoch++) {
    const batches = orderBatches(lengths, settings.batchSize, chanceFor(settings.seed, 'order', epoch));
    let lossSum = 0;
    let trained = 0;
    for (const [index, sentences] of batches.entries()) {
      await pause();
      if (signal?.aborted) return 'aborted';
      const { loss, tokens } = await trainer.step(epoch, sentences);
      if (!Number.isFinite(loss)) return 'diverged';
      lossSum += loss;
      trained += sentences.length;
      yield { epoch, step: index + 1, stepsAnEpoch: batches.length, tokens, loss: lossSum / trained };
    }
  }
  return 'completed';
}
