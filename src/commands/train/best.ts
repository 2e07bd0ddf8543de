import { chooseTemperature } from '../../evaluation/calibration.js';
import { chooseSharing, type SharingChoice } from '../../evaluation/document-sharing.js';
import type { Evaluation } from '../../evaluation/evaluation.js';
import { measureHiding } from '../../evaluation/hidden-names.js';
import {
  countsOf,
  evaluateTagger,
  type IntervalScores,
  scoresOfHeldOut,
  scoreWithInterval,
} from '../../evaluation/score-tagger.js';
import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import { HeldOutTagger } from '../../model/held-out-tagger.js';
import type { Model, ModelForTagging, TrainedNetwork } from '../../model/model.js';
import { Network } from '../../model/network.js';
import { createTagger, type SentenceTagger } from '../../model/tagger.js';
import { at } from '../../numerics/at.js';
import type { Kernels } from '../../numerics/kernels.js';
import type { Forgetting } from '../../reports/score-table.js';
import { hasSpans, type Scheme } from '../../text/scheme.js';
import { chanceFor } from '../../training/chance.js';
import type { StopReason } from '../../training/loop.js';
import type { ScoredParts } from './data.js';
import { measureForgetting } from './initial.js';
import {
  type FinishedNetwork,
  hasWeights,
  type NetworkResult,
  type NetworkWork,
  type StoppedNetwork,
} from './network-work.js';
import type { PreparedTraining } from './prepare.js';

/** The result of a training. */
export interface TrainReport {
  readonly stopped: StopReason;
  /** Number of epochs that came to their end, those before a stop included. */
  readonly epochs: number;
  /** Undefined if no training was stopped, or there is only one network. */
  readonly stoppedNetwork?: StoppedNetwork | undefined;
  /** Seconds of the whole command, reading included. */
  readonly seconds: number;
  /** Speed of the training loop alone, without the scoring of dev. */
  readonly trainTokensPerSecond: number;
  /** Number of weights of all networks. */
  readonly parameters: number;
  /** Undefined if no epoch came to its end: then no checkpoint was written. */
  readonly best: BestModel | undefined;
  /** Whether `resume` can go on with the training. */
  readonly isSaved: boolean;
  /** Whether the finished checkpoint was there already, so that there was nothing to do. */
  readonly wasFinished: boolean;
}

export interface BestModel {
  readonly epoch: number;
  readonly scheme: Scheme;
  /** The checkpoint's text, piece by piece; it can be asked for once. */
  readonly checkpoint: Iterable<string>;
  readonly model: Model;
  readonly dev: IntervalScores;
  /** Scores of dev without and with evidence that is shared within documents; undefined if there was nothing to choose. */
  readonly sharing?: SharingChoice | undefined;
  readonly test: IntervalScores | undefined;
  /** Scores before and after on what an initial model knew; undefined if there is none, or nothing to measure it by. */
  readonly forgetting: Forgetting | undefined;
  /**
   * Evaluates the model for a report, on dev and, if there is one, on test. Dev is undefined if the networks that had not seen it
   * are no longer there.
   */
  evaluate(): { readonly dev: Evaluation | undefined; readonly test: Evaluation | undefined };
}

/** Makes a model of the networks that were trained, and scores it; undefined if no epoch came to its end. */
export function bestOf(prepared: PreparedTraining, results: readonly NetworkResult[]): BestModel | undefined {
  const { work, entities, corpora, annotation, initial, mustShare } = prepared;
  const { settings, language, vectors } = work;
  const kernels = results.at(-1)?.kernels;
  if (!kernels) return undefined;
  const finished = results.filter(hasWeights);
  const scored = judgedBy(finished.length, prepared.scored);
  const trained = networksOf(finished, ({ weights }) => weights, work, kernels);
  if (!trained) return undefined;
  const hasSeenDev = finished.some(({ heldOutWeights }) => heldOutWeights !== undefined);
  const scoredNetworks = hasSeenDev
    ? networksOf(finished, ({ weights, heldOutWeights }) => heldOutWeights ?? weights, work, kernels)
    : trained;
  const untempered = { settings, language, ...(scoredNetworks ?? trained) };
  const sharing =
    settings.documentShare > 0
      ? chooseSharing(
          (isShared) => devTaggerOf(isShared ? untempered : { ...untempered, documentShare: 0 }, scored),
          scored.dev,
          chanceFor(settings.seed, 'resampling'),
        )
      : undefined;
  const isShared = mustShare || sharing?.isShared !== false;
  const chosen = isShared ? untempered : { ...untempered, documentShare: 0 };
  const devTagger = devTaggerOf(chosen, scored);
  const temperature = chooseTemperature(devTagger, scored.dev);
  const hiding = measureHiding(devTagger, temperature, scored.dev);
  const heldOut = hasSeenDev ? countsOf(scoreWithInterval(devTagger, scored.dev, settings.seed)) : undefined;
  const data = { entities, corpora, annotation, initial: initial?.lineage, vectors };
  const model = { ...chosen, ...trained, ...data, temperature, hiding, heldOut };
  return { ...describeBest(model, { scored, initial }, devTagger), sharing: sharing && { ...sharing, isShared } };
}

