import type { ProbableSpan } from '../../model/judgement.js';
import { processorCount } from '../../node/processors.js';
import { ThreadPool } from '../../node/thread-pool.js';
import { at } from '../../text/at.js';
import type { Sentence } from '../../text/sentence.js';
import { chanceFor } from '../../training/chance.js';
import { divideIntoFolds } from '../../training/folds.js';
import type { JudgedCorpus, JudgingTask } from './judge.js';

export interface Partitions {
  readonly seed: number;
  /** Number of the parts of each partition, from 2; each is judged by a network that was trained on the others. */
  readonly folds: number;
  /** Number of partitions, and so of the networks that judge a sentence. */
  readonly rounds: number;
}

/** Returns the trainings by which each sentence is judged once in each partition; none if all sentences are equal. */
export function planJudging(sentences: readonly Sentence[], { seed, folds, rounds }: Partitions): JudgingTask[] {
  const numbers = [...sentences.keys()];
  return Array.from({ length: rounds }, (_, round) => {
    const { of: foldOf, count } = divideIntoFolds(sentences, folds, chanceFor(seed, 'folds', round));
    return Array.from({ length: count < 2 ? 0 : count }, (_, fold) => ({
      seed: seed + round * folds + fold,
      trained: numbers.filter((index) => foldOf[index] !== fold),
      judged: numbers.filter((index) => foldOf[index] === fold),
    }));
  }).flat();
}

/**
 * Trains and judges side by side, each in a thread of its own, and yields how many are done.
 *
 * @param workers trainings at once; by default as many as there are processors
 * @returns for each sentence the judgements of all networks, in the order of the tasks
 * @throws what a training throws
 */
export async function* judgeAll(
  corpus: JudgedCorpus,
  tasks: readonly JudgingTask[],
  workers = processorCount(),
): AsyncGenerator<number, ProbableSpan[][][], undefined> {
  const judgements: ProbableSpan[][][] = corpus.sentences.map(() => []);
  const results: ProbableSpan[][][] = [];
  const size = Math.min(workers, tasks.length);
  const pool = new ThreadPool<JudgingTask, ProbableSpan[][]>(
    new URL('./judge-thread.js', import.meta.url),
    corpus,
    size,
  );
  try {
    const running = new Map<number, Promise<number>>();
    for (let next = 0, done = 0; done < tasks.length; ) {
      for (; next < tasks.length && running.size < size; next++) {
        const index = next;
        const store = (result: ProbableSpan[][]): number => {
          results[index] = result;
          return index;
        };
        running.set(index, pool.run(at(tasks, index)).then(store));
      }
      running.delete(await Promise.race(running.values()));
      yield ++done;
    }
  } finally {
    pool.close();
  }
  for (const [index, { judged }] of tasks.entries())
    for (const [place, sentence] of judged.entries()) at(judgements, sentence).push(at(at(results, index), place));
  return judgements;
}
