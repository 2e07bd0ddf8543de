import { badUsage, UserError } from '../../errors.js';
import { decodeDictionaries, type StoredDictionaries } from '../../model/checkpoint-dictionaries.js';
import type { ProbableSpan } from '../../model/judgement.js';
import { collectEntities } from '../../model/known-entities.js';
import { createTagger } from '../../model/tagger.js';
import { type PresetName, resolveSettings, type SettingsInput } from '../../settings/settings.js';
import { at } from '../../text/at.js';
import { createKnownReader } from '../../text/possible-labels.js';
import type { LabelledSentences } from '../../text/scheme.js';
import { documentsOf, sizeOfCorpus } from '../../text/sentence.js';
import { chanceFor } from '../../training/chance.js';
import { holdOut } from '../../training/subsets.js';
import { Work } from '../story.js';
import { bestOf } from '../train/best.js';
import { takeClusters } from '../train/clusters.js';
import { takeDocuments } from '../train/documents.js';
import { chooseVocabulary, collectLanguage } from '../train/language.js';
import { trainNetworks } from '../train/networks.js';
import { planTraining } from '../train/plan.js';

/** A corpus of which parts are judged by networks that were trained on the rest, and how these are trained. */
export interface JudgedCorpus extends LabelledSentences {
  readonly preset: PresetName | undefined;
  /** The settings that the user gave; the rest comes from the preset. */
  readonly settings: SettingsInput;
  /** The names that networks know, as a checkpoint stores them; threads cannot be given the dictionaries themselves. */
  readonly dictionaries: StoredDictionaries | undefined;
}

/** A training on a part of a corpus, and the judgement of another part. */
export interface JudgingTask {
  readonly seed: number;
  /** The numbers of the sentences to train on, and of those that are judged. */
  readonly trained: readonly number[];
  readonly judged: readonly number[];
}

/**
 * The fraction of the usual number of epochs where nobody gave one. The best reading of a sentence shows early; the last
 * epochs raise F1 by little and cost as much as the first.
 */
const FEWER_EPOCHS = 0.6;

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Trains on a part of a corpus and judges sentences of another: finds the probabilities of their spans, or of their tags
 * if these spell no spans, and of what the network would have in their place.
 *
 * @returns the spans of each judged sentence, in the order of the task
 * @throws UserError if the settings do not work, exit code 2
 */
export async function judgePart(
  { sentences, scheme, preset, settings: given, dictionaries: stored }: JudgedCorpus,
  { seed, trained, judged }: JudgingTask,
): Promise<ProbableSpan[][]> {
  const train = { sentences: trained.map((index) => at(sentences, index)), scheme };
  // Sentences that are trained on as well choose a late epoch; of a small corpus, the few held out would choose any.
  const dev = { sentences: holdOut(train.sentences, chanceFor(seed, 'holdOut')).dev, scheme };
  const featured = await new Work(takeDocuments(given, preset, train.sentences)).result();
  const resolved = resolveSettings({ ...featured, seed }, preset, sizeOfCorpus(train.sentences));
  const epochs = given.epochs ?? Math.max(1, Math.round(FEWER_EPOCHS * resolved.epochs));
  const { settings, vocabulary } = await chooseVocabulary({ ...resolved, epochs }, given, undefined, train.sentences);
  const { clusters } = await new Work(
    takeClusters({ preset, settings: given, pause }, undefined, train.sentences, vocabulary, seed),
  ).result();
  const dictionaries = stored && decodeDictionaries(stored, 'the corpus');
  const language = collectLanguage(train, settings, vocabulary, { clusters, dictionaries }, undefined);
  const scored = { dev, folds: undefined, test: undefined, oldDev: undefined };
  const fingerprint = { sha256: '', ...sizeOfCorpus(train.sentences) };
  const corpora = { train: fingerprint };
  const { job, examples, parameters } = planTraining(settings, language, { ...scored, train }, undefined);
  const tasks = [{ job, examples, language, dev }];
  const others = { vectors: undefined, inputs: {}, initialWeights: undefined };
  const work = { settings, plan: job.plan, language, tasks, ...others };
  const clock = () => 0;
  const results = await new Work(trainNetworks(work, { workers: 1, clock, pause }, undefined, undefined)).result();
  if (results.at(-1)?.stopped === 'diverged')
    throw badUsage('the loss is no finite number', 'try a smaller --learning-rate or --clip');
  const prepared = { work, scored, corpora, annotation: undefined, parameters, initial: undefined, mustShare: true };
  const best = bestOf({ ...prepared, entities: collectEntities(train) }, results);
  if (!best) throw new UserError('no epoch came to its end');
  const readGiven = createKnownReader(scheme);
  const own = judged.map((index) => at(sentences, index));
  // A temperature that suits sentences of the training would make probabilities of others too sure.
  return createTagger({ ...best.model, temperature: 1 }).judge(
    own.map((sentence) => ({ tokens: sentence.tokens, spans: readGiven(sentence) })),
    documentsOf(own),
  );
}
