import { checkSameKind, illFormedNotice, unseenLabelsNotice } from '../../corpora/notices.js';
import { readCorpus, starterCorpus } from '../../corpora/read-corpus.js';
import type { CorpusOptions } from '../../corpora/read-items.js';
import { badUsage } from '../../errors.js';
import { type Evaluation, evaluateTags, type OtherTagger } from '../../evaluation/evaluation.js';
import { isCheckpoint } from '../../model/checkpoint.js';
import type { Prediction } from '../../model/decode.js';
import type { KnownEntities } from '../../model/known-entities.js';
import type { Language } from '../../model/language.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { processorCount } from '../../node/team.js';
import { readPredictions } from '../../reports/evaluation-json.js';
import { TaggingCrew } from '../../tagging/crew.js';
import { type LabelledSentences, recode, type Scheme } from '../../text/scheme.js';
import { detectScheme } from '../../text/scheme-detection.js';
import type { PairedSentence, Sentence } from '../../text/sentence.js';
import { readPairsData } from './pairs-data.js';

export interface EvaluateOptions extends CorpusOptions {
  /** Files of the corpus; none: the starter corpus's test part, for a model that was trained on the starter corpus. */
  readonly corpora: readonly string[];
  /** The checkpoint; with pairs it is not needed, and says only which entities were seen in training. */
  readonly model?: string | undefined;
  /** Files of gold and predicted tags to be scored instead of a model: one, or another tagger's as well. */
  readonly pairs: readonly string[];
  /** A checkpoint of another tagger, or its report in JSON. */
  readonly compare?: string | undefined;
  /** The outside tag of pairs, where it is not O. */
  readonly outside?: string | undefined;
  /** Fixes what the bootstrap draws. */
  readonly seed: number;
  /** Threads; never changes the result. */
  readonly workers?: number | undefined;
  /** Ends the evaluation, which throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Lets the surroundings breathe between two groups of sentences. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** So much has been tagged. */
export interface EvaluateEvent {
  readonly kind: 'tagged';
  /** The model that tags. */
  readonly model: string;
  readonly sentences: number;
  /** Of all that are to be tagged. */
  readonly count: number;
}

/** What messages call the test part of the starter corpus, wherever the package is. */
const STARTER_TEST = 'data/starter/test.conll';

/** What is scored. */
interface Subject {
  /** What a report is called. */
  readonly title: string;
  readonly sentences: readonly PairedSentence[];
  readonly scheme: Scheme;
  readonly predictedScheme?: Scheme | undefined;
  readonly known: KnownEntities | undefined;
  /** Of the predicted spans of each sentence, in order. */
  readonly confidences?: readonly (readonly number[])[] | undefined;
  readonly other?: OtherTagger | undefined;
  /** What the person should know about the data, a line each. */
  readonly notices: readonly string[];
}

export interface EvaluationResult extends Pick<Subject, 'title' | 'sentences' | 'notices'> {
  readonly evaluation: Evaluation;
}

/**
 * Scores a model on a labelled corpus, or tags that another program gave.
 *
 * @throws UserError where model, corpus or pairs are not as they should be, or no corpus is named and none is meant
 */
export async function* evaluate(options: EvaluateOptions): AsyncGenerator<EvaluateEvent, EvaluationResult, undefined> {
  const subject = options.pairs.length > 0 ? await readSubject(options) : yield* tagSubject(options);
  const { title, sentences, scheme, predictedScheme, known, confidences } = subject;
  const notices = [...subject.notices];
  const other = subject.other ?? (yield* readOther(options, subject, notices));
  const evaluation = evaluateTags(sentences, {
    scheme,
    predictedScheme,
    seed: options.seed,
    known,
    confidences,
    other,
  });
  return { evaluation, title, sentences, notices };
}

async function* tagSubject(options: EvaluateOptions): AsyncGenerator<EvaluateEvent, Subject, undefined> {
  const crew = new TaggingCrew(await readModelFile(options.model as string), options.workers ?? processorCount());
  const { model } = crew;
  const { language } = model;
  const notices: string[] = [];
  let paths = options.corpora;
  if (paths.length === 0) {
    const starter = await readCorpus([starterCorpus('train')]);
    if (model.corpora.train.sha256 !== starter.fingerprint.sha256)
      throw badUsage(
        'no corpus named, and the model was not trained on the starter corpus',
        'name one: rnn eval test.conll',
      );
    paths = [starterCorpus('test')];
    notices.push('no corpus named: scoring the test part of the starter corpus');
  }
  const { sentences, notices: found, ...corpus } = await readCorpus(paths, options);
  const files = options.corpora.length > 0 ? corpus.files : corpus.files.map(() => STARTER_TEST);
  notices.push(...found);
  const namesFiles = files.some((file) => file !== options.corpora[0]);
  const scheme = detectScheme(sentences, model.settings.outside);
  const name = options.corpora.map(nameOf).join(', ') || 'starter corpus';
  checkSameKind(name, scheme, language.scheme);
  notices.push(
    ...illFormedNotice(name, sentences, scheme, namesFiles ? files : undefined),
    ...unseenLabelsNotice(name, { sentences, scheme }, tagsOfModel(language)),
  );
  const predicted = yield* predict(crew, options.model as string, sentences, true, options);
  return {
    title: `${options.model} on ${name}`,
    sentences: sentences.map(({ tokens, tags, document, line }, index) => ({
      tokens,
      gold: recode(tags, scheme, language.scheme),
      predicted: predicted[index]?.tags ?? [],
      document,
      line,
      ...(namesFiles && { file: files[index] }),
    })),
    confidences: predicted.map(({ confidences = [] }) => confidences),
    scheme: language.scheme,
    known: model.entities,
    notices,
  };
}

/** Tags the sentences of a corpus, and says how far it has come. */
async function* predict(
  crew: TaggingCrew,
  model: string,
  sentences: readonly Pick<Sentence, 'tokens' | 'document'>[],
  confidence: boolean,
  { signal, pause = async () => {} }: EvaluateOptions,
): AsyncGenerator<EvaluateEvent, Prediction[], undefined> {
  const predictions: Prediction[] = [];
  for await (const group of crew.predict(sentences, confidence)) {
    for (const prediction of group) predictions.push(prediction);
    yield { kind: 'tagged', model, sentences: predictions.length, count: sentences.length };
    await pause();
    signal?.throwIfAborted();
  }
  return predictions;
}

/** The tags of a model as a corpus of them. */
function tagsOfModel({ tags, scheme }: Language): LabelledSentences {
  return { sentences: tags.map((tag) => ({ tokens: [''], tags: [tag], document: 0, line: 0 })), scheme };
}

async function readSubject(options: EvaluateOptions): Promise<Subject> {
  const data = await readPairsData(options);
  return {
    ...data,
    known: options.model === undefined ? undefined : openModel(await readModelFile(options.model)).entities,
  };
}

/** What another tagger says of the same sentences: a checkpoint is run, a report read. */
async function* readOther(
  options: EvaluateOptions,
  { sentences, scheme }: Subject,
  notices: string[],
): AsyncGenerator<EvaluateEvent, OtherTagger | undefined, undefined> {
  if (options.compare === undefined) return undefined;
  const name = nameOf(options.compare);
  const bytes = await readBytes(options.compare);
  if (!isCheckpoint(bytes))
    return { name, predicted: readPredictions(decodeText(bytes, name), name, sentences, scheme) };
  const crew = new TaggingCrew({ bytes, source: name }, options.workers ?? processorCount());
  const { language } = crew.model;
  checkSameKind(name, language.scheme, scheme);
  const gold = sentences.map(({ gold: tags, document = 0, ...rest }) => ({ ...rest, tags, document }));
  notices.push(...unseenLabelsNotice(name, { sentences: gold, scheme }, tagsOfModel(language), 'the other model'));
  const predicted = yield* predict(crew, options.compare, gold, false, options);
  return { name, predicted: predicted.map(({ tags }) => recode(tags, language.scheme, scheme)) };
}
