import type { Language } from '../../model/language.js';
import type { History } from '../../model/model.js';
import type { NetworkPlan } from '../../model/plan.js';
import type { Kernels } from '../../numerics/kernels.js';
import type { Settings } from '../../settings/settings.js';
import type { StopReason } from '../../training/loop.js';
import type { Run, TrainingInputs } from '../../training/state.js';
import type { SentenceSample } from '../../words/sentence-sample.js';
import type { NetworkTask } from './plan.js';
import type { Vectors } from './read-vectors.js';

/** The means that the program gives to a training; they do not change the result. */
export interface TrainingEnvironment {
  /** Threads; by default as many as there are processors. */
  readonly workers?: number | undefined;
  /** Stops the training, which keeps its best epoch so far. */
  readonly signal?: AbortSignal | undefined;
  /** Returns the seconds since any fixed moment. */
  readonly clock: () => number;
  /** Lets timers and signals be heard between two steps. */
  readonly pause: () => Promise<void>;
  /** Is given the weights of a network before its first step, and after each epoch those that dev is scored with. */
  readonly watch?: ((weights: Float32Array) => void) | undefined;
}

/** Text without labels from which a network learns before others are trained. */
export interface Pretraining {
  readonly sample: SentenceSample;
  /** How often all sentences of the sample are read. */
  readonly epochs: number;
}

/** Everything that the networks of a model are trained with. */
export interface NetworkWork {
  readonly settings: Settings;
  /** The plan and the language of the networks when they are trained. */
  readonly plan: NetworkPlan;
  readonly language: Language;
  /** The task of each network, or the only one of all. */
  readonly tasks: readonly NetworkTask[];
  /** The work of the last epochs of each network, on all sentences; undefined if none follow those of its task. */
  readonly whole?: Pick<NetworkTask, 'job' | 'examples'> | undefined;
  readonly vectors: Vectors | undefined;
  /** What networks learn from before they are trained; undefined if there is nothing. */
  readonly pretraining?: Pretraining | undefined;
  readonly inputs: TrainingInputs;
  /** Weights that each network begins with; undefined if they are drawn. */
  readonly initialWeights: readonly Float32Array[] | undefined;
  /** The runs that ended before this one, of several from different seeds, and the number of all. */
  readonly run?: { readonly before: readonly Run[]; readonly count: number };
}

interface TrainingSpeed {
  /** Tokens trained on, over all epochs. */
  readonly tokens: number;
  /** Seconds of the training steps alone. */
  readonly seconds: number;
}

export interface NetworkResult extends TrainingSpeed {
  readonly stopped: StopReason;
  readonly history: History | undefined;
  /** The weights of the checkpoint, as they lie in the block of a network of the common plan; undefined if no epoch came to its end. */
  readonly weights: Float32Array | undefined;
  /** The weights before the epochs over all sentences, with which dev is scored; undefined if there were no such epochs. */
  readonly heldOutWeights: Float32Array | undefined;
  /** Kernels whose memory is free for other work; undefined if the network was not trained now. */
  readonly kernels: Kernels | undefined;
}

export type FinishedNetwork = NetworkResult & {
  readonly history: History;
  readonly weights: Float32Array;
};

/** Returns whether a network was trained to its end, so that another may follow. */
export function endedWell({ stopped }: Pick<NetworkResult, 'stopped'>): boolean {
  return stopped === 'completed' || stopped === 'patience';
}

/** Returns why a training of several networks ended: what stopped the first that was stopped, if one was. */
export function stopReasonOf(results: readonly NetworkResult[]): StopReason {
  return (results.find((result) => !endedWell(result)) ?? results.at(-1))?.stopped ?? 'aborted';
}

/** The network, of several, whose training was stopped: its number, from 1, and how many of its epochs came to their end. */
export interface StoppedNetwork {
  readonly number: number;
  readonly epochs: number;
}

/** Returns which network's training was stopped first; undefined if none was, or there is only one. */
export function stoppedNetworkOf(results: readonly NetworkResult[]): StoppedNetwork | undefined {
  const place = results.findIndex((result) => !endedWell(result));
  if (place < 0 || results.length === 1) return undefined;
  const { epochs = [], wholeEpochs = 0 } = results[place]?.history ?? {};
  return { number: place + 1, epochs: epochs.length + wholeEpochs };
}

/** Returns whether an epoch of a network's training came to its end. */
export function hasWeights(result: NetworkResult): result is FinishedNetwork {
  return result.weights !== undefined;
}

/** Returns the speed over all networks, in tokens a second of training steps; 0 if there was no step. */
export function tokensPerSecond(results: readonly TrainingSpeed[]): number {
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  return seconds > 0 ? results.reduce((sum, { tokens }) => sum + tokens, 0) / seconds : 0;
}
