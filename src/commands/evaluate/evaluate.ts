import { unseenLabelsNotice } from '../../corpora/notices.js';
import { checkSameKind, readCorpus, readLabelledCorpus } from '../../corpora/read-corpus.js';
import type { DictionaryFile } from '../../corpora/read-dictionaries.js';
import { badUsage } from '../../errors.js';
import { evaluateTags, type OtherTagger, type ScoringOptions } from '../../evaluation/evaluation.js';
import { isCheckpoint } from '../../model/checkpoint.js';
import type { Prediction } from '../../model/decode.js';
import { type Language, labelsOf } from '../../model/language.js';
import { digestOf } from '../../node/digest.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { starterCorpus } from '../../node/package-files.js';
import { processorCount } from '../../node/processors.js';
import { type EvaluatedTags, readPredictions } from '../../reports/evaluation-json.js';
import { ParallelTagger } from '../../tagging/parallel-tagger.js';
import { type LabelledSentences, recode } from '../../text/scheme.js';
import type { Sentence } from '../../text/sentence.js';
import { withNamesOfFiles } from '../names-of-files.js';
import { type Notice, noticesOf, noticesOfCorpus } from '../story.js';
import { openAsTrained, unscoredNotices } from '../train/labels-of.js';
import { type PairsData, type PairsOptions, readPairsData } from './pairs-data.js';

