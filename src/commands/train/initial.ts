import { badUsage } from '../../errors.js';
import { scoreTagger } from '../../evaluation/score-tagger.js';
import { inheritWeights } from '../../model/growth.js';
import type { Language } from '../../model/language.js';
import type { InitialCheckpoint, Model } from '../../model/model.js';
import { Network } from '../../model/network.js';
import type { NetworkPlan } from '../../model/plan.js';
import { createTagger, type SentenceTagger } from '../../model/tagger.js';
import { digestOf } from '../../node/digest.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { createKernels } from '../../numerics/fastest.js';
import type { Forgetting } from '../../reports/score-table.js';
import { chanceFor } from '../../training/chance.js';
import type { KeptOptions, OldDev } from './data.js';

/** A model that a training goes on with. */
export interface InitialModel {
  readonly model: Model;
  /** Name of its file in messages. */
  readonly source: string;
  /** The model, and those that it went on with, the last one first. */
  readonly lineage: readonly InitialCheckpoint[];
}

export interface InitialOptions extends KeptOptions {
  /** A checkpoint to go on with, to learn from another corpus. */
  readonly initFrom?: string | undefined;
}

/**
 * Opens the model that a training goes on with, if one is named.
 *
 * @throws UserError if its file is no whole checkpoint, exit code 3, or if old corpora are named and no model, exit code 2
 */
export async function openInitial({ initFrom, keep, oldDev }: InitialOptions): Promise<InitialModel | undefined> {
  if (initFrom === undefined) {
    if (keep === undefined && oldDev === undefined) return undefined;
    const flag = keep === undefined ? '--old-dev' : '--keep';
    throw badUsage(`${flag} is about what a model knew before, and there is none`, 'name it with --init-from');
  }
  const file = await readModelFile(initFrom);
  const model = openModel(file);
  const self = { sha256: digestOf(file.bytes), corpora: model.corpora };
  return { model, source: file.source, lineage: [self, ...(model.initial ?? [])] };
}

/** Returns the weights that each network begins with: the old ones, and drawn ones for what is new. */
export function growNetworks(
  { model }: InitialModel,
  language: Language,
  plan: NetworkPlan,
  seed: number,
): Float32Array[] {
  return [model, ...(model.others ?? [])].map(({ network: old }, index) => {
    const network = new Network(createKernels(), plan);
    network.initialise(chanceFor(seed + index, 'weights'));
    inheritWeights({ network: old, language: model.language }, { network, language });
    return network.copyWeights();
  });
}

/** Scores the old model and the new one on what the old one knew. */
export function measureForgetting(
  initial: InitialModel | undefined,
  tagger: SentenceTagger,
  oldDev: OldDev | undefined,
): Forgetting | undefined {
  if (!initial || !oldDev) return undefined;
  return {
    before: scoreTagger(createTagger(initial.model), oldDev),
    after: scoreTagger(tagger, oldDev),
    mayBeTrainedOn: oldDev.mayBeTrainedOn,
  };
}
