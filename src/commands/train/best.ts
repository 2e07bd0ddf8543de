import { chooseTemperature } from '../../evaluation/calibration.js';
import { chooseSharing, type SharingChoice } from '../../evaluation/document-sharing.js';
import type { Evaluation } from '../../evaluation/evaluation.js';
import { measureHiding } from '../../evaluation/hidden-names.js';
import { evaluateTagger, type IntervalScores, scoreWithInterval } from '../../evaluation/score-tagger.js';
import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import { HeldOutTagger } from '../../model/held-out-tagger.js';
import type { Model, ModelForTagging, TrainedNetwork } from '../../model/model.js';
import { Network } from '../../model/network.js';
import { createTagger, type SentenceTagger } from '../../model/tagger.js';
import { at } from '../../numerics/at.js';
import type { Forgetting } from '../../reports/score-table.js';
import { hasSpans, type Scheme } from '../../text/scheme.js';
import { chanceFor } from '../../training/chance.js';
import type { StopReason } from '../../training/loop.js';
import type { ScoredParts } from './data.js';
import { measureForgetting } from './initial.js';
import { hasWeights, type NetworkResult } from './network-work.js';
import type { PreparedTraining } from './prepare.js';

/** The result of a training. */
export interface TrainReport {
  readonly stopped: StopReason;
  /** Number of epochs that came to their end, those before a stop included. */
  readonly epochs: number;
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
  /** Evaluates the model for a report, on dev and, if there is one, on test. */
  evaluate(): { readonly dev: Evaluation; readonly test: Evaluation | undefined };
}

/** Makes a model of the networks that were trained, and scores it; undefined if no epoch came to its end. */
export function bestOf(prepared: PreparedTraining, results: readonly NetworkResult[]): BestModel | undefined {
  const { work, entities, corpora, annotation, initial, mustShare } = prepared;
  const { settings, language, vectors } = work;
  const kernels = results.at(-1)?.kernels;
  if (!kernels) return undefined;
  let sharer: Network | undefined;
  const [first, ...rest] = results.filter(hasWeights).map(({ weights, history }): TrainedNetwork => {
    const network = new Network(kernels, work.plan, sharer);
    network.setWeights(weights);
    sharer ??= network;
    return { network, history };
  });
  if (!first) return undefined;
  if (vectors) first.network.setVectors(vectors.numbers);
  const scored = judgedBy(1 + rest.length, prepared.scored);
  const others = rest.length > 0 ? rest : undefined;
  const data = { entities, corpora, annotation, initial: initial?.lineage, vectors };
  const untempered = { settings, language, ...first, others, ...data };
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
  const model = { ...chosen, temperature, hiding: measureHiding(devTagger, temperature, scored.dev) };
  return { ...describeBest(model, { scored, initial }, devTagger), sharing: sharing && { ...sharing, isShared } };
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

/** Scores a trained model, whose tagger for dev may be given, on dev, on test and on what it knew before. */
export function describeBest(
  model: Model,
  { scored, initial }: Pick<PreparedTraining, 'scored' | 'initial'>,
  devTagger: SentenceTagger = devTaggerOf(model, scored),
): BestModel {
  const { dev, folds, test, oldDev } = scored;
  const { settings, language, entities, history } = model;
  const tagger = folds ? createTagger(model) : devTagger;
  const { seed } = settings;
  return {
    epoch: history.bestEpoch,
    scheme: language.scheme,
    checkpoint: writeCheckpointInPieces(model),
    model,
    dev: scoreWithInterval(devTagger, dev, seed),
    test: test && scoreWithInterval(tagger, test, seed),
    forgetting: measureForgetting(initial, tagger, oldDev),
    evaluate: () => ({
      // In folds every entity of dev is one of the training corpus: none would be new.
      dev: evaluateTagger(devTagger, dev, { seed, known: folds ? undefined : entities }),
      test: test && evaluateTagger(tagger, test, { seed, known: entities }),
    }),
  };
}
