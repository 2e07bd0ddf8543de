import { readLabelledCorpus } from '../../corpora/read-corpus.js';
import { UserError } from '../../errors.js';
import { explainSentence } from '../../explanation/explain-sentence.js';
import type { Explanation } from '../../explanation/explanation.js';
import { nearSentences } from '../../explanation/near-sentences.js';
import type { ReasonsWanted } from '../../explanation/tag-reasons.js';
import { UnrolledModel } from '../../explanation/unrolled-model.js';
import type { ModelForTagging } from '../../model/model.js';
import { createTagger, type Tagger } from '../../model/tagger.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { createKernels } from '../../numerics/fastest.js';
import { UNKNOWN_TAG } from '../../text/possible-labels.js';
import { type Notice, noticesOfCorpus } from '../story.js';
import { goldOf, readSubject, type Subject, type SubjectOptions, wordsNamed } from './subject.js';

export interface ExplainOptions extends SubjectOptions {
  readonly model: string;
  /** A model that explains the same sentence beside it. */
  readonly compare?: string | undefined;
  /** The words for whose tags reasons are sought: numbers from 1 or the words themselves, with commas between them, or `all`. */
  readonly why?: string | undefined;
  /** True if reasons have gradient times input beside what removal shows. */
  readonly gradient?: boolean | undefined;
  /** Files of a corpus in which the nearest sentences are sought. */
  readonly corpora: readonly string[];
}

/** What a model says about a sentence, and what another one says beside it. */
export interface ExplainReport {
  readonly explanation: Explanation;
  readonly compared?: Explanation | undefined;
}

/**
 * Explains how a model tags a sentence, and how another one tags it, if there are two.
 *
 * @throws {UserError} if a model, the sentence or gold tags are not as they should be
 */
export async function* explain(options: ExplainOptions): AsyncGenerator<Notice, ExplainReport, undefined> {
  const { compare, corpora, reading, gradient } = options;
  const model = openModel(await readModelFile(options.model));
  const other = compare === undefined ? undefined : openModel(await readModelFile(compare));
  const subject = yield* readSubject(options, model);
  const why = { words: options.why === undefined ? [] : wordsNamed(options.why, subject.tokens), gradient };
  const unrolled = new UnrolledModel(model, createKernels());
  const explanation = explainSubject(model, createTagger(model), unrolled, subject, why);
  const compared = other && explainAsWell(other, compare ?? '', subject, why);
  if (corpora.length === 0) return { explanation, compared };
  const corpus = await readLabelledCorpus(corpora, { ...reading, outside: model.settings.outside });
  yield* noticesOfCorpus(corpus);
  const unknownTag = reading.unknownTag ?? UNKNOWN_TAG;
  const sentences = corpus.sentences.map(({ tokens: words, tags: read, possible, line }, index) => {
    const tags = possible ? read.map((tag, t) => (possible[t] === undefined ? tag : unknownTag)) : read;
    return { file: corpus.files[index] ?? '', line, tokens: words, tags };
  });
  return {
    explanation: { ...explanation, nearest: nearSentences(unrolled, explanation, sentences, why.words) },
    compared,
  };
}

/** Explains a sentence by a second model. What it cannot take names the model. */
function explainAsWell(model: ModelForTagging, source: string, subject: Subject, why: ReasonsWanted): Explanation {
  try {
    return explainSubject(model, createTagger(model), new UnrolledModel(model, createKernels()), subject, why);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint, exitCode } = error;
    throw new UserError(`${source}: ${message}`, { hint, exitCode });
  }
}

/**
 * Explains how a model tags tokens.
 *
 * @param why the words for whose tags reasons are sought
 * @throws {UserError} if the subject cannot be explained; see `goldOf`
 */
export function explainSubject(
  model: ModelForTagging,
  tagger: Pick<Tagger, 'predict'>,
  unrolled: UnrolledModel,
  subject: Subject,
  why: ReasonsWanted,
): Explanation {
  return explainSentence(model, tagger, unrolled, subject.tokens, goldOf(subject, model), why);
}
