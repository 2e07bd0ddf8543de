import { starterCorpus } from '../../../src/node/package-files.js';
import type { Measure } from '../../../src/text/measure.js';
import { findCorpus } from '../corpora.js';
import { foldByDocument } from './folds.js';

/** What a preset has to reach: a score in percent, or so many points above CRFsuite's best. */
export type Target = { readonly atLeast: number } | { readonly aboveCrfsuite: number };

/** One partition of a corpus into the files that a contestant gets. */
export interface Split {
  /** Empty where a corpus has only one. */
  readonly name: string;
  readonly train: string;
  /** Undefined where whoever trains has to find a dev within train. */
  readonly dev: string | undefined;
  readonly test: string;
  /** Text of the same kind without labels. */
  readonly raw?: string;
}

export interface AccuracyCorpus {
  readonly name: string;
  /** What is scored: entity F1, or the accuracy of tokens where tags are no spans. */
  readonly measure: Measure;
  readonly targets: { readonly default: Target; readonly accurate: Target };
  /** The splits; undefined where the corpus is not on this machine. */
  prepare(folder: string): Promise<readonly Split[] | undefined>;
}

/** All corpora, in the order of the table. */
export const CORPORA: readonly AccuracyCorpus[] = [
  published('wnut17', ['wnut17train.conll', 'emerging.dev.conll', 'emerging.test.annotated'], atLeast(22, 24)),
  {
    name: 'wikigold',
    measure: 'f1',
    targets: aboveCrfsuite(0.5, 2.5),
    prepare: async (folder) => {
      const file = findCorpus('wikigold/wikigold.conll.txt');
      return file === undefined ? undefined : foldByDocument(file, folder);
    },
  },
  published('snips', ['train.conll', 'valid.conll', 'test.conll'], atLeast(93.5, 94.5)),
  published('bc5cdr', ['train.tsv', 'devel.tsv', 'test.tsv'], aboveCrfsuite(0.5, 2)),
  published('uner-pt-bosque', ['train.conll', 'dev.conll', 'test.conll'], aboveCrfsuite(1.5, 3.5)),
  published('uner-zh-gsd', ['train.conll', 'dev.conll', 'test.conll'], aboveCrfsuite(5, 7)),
  published('nerkor-hu', ['train.tsv', 'devel.tsv', 'test.tsv'], aboveCrfsuite(1, 3)),
  {
    name: 'starter',
    measure: 'f1',
    targets: atLeast(60, 65),
    prepare: async () => [split(starterCorpus('train'), starterCorpus('dev'), starterCorpus('test'))],
  },
  { ...published('genia-pos', ['train.tsv', 'devel.tsv', 'test.tsv'], atLeast(97.5, 98)), measure: 'accuracy' },
];

/** A corpus that was published in three parts, in a folder of its name. */
function published(
  name: string,
  files: readonly [train: string, dev: string, test: string],
  targets: AccuracyCorpus['targets'],
): AccuracyCorpus {
  return {
    name,
    measure: 'f1',
    targets,
    prepare: async () => {
      const [train, dev, test] = files.map((file) => findCorpus(`${name}/${file}`));
      return train === undefined || dev === undefined || test === undefined ? undefined : [split(train, dev, test)];
    },
  };
}

function split(train: string, dev: string, test: string): Split {
  return { name: '', train, dev, test };
}

function atLeast(ofDefault: number, ofAccurate: number): AccuracyCorpus['targets'] {
  return { default: { atLeast: ofDefault }, accurate: { atLeast: ofAccurate } };
}

function aboveCrfsuite(ofDefault: number, ofAccurate: number): AccuracyCorpus['targets'] {
  return { default: { aboveCrfsuite: ofDefault }, accurate: { aboveCrfsuite: ofAccurate } };
}
