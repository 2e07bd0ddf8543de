import { badUsage } from './errors.js';
import { scoreTagger } from './evaluation/score-tagger.js';
import type { Scores } from './evaluation/scores.js';
import { SinglePredictor } from './model/predictor.js';
import { Tagger } from './model/tagger.js';
import { readCorpus, starterCorpus } from './node/corpus-files.js';
import type { CorpusOptions } from './node/corpus-items.js';
import { nameOf } from './node/files.js';
import { readModel } from './node/model-file.js';
import { checkSameKind, illFormedNotice, unseenLabelsNotice } from './reports/notices.js';
import { detectScheme, type Scheme } from './text/scheme.js';

export interface EvaluateOptions extends CorpusOptions {
  /** Files of the corpus; none: the starter corpus's test part, for a model that was trained on the starter corpus. */
  readonly corpora: readonly string[];
  readonly model: string;
}

export interface Evaluation {
  readonly scores: Scores;
  readonly scheme: Scheme;
  /** What the person should know about the data, a line each. */
  readonly notices: readonly string[];
}

/**
 * Scores a model on a labelled corpus.
 *
 * @throws UserError where model or corpus are not as they should be, or no corpus is named and none is meant
 */
export async function evaluate(options: EvaluateOptions): Promise<Evaluation> {
  const model = await readModel(options.model);
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
  const { sentences, notices: found } = await readCorpus(paths, options);
  notices.push(...found);
  const scheme = detectScheme(sentences, model.settings.outside);
  const name = options.corpora.map(nameOf).join(', ') || 'starter corpus';
  checkSameKind(name, scheme, language.scheme);
  const known = language.tags.map((tag) => ({ tokens: [''], tags: [tag], document: 0, line: 0 }));
  notices.push(
    ...illFormedNotice(name, sentences, scheme),
    ...unseenLabelsNotice(name, { sentences, scheme }, { sentences: known, scheme: language.scheme }),
  );
  return {
    scores: scoreTagger(new Tagger(language, new SinglePredictor(model.network)), { sentences, scheme }),
    scheme: language.scheme,
    notices,
  };
}
