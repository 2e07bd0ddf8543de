import { scoreTagger } from '../../evaluation/score-tagger.js';
import { inheritWeights } from '../../model/growth.js';
import type { Language } from '../../model/language.js';
import type { InitialCheckpoint, Model } from '../../model/model.js';
import { Network } from '../../model/network.js';
import type { NetworkPlan } from '../../model/plan.js';
import { createTagger, type Tagger } from '../../model/tagger.js';
import { digestOf } from '../../node/digest.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { createKernels } from '../../numerics/fastest.js';
import type { Forgetting } from '../../reports/forgetting.js';
import { type LabelledSentences, recode } from '../../text/scheme.js';
import { chanceFor } from '../../training/chance.js';
import type { KeptData } from './kept-data.js';

/** A model that a training goes on with. */
export interface InitialModel {
  readonly model: Model;
  readonly source: string;
  /** It, and those that it went on with, the last one first. */
  readonly lineage: readonly InitialCheckpoint[];
}

/** @throws UserError where there is no checkpoint, or a damaged one, exit code 3 */
export async function openInitial(path: string): Promise<InitialModel> {
  const file = await readModelFile(path);
  const model = openModel(file);
  const self = { sha256: digestOf(file.bytes), corpora: model.corpora };
  return { model, source: file.source, lineage: [self, ...(model.initial ?? [])] };
}

/** New and kept sentences, spelt as the model spells its tags. */
export function mixSentences(
  train: LabelledSentences,
  kept: KeptData,
  { scheme }: Pick<Language, 'scheme'>,
): LabelledSentences {
  const spell = (part: LabelledSentences | undefined) =>
    (part?.sentences ?? []).map((sentence) => ({
      ...sentence,
      tags: recode(sentence.tags, (part as LabelledSentences).scheme, scheme),
    }));
  return { sentences: [...spell(train), ...spell(kept.train)], scheme };
}

/** The weights that each network begins with: the old ones, and drawn ones for what is new. */
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

/** How the old model and the new one score on what the old one knew. */
export function measureForgetting(
  initial: InitialModel | undefined,
  tagger: Tagger,
  oldDev: LabelledSentences | undefined,
): Forgetting | undefined {
  if (!initial || !oldDev) return undefined;
  return { before: scoreTagger(createTagger(initial.model), oldDev), after: scoreTagger(tagger, oldDev) };
}