/** Without pairs, corpora are tagged; none are named for the test part of the starter corpus, if the model was trained on that. */
export interface EvaluateOptions extends PairsOptions {
  /** The checkpoint; with pairs it is not needed, and tells only which entities were seen in training. */
  readonly model?: string | undefined;
  /** Files of names that the dictionaries of the checkpoint get. */
  readonly dictionaries?: readonly DictionaryFile[] | undefined;
  /** A checkpoint of another tagger, or its report in JSON. */
  readonly compare?: string | undefined;
  /** Seed of the bootstrap's draws. */
  readonly seed: number;
  /** Number of threads; never changes the result. */
  readonly workers?: number | undefined;
  /** Ends the evaluation, which throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Lets timers and signals be heard between two groups of sentences. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** Another group of sentences has been tagged. */
export interface EvaluateEvent {
  readonly kind: 'tagged';
  /** Path of the model that tags. */
  readonly model: string;
  /** Number of sentences that have been tagged. */
  readonly sentences: number;
  /** Number of all sentences that are to be tagged. */
  readonly count: number;
}

/** The name of the starter corpus's test part in messages, wherever the package is. */
const STARTER_TEST = 'data/starter/test.conll';

/** The tags that are scored; the title is that of a report. */
interface Subject
  extends Pick<PairsData, 'title' | 'sentences' | 'scheme'>,
    Partial<Pick<PairsData, 'predictedScheme' | 'other'>>,
    Pick<ScoringOptions, 'known' | 'confidences'>,
    Pick<EvaluatedTags, 'model' | 'files'> {}

export interface EvaluateReport extends EvaluatedTags, Pick<Subject, 'title'> {}

/**
 * Scores a model on a labelled corpus, or tags that another program gave.
 *
 * @throws UserError if model, corpus or pairs are not as they should be, or no corpus is named and none is meant
 */
export async function* evaluate(
  options: EvaluateOptions,
): AsyncGenerator<EvaluateEvent | Notice, EvaluateReport, undefined> {
  const subject = yield* options.pairs.length > 0 ? readSubject(options) : tagSubject(options);
  const { title, sentences, model, files, ...scoring } = subject;
  const other = subject.other ?? (yield* readOther(options, subject));
  const evaluation = evaluateTags(sentences, { ...scoring, seed: options.seed, other });
  return { evaluation, title, sentences, model, files };
}

async function* tagSubject(options: EvaluateOptions): AsyncGenerator<EvaluateEvent | Notice, Subject, undefined> {
  const file = await readModelFile(options.model as string);
  const trained = openModel(file);
  const model = await withNamesOfFiles(trained, options.dictionaries);
  const tagger = new ParallelTagger(model, options.workers ?? processorCount());
  const { language } = model;
  let paths = options.corpora;
  if (paths.length === 0) {
    const starter = await readCorpus([starterCorpus('train')]);
    if (model.corpora.train.sha256 !== starter.fingerprint.sha256)
      throw badUsage(
        'no corpus named, and the model was not trained on the starter corpus',
        'name one: rnn eval test.conll',
      );
    paths = [starterCorpus('test')];
    yield* noticesOf('no corpus named: scoring the test part of the starter corpus');
  }
  const name = options.corpora.map(nameOf).join(', ') || 'starter corpus';
  const reading = { ...options.reading, outside: model.settings.outside };
  const corpus = await readLabelledCorpus(paths, reading, name, 'kept');
  const { scheme } = corpus;
  checkSameKind(name, scheme, language.scheme);
  yield* noticesOfCorpus(corpus);
  const sentences = yield* openAsTrained(corpus, model, new Set(labelsOf(language)));
  if (sentences !== corpus.sentences) yield* noticesOf(...unscoredNotices({ [name]: { sentences, scheme } }));
  if (corpus.fingerprint.sha256 === model.corpora.train.sha256)
    yield* noticesOf(
      `warning: ${name}: the model was trained on this very ${paths.length === 1 ? 'file' : 'corpus'}; the score does not tell how well it tags other text`,
    );
  yield* noticesOf(...unseenLabelsNotice(name, { sentences, scheme }, tagsOfModel(language)));
  const files = options.corpora.length > 0 ? corpus.files : corpus.files.map(() => STARTER_TEST);
  const namesFiles = files.some((file) => file !== options.corpora[0]);
  const predicted = yield* predict(tagger, options.model as string, sentences, true, options);
  return {
    title: `${options.model} on ${name}`,
    model: { file: file.source, sha256: digestOf(file.bytes) },
    files: options.corpora.length > 0 ? options.corpora.map(nameOf) : [STARTER_TEST],
    sentences: sentences.map(({ tokens, tags, possible, document, isOfMarkedDocument, line }, index) => ({
      tokens,
      gold: recode(tags, scheme, language.scheme),
      predicted: predicted[index]?.tags ?? [],
      possible,
      document,
      ...(isOfMarkedDocument && { isOfMarkedDocument }),
      line,
      ...(namesFiles && { file: files[index] }),
    })),
    confidences: predicted.map(({ confidences = [] }) => confidences),
    scheme: language.scheme,
    known: model.entities,
  };
}

/** Tags the sentences of a corpus, and tells how many are done. */
async function* predict(
  tagger: ParallelTagger,
  model: string,
  sentences: readonly Pick<Sentence, 'tokens' | 'document' | 'isOfMarkedDocument'>[],
  confidence: boolean,
  { signal, pause = async () => {} }: EvaluateOptions,
): AsyncGenerator<EvaluateEvent, Prediction[], undefined> {
  const predictions: Prediction[] = [];
  for await (const group of tagger.predict(sentences, confidence)) {
    for (const prediction of group) predictions.push(prediction);
    yield { kind: 'tagged', model, sentences: predictions.length, count: sentences.length };
    await pause();
    signal?.throwIfAborted();
  }
  return predictions;
}

/** Makes a corpus of the tags of a model, a sentence each. */
function tagsOfModel({ tags, scheme }: Language): LabelledSentences {
  return { sentences: tags.map((tag) => ({ tokens: [''], tags: [tag], document: 0, line: 0 })), scheme };
}

async function* readSubject(options: EvaluateOptions): AsyncGenerator<Notice, Subject, undefined> {
  if (options.dictionaries?.length)
    throw badUsage(
      '--dictionary adds names to a model that tags, and --pairs has tags already',
      'leave one of them out',
    );
  const data = yield* readPairsData(options);
  const known = options.model === undefined ? undefined : openModel(await readModelFile(options.model)).entities;
  return { ...data, known, files: options.pairs.slice(0, 1).map(nameOf) };
}

/** Runs another checkpoint on the same sentences, or reads what the report of another tagger says of them. */
async function* readOther(
  options: EvaluateOptions,
  { sentences, scheme }: Subject,
): AsyncGenerator<EvaluateEvent | Notice, OtherTagger | undefined, undefined> {
  if (options.compare === undefined) return undefined;
  const name = nameOf(options.compare);
  const bytes = await readBytes(options.compare);
  if (!isCheckpoint(bytes))
    return { name, predicted: readPredictions(decodeText(bytes, name), name, sentences, scheme) };
  const tagger = new ParallelTagger({ bytes, source: name }, options.workers ?? processorCount());
  const { language } = tagger.model;
  checkSameKind(name, language.scheme, scheme);
  const gold = sentences.map(({ gold: tags, document = 0, ...rest }) => ({ ...rest, tags, document }));
  yield* noticesOf(...unseenLabelsNotice(name, { sentences: gold, scheme }, tagsOfModel(language), 'the other model'));
  const predicted = yield* predict(tagger, options.compare, gold, false, options);
  return { name, predicted: predicted.map(({ tags }) => recode(tags, language.scheme, scheme)) };
}
