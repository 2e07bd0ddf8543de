import { chooseTemperature } from '../../evaluation/calibration.js';
import { chooseSharing, type SharingChoice } from '../../evaluation/document-sharing.js';
import type { Evaluation } from '../../evaluation/evaluation.js';
import { evaluateTagger, type IntervalScores, scoreWithInterval } from '../../evaluation/score-tagger.js';
import { writeCheckpointInPieces } from '../../model/checkpoint.js';
import type { Model, TrainedNetwork } from '../../model/model.js';
import { Network } from '../../model/network.js';
import { createTagger, type Tagger } from '../../model/tagger.js';
import type { Forgetting } from '../../reports/score-table.js';
import { hasSpans, type LabelledSentences, type Scheme } from '../../text/scheme.js';
import { chanceFor } from '../../training/chance.js';
import type { StopReason } from '../../training/loop.js';
import { measureForgetting } from './initial.js';
import { hasWeights, type NetworkResult } from './networks.js';
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
  const { work, scored, entities, corpora, initial, mustShare } = prepared;
  const { settings, language, vectors } = work;
  const kernels = results.at(-1)?.kernels;
  if (!kernels) return undefined;
  let sharer: Network | undefined;
  const [first, ...rest] = results.filter(hasWeights).map(({ weights, history }): TrainedNetwork => {
    const network = new Network(kernels, work.job.plan, sharer);
    network.setWeights(weights);
    sharer ??= network;
    return { network, history };
  });
  if (!first) return undefined;
  if (vectors) first.network.setVectors(vectors.numbers);
  const others = rest.length > 0 ? rest : undefined;
  const untempered = { settings, language, ...first, others, entities, corpora, initial: initial?.lineage, vectors };
  const sharing =
    settings.documentShare > 0
      ? chooseSharing(
          (isShared) => createTagger(isShared ? untempered : { ...untempered, documentShare: 0 }),
          scored.dev,
          chanceFor(settings.seed, 'resampling'),
        )
      : undefined;
  const isShared = mustShare || sharing?.isShared !== false;
  const chosen = isShared ? untempered : { ...untempered, documentShare: 0 };
  const tagger = createTagger(chosen);
  const model = { ...chosen, temperature: chooseTemperature(tagger, scored.dev) };
  return { ...describeBest(model, prepared, tagger), sharing: sharing && { ...sharing, isShared } };
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

/** Scores a trained model, whose tagger may be given, on dev, on test and on what it knew before. */
export function describeBest(
  model: Model,
  { scored: { dev, test, oldDev }, initial }: PreparedTraining,
  tagger: Tagger = createTagger(model),
): BestModel {
  const { settings, language, entities, history } = model;
  const evaluated = (part: LabelledSentences): Evaluation =>
    evaluateTagger(tagger, part, { seed: settings.seed, known: entities });
  return {
    epoch: history.bestEpoch,
    scheme: language.scheme,
    checkpoint: writeCheckpointInPieces(model),
    model,
    dev: scoreWithInterval(tagger, dev, settings.seed),
    test: test && scoreWithInterval(tagger, test, settings.seed),
    forgetting: measureForgetting(initial, tagger, oldDev),
    evaluate: () => ({ dev: evaluated(dev), test: test && evaluated(test) }),
  };
}