/**
 * Puts the networks of a model on kernels; returns undefined if there is none.
 *
 * @param weightsOf returns the weights that each is to have
 */
function networksOf(
  [first, ...rest]: readonly FinishedNetwork[],
  weightsOf: (result: FinishedNetwork) => Float32Array,
  { plan, vectors }: NetworkWork,
  kernels: Kernels,
): Pick<Model, 'network' | 'history' | 'others'> | undefined {
  if (!first) return undefined;
  const place = (result: FinishedNetwork, sharer?: Network): TrainedNetwork => {
    const network = new Network(kernels, plan, sharer);
    network.setWeights(weightsOf(result));
    return { network, history: result.history };
  };
  const placed = place(first);
  if (vectors) placed.network.setVectors(vectors.numbers);
  return { ...placed, others: rest.length > 0 ? rest.map((result) => place(result, placed.network)) : undefined };
}

/** Returns what so many networks can judge: where a training on folds was stopped, the folds of those that were trained. */
function judgedBy(networks: number, scored: ScoredParts): ScoredParts {
  const { dev, folds } = scored;
  if (!folds || networks >= folds.count) return scored;
  const isJudged = (_: unknown, index: number): boolean => at(folds.of, index) < networks;
  return {
    ...scored,
    dev: { ...dev, sentences: dev.sentences.filter(isJudged) },
    folds: { ...folds, of: folds.of.filter(isJudged) },
  };
}

/** Returns the tagger that dev is scored with: the model's, or where dev is in folds the networks that have not seen each. */
function devTaggerOf(model: ModelForTagging, { folds }: ScoredParts): SentenceTagger {
  return folds ? new HeldOutTagger(model, folds.of) : createTagger(model);
}

/**
 * Tells why dev is scored otherwise at the end than after the best epoch, which is scored without sharing.
 *
 * @param mustShare whether the user said how much is shared
 */
export function sharingNotices(
  { sharing, scheme }: Pick<BestModel, 'sharing' | 'scheme'>,
  mustShare: boolean,
): string[] {
  if (!sharing) return [];
  const [measure, name] = hasSpans(scheme) ? (['f1', 'F1'] as const) : (['accuracy', 'token accuracy'] as const);
  const [apart, together] = [sharing.apart, sharing.together].map((scores) => (100 * scores[measure]).toFixed(2));
  if (!sharing.isShared)
    return [
      `occurrences of a word in a document stay apart: sharing would lower dev ${name} from ${apart} to ${together}`,
    ];
  if (apart === together) return [];
  const isWorse = sharing.together[measure] < sharing.apart[measure];
  const reason = isWorse ? (mustShare ? ', as --document-share wants it' : ', a difference that may be chance') : '';
  return [
    `occurrences of a word in a document share what each says of it: dev ${name} ${apart} without, ${together} with${reason}`,
  ];
}

/**
 * Scores a trained model on dev, on test and on what it knew before.
 *
 * @param devTagger the tagger that dev is scored with; undefined if the model was read from a checkpoint
 */
export function describeBest(
  model: Model,
  { scored, initial }: Pick<PreparedTraining, 'scored' | 'initial'>,
  devTagger?: SentenceTagger,
): BestModel {
  const { dev, folds, test, oldDev } = scored;
  const { settings, language, entities, history, heldOut } = model;
  const tagger = folds || !devTagger ? createTagger(model) : devTagger;
  const judge = devTagger ?? (heldOut ? undefined : folds ? devTaggerOf(model, scored) : tagger);
  const { seed } = settings;
  return {
    epoch: history.bestEpoch,
    scheme: language.scheme,
    checkpoint: writeCheckpointInPieces(model),
    model,
    dev: heldOut ? scoresOfHeldOut(heldOut) : scoreWithInterval(judge ?? tagger, dev, seed),
    test: test && scoreWithInterval(tagger, test, seed),
    forgetting: measureForgetting(initial, tagger, oldDev),
    evaluate: () => ({
      // In folds every entity of dev is one of the training corpus: none would be new.
      dev: judge && evaluateTagger(judge, dev, { seed, known: folds ? undefined : entities }),
      test: test && evaluateTagger(tagger, test, { seed, known: entities }),
    }),
  };
}
