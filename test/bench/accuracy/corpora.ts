import { starterCorpus } from '../../../src/node/corpus-files.js';
import { findCorpus } from '../corpora.js';
import { foldByDocument } from './folds.js';

/** What a preset has to reach: a score in percent, or so many points above CRFsuite's best. */
export type Target = { readonly atLeast: number } | { readonly aboveCrfsuite: number };

/** One partition of a corpus into the files that a contestant gets. */
export interface Split {
  /** Empty where a corpus has only one. */
  readonly name: string;
  readonly train: string;
  readonly dev: string;
  readonly test: string;
  /** The corpus has no dev of its own: it was cut from train, and who needs no dev may train on both. */
  readonly devIsCutFromTrain: boolean;
}

export interface AccuracyCorpus {
  readonly name: string;
  /** What is scored: entity F1, or the accuracy of tokens where tags are no spans. */
  readonly measure: 'f1' | 'accuracy';
  readonly targets: { readonly default: Target; readonly accurate: Target };
  /** The splits; undefined where the corpus is not on this machine. */
  prepare(folder: string): Promise<readonly Split[] | undefined>;
}

/** All corpora, in the order of the table. */
export const CORPORA: readonly AccuracyCorpus[] = [
  {
    name: 'wnut17',
    measure: 'f1',
    targets: { default: { atLeast: 22 }, accurate: { atLeast: 24 } },
    prepare: files('wnut17', 'wnut17train.conll', 'emerging.dev.conll', 'emerging.test.annotated'),
  },
  {
    name: 'wikigold',
    measure: 'f1',
    targets: { default: { aboveCrfsuite: 0.5 }, accurate: { aboveCrfsuite: 2.5 } },
    prepare: async (folder) => {
      const file = findCorpus('wikigold/wikigold.conll.txt');
      return file === undefined ? undefined : foldByDocument(file, folder);
    },
  },
  {
    name: 'snips',
    measure: 'f1',
    targets: { default: { atLeast: 93.5 }, accurate: { atLeast: 94.5 } },
    prepare: files('snips', 'train.conll', 'valid.conll', 'test.conll'),
  },
  {
    name: 'bc5cdr',
    measure: 'f1',
    targets: { default: { aboveCrfsuite: 0.5 }, accurate: { aboveCrfsuite: 2 } },
    prepare: files('bc5cdr', 'train.tsv', 'devel.tsv', 'test.tsv'),
  },
  {
    name: 'uner-pt-bosque',
    measure: 'f1',
    targets: { default: { aboveCrfsuite: 1.5 }, accurate: { aboveCrfsuite: 3.5 } },
    prepare: files('uner-pt-bosque', 'train.conll', 'dev.conll', 'test.conll'),
  },
  {
    name: 'uner-zh-gsd',
    measure: 'f1',
    targets: { default: { aboveCrfsuite: 5 }, accurate: { aboveCrfsuite: 7 } },
    prepare: files('uner-zh-gsd', 'train.conll', 'dev.conll', 'test.conll'),
  },
  {
    name: 'nerkor-hu',
    measure: 'f1',
    targets: { default: { aboveCrfsuite: 1 }, accurate: { aboveCrfsuite: 3 } },
    prepare: files('nerkor-hu', 'train.tsv', 'devel.tsv', 'test.tsv'),
  },
  {
    name: 'starter',
    measure: 'f1',
    targets: { default: { atLeast: 60 }, accurate: { atLeast: 65 } },
    prepare: async () => [
      {
        name: '',
        train: starterCorpus('train'),
        dev: starterCorpus('dev'),
        test: starterCorpus('test'),
        devIsCutFromTrain: false,
      },
    ],
  },
  {
    name: 'genia-pos',
    measure: 'accuracy',
    targets: { default: { atLeast: 97.5 }, accurate: { atLeast: 98 } },
    prepare: files('genia-pos', 'train.tsv', 'devel.tsv', 'test.tsv'),
  },
];

function files(folder: string, ...names: readonly [train: string, dev: string, test: string]) {
  return async (): Promise<readonly Split[] | undefined> => {
    const [train, dev, test] = names.map((name) => findCorpus(`${folder}/${name}`));
    if (train === undefined || dev === undefined || test === undefined) return undefined;
    return [{ name: '', train, dev, test, devIsCutFromTrain: false }];
  };
}
