import { createBatch, type Example } from '../model/batch.js';
import type { EpochRecord, EpochScores, History } from '../model/model.js';
import {
  type Activations,
  allocateActivations,
  backward,
  forward,
  meanLoss,
  type NetworkParameters,
  networkSizes,
} from '../model/network.js';
import type { Kernels, Numbers } from '../numerics/kernels.js';
import { allocateParameters } from '../numerics/parameters.js';
import type { Settings } from '../settings/settings.js';
import { chanceFor } from './chance.js';
import { hideWordsSeenOnce, type TrainingExample } from './examples.js';
import { Optimizer, TouchedParameters } from './optimizer.js';

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

/** `completed` all epochs, ran out of `patience`, was `aborted`, or `diverged`: the loss was no finite number. */
export type StopReason = 'completed' | 'patience' | 'aborted' | 'diverged';

export interface TrainingResult {
  readonly stopped: StopReason;
  /** Undefined where not one epoch came to its end; the weights are then of no use. */
  readonly history: History | undefined;
}

export interface TrainingOptions {
  readonly kernels: Kernels;
  readonly settings: Settings;
  /** In: where to start; out: the weights of the best epoch. */
  readonly parameters: NetworkParameters;
  readonly examples: readonly TrainingExample[];
  /** Scores the weights as they are now on dev. */
  readonly evaluate: () => EpochScores;
  readonly measure: Measure;
  /** Lets the surroundings breathe between two steps, so that a signal can be heard. */
  readonly pause: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Trains a network and yields its progress; the weights of the best epoch by dev are kept, the earlier of equals. */
export async function* trainNetwork(
  options: TrainingOptions,
): AsyncGenerator<StepProgress | EpochProgress, TrainingResult, undefined> {
  const { kernels, settings, parameters, examples, measure, signal } = options;
  const stepper = new Stepper(options);
  const stepsAnEpoch = Math.ceil(examples.length / settings.batchSize);
  const epochs: EpochRecord[] = [];
  let best: { epoch: number; score: number; weights: Numbers } | undefined;

  function finish(stopped: StopReason): TrainingResult {
    if (best) parameters.data.set(best.weights);
    return { stopped, history: best && { bestEpoch: best.epoch, epochs } };
  }

  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const order = Array.from(examples.keys());
    chanceFor(settings.seed, 'order', epoch).shuffle(order);
    let lossSum = 0;
    for (let step = 1; step <= stepsAnEpoch; step++) {
      await options.pause();
      if (signal?.aborted) return finish('aborted');
      const members = order.slice((step - 1) * settings.batchSize, step * settings.batchSize);
      const { loss, tokens } = stepper.step(epoch, members);
      if (!Number.isFinite(loss)) return finish('diverged');
      lossSum += loss * members.length;
      const trained = Math.min(step * settings.batchSize, examples.length);
      yield { kind: 'step', epoch, epochs: settings.epochs, step, stepsAnEpoch, tokens, loss: lossSum / trained };
    }
    if (!Number.isFinite(kernels.sumOfSquares(parameters.data, parameters.data.length))) return finish('diverged');
    const record: EpochRecord = { epoch, loss: lossSum / examples.length, dev: options.evaluate() };
    const score = record.dev[measure];
    const isBest = !best || score > best.score;
    if (isBest) best = { epoch, score, weights: copyOf(parameters.data, kernels, best?.weights) };
    epochs.push(record);
    yield { kind: 'epoch', record, measure, isBest };
    if (settings.patience !== undefined && best && epoch - best.epoch >= settings.patience) return finish('patience');
  }
  return finish('completed');
}

function copyOf(data: Numbers, kernels: Kernels, reused?: Numbers): Numbers {
  const copy = reused ?? kernels.allocate(data.length);
  copy.set(data);
  return copy;
}

/** One step of gradient descent after the other. */
class Stepper {
  readonly #options: TrainingOptions;
  readonly #gradient: NetworkParameters;
  readonly #optimizer: Optimizer;
  readonly #touched = new TouchedParameters(['input.weights']);
  #activations: Activations;

  constructor(options: TrainingOptions) {
    const { kernels, parameters, settings } = options;
    this.#options = options;
    this.#gradient = allocateParameters(parameters.shapes, kernels);
    this.#optimizer = new Optimizer(kernels, parameters.shapes, settings);
    this.#activations = allocateActivations(kernels, 0, networkSizes(parameters));
  }

  /** @param members which of the examples make the batch */
  step(epoch: number, members: readonly number[]): { loss: number; tokens: number } {
    const { kernels, parameters, settings, examples } = this.#options;
    const batch = createBatch(
      members.map((member): Example => {
        const random = chanceFor(settings.seed, 'unknownWords', epoch, member);
        return hideWordsSeenOnce(examples[member] as TrainingExample, settings.unknownRate, random);
      }),
    );
    const tokens = batch.steps.N;
    if (this.#activations.capacity < tokens)
      this.#activations = allocateActivations(kernels, tokens, networkSizes(parameters));
    forward(kernels, parameters, batch, this.#activations);
    const loss = meanLoss(batch, this.#activations);
    backward(kernels, parameters, batch, this.#activations, this.#gradient);
    this.#touched.rows = [...new Set(batch.ids)].sort((a, b) => a - b);
    this.#optimizer.step(parameters, this.#gradient, this.#touched);
    return { loss, tokens };
  }
}
