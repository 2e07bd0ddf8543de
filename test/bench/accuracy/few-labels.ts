import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCorpus } from '../../../src/corpora/read-corpus.js';
import { writeConll } from '../../../src/formats/conll.js';
import type { Sentence } from '../../../src/text/sentence.js';
import { chanceFor } from '../../../src/training/chance.js';
import { type Contestant, VECTORS } from './contestants.js';
import type { AccuracyCorpus, Split } from './corpora.js';
import { fixed, type Grid, signed } from './grid.js';
import type { PreparedCorpus } from './run.js';
import type { Summary } from './summary.js';

/** Numbers of labelled sentences. */
export const SIZES: readonly number[] = [50, 100, 200, 500];

const CORPORA = ['wnut17', 'wikigold', 'bc5cdr', 'snips', 'uner-pt-bosque', 'uner-zh-gsd', 'nerkor-hu'];

/** What the others are compared with. */
const RIVAL = 'crfsuite-lbfgs';

/** Who learns from few labels. The samples are the chance that counts, so that each trains with one seed. */
export const FEW_LABELS_CONTESTANTS: readonly Contestant[] = [
  { kind: 'crfsuite', name: RIVAL, algorithm: 'lbfgs', seeds: [1] },
  { kind: 'crfsuite', name: 'crfsuite-clusters', algorithm: 'lbfgs', hasClusters: true, seeds: [1] },
  { kind: 'own', name: 'none', flags: ['--clusters', 'none'], seeds: [1] },
  { kind: 'own', name: 'default', flags: [], seeds: [1] },
  { kind: 'own', name: 'vectors', flags: ['--vectors', VECTORS], seeds: [1] },
  { kind: 'own', name: 'raw', flags: [], readsRaw: true, seeds: [1] },
];

/**
 * Cuts samples of a corpus's training part, drawn by seed: some sentences with labels, all others as text without, and the
 * test part. What is dev is part of the sample. Of a corpus in folds the first is taken.
 *
 * @param samples how many of each size
 */
export async function prepareFewLabels(
  corpora: readonly AccuracyCorpus[],
  folder: string,
  sizes: readonly number[],
  samples: number,
): Promise<PreparedCorpus[]> {
  const prepared: PreparedCorpus[] = [];
  for (const corpus of corpora.filter(({ name }) => CORPORA.includes(name))) {
    const [split] = (await corpus.prepare(folder)) ?? [];
    if (!split) continue;
    const { sentences } = await readCorpus([split.train]);
    for (const size of sizes) {
      const splits: Split[] = [];
      for (let sample = 1; sample <= samples; sample++) {
        const path = join(folder, `${corpus.name}-${size}-${sample}`);
        const order = [...sentences.keys()];
        chanceFor(sample, 'part').shuffle(order);
        const pick = (places: readonly number[]): Sentence[] =>
          [...places].sort((a, b) => a - b).flatMap((place) => sentences[place] ?? []);
        await writeFile(`${path}.conll`, pick(order.slice(0, size)).map(writeConll).join(''));
        await writeFile(
          `${path}.txt`,
          pick(order.slice(size))
            .map(({ tokens }) => `${tokens.join(' ')}\n`)
            .join(''),
        );
        splits.push({
          name: `sample ${sample}`,
          ...{ train: `${path}.conll`, dev: undefined, test: split.test, raw: `${path}.txt` },
        });
      }
      prepared.push({ ...corpus, name: nameOf(corpus.name, size), splits });
    }
  }
  return prepared;
}

function nameOf(corpus: string, size: number): string {
  return `${corpus}/${size}`;
}

/** F1 on test, a line a corpus and size, then the means of each size and what each has over CRFsuite. */
export function fewLabelsGrids(summaries: readonly Summary[], sizes: readonly number[]): Grid[] {
  const names = FEW_LABELS_CONTESTANTS.map(({ name }) => name);
  const find = (corpus: string, contestant: string): number | undefined =>
    summaries.find((summary) => summary.corpus === corpus && summary.contestant === contestant)?.test;
  const cases = CORPORA.flatMap((corpus) => sizes.map((size) => ({ corpus, size })));
  const known = cases.filter(({ corpus, size }) => find(nameOf(corpus, size), RIVAL) !== undefined);
  const gain = (corpora: readonly string[], contestant: string): string => {
    const differences = corpora.flatMap((corpus) => {
      const [ours, rival] = [find(corpus, contestant), find(corpus, RIVAL)];
      return ours === undefined || rival === undefined ? [] : [ours - rival];
    });
    const sum = differences.reduce((total, each) => total + each, 0);
    return differences.length === 0 ? '' : `${signed(sum / differences.length)} (${differences.length})`;
  };
  return [
    {
      title: 'Few labels: F1 on test, mean of the samples',
      head: [':corpus', 'sentences', ...names],
      rows: known.map(({ corpus, size }) => [
        corpus,
        `${size}`,
        ...names.map((name) => fixed(find(nameOf(corpus, size), name), 2)),
      ]),
    },
    {
      title: `Over ${RIVAL}, mean of so many corpora`,
      head: ['sentences', ...names.slice(1)],
      rows: sizes.map((size) => [
        `${size}`,
        ...names.slice(1).map((name) =>
          gain(
            CORPORA.map((corpus) => nameOf(corpus, size)),
            name,
          ),
        ),
      ]),
    },
  ];
}
