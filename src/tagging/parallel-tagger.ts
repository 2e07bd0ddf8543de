import type { Prediction } from '../model/decode.js';
import type { Model } from '../model/model.js';
import { type SharedModel, shareModel } from '../model/shared-model.js';
import { type ModelFile, openModel } from '../node/model-file.js';
import { workInOrder } from '../node/ordered-work.js';
import { ThreadPool } from '../node/thread-pool.js';
import type { TaggedRecord } from '../reports/tagged.js';
import { type InputRecord, sizeOfRecord } from '../text/record.js';
import { documentsOf, NO_DOCUMENT, type PartOfDocument } from '../text/sentence.js';
import { type RecordOptions, RecordTagger } from './record-tagger.js';
import { type PredictTask, type TaggingTask, type TagTask, tagRecords, type WriteTask, writeTagged } from './tasks.js';

/** When threads are started and how much they are given at a time, in UTF-16 units. */
export interface ParallelSizes {
  /** How much the calling thread tags before it starts others; it could tag more while one starts. */
  readonly alone: number;
  /** The size of the largest group of records, unless it is a single record. */
  readonly group: number;
}

const SIZES: ParallelSizes = { alone: 50_000, group: 16_000 };

/** Starts threads that tag with a model. */
export function startTaggingThreads<Task extends TaggingTask, Result>(
  model: SharedModel,
  size: number,
): ThreadPool<Task, Result> {
  return new ThreadPool(new URL('./thread.js', import.meta.url), model, size);
}

/**
 * Tags in the calling thread and, if there is much to tag, in other threads beside it, which each have a copy of the
 * model. Results do not depend on the number of threads.
 */
export class ParallelTagger {
  readonly model: Model;
  /** Tags in the calling thread. */
  readonly records: RecordTagger;
  readonly #threads: number;
  readonly #sizes: ParallelSizes;

  /**
   * @param source a checkpoint, or the model that was read of one
   * @param threads the number of threads that tag if there is much to tag, the calling one included
   * @throws {UserError} if the checkpoint is damaged, exit code 3
   */
  constructor(source: ModelFile | Model, threads: number, sizes: ParallelSizes = SIZES) {
    this.model = 'bytes' in source ? openModel(source) : source;
    this.records = new RecordTagger(this.model);
    this.#threads = threads;
    this.#sizes = sizes;
  }

  /**
   * Tags records as they come and yields what is to be written, in UTF-8 and in the order of the records.
   *
   * @param waits whether to wait until groups are full; otherwise what has come is tagged at once, however little it is
   * @throws what reading throws, after the results of what came before; Error if a thread has died
   */
  write(
    groups: AsyncIterable<readonly InputRecord[]>,
    options: RecordOptions & Pick<WriteTask, 'format'>,
    waits = false,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const toTask = (records: readonly InputRecord[]): WriteTask => ({ kind: 'write', records, ...options });
    return this.#run(makeTasks(groups, this.#sizes.group, waits, toTask), (task) => writeTagged(this.records, task));
  }

  /**
   * Tags records as `write` does, and yields the tagged records for the calling thread to write.
   *
   * @throws what `write` throws
   */
  tag(
    groups: AsyncIterable<readonly InputRecord[]>,
    options: RecordOptions,
    waits = false,
  ): AsyncGenerator<readonly TaggedRecord[], void, undefined> {
    const toTask = (records: readonly InputRecord[]): TagTask => ({ kind: 'tag', records, ...options });
    return this.#run(makeTasks(groups, this.#sizes.group, waits, toTask), (task) => tagRecords(this.records, task));
  }

  /**
   * Predicts the tags of the sentences of a corpus, group by group in the order of the sentences.
   *
   * @param confidence whether spans get a confidence
   * @throws {Error} if a thread has died
   */
  predict(
    sentences: readonly PartOfDocument[],
    confidence = false,
  ): AsyncGenerator<readonly Prediction[], void, undefined> {
    const groups = (async function* () {
      yield groupByDocument(sentences);
    })();
    const toTask = (records: PredictTask['records']): PredictTask => ({ kind: 'predict', records, confidence });
    return this.#run(makeTasks(groups, this.#sizes.group, false, toTask), (task) =>
      this.records.predict(task.records, confidence),
    );
  }

  #run<Task extends TaggingTask, Result>(
    tasks: AsyncIterable<Task>,
    work: (task: Task) => Result,
  ): AsyncGenerator<Result, void, undefined> {
    const startPool = (): ThreadPool<Task, Result> => startTaggingThreads(shareModel(this.model), this.#threads - 1);
    return workInOrder(tasks, {
      work,
      sizeOf: ({ records }) => records.reduce((sum, record) => sum + sizeOfRecord(record), 0),
      alone: this.#sizes.alone,
      startPool: this.#threads > 1 ? startPool : undefined,
    });
  }
}

/** Puts the sentences of each document together, if the corpus marks documents. */
function groupByDocument(sentences: readonly PartOfDocument[]): PredictTask['records'] {
  const documents = documentsOf(sentences);
  const isNext = (document: number, index: number): boolean =>
    document === NO_DOCUMENT || document !== documents[index - 1];
  const starts = documents.flatMap((document, index) => (isNext(document, index) ? [index] : []));
  return starts.map((start, index) => {
    const members = sentences.slice(start, starts[index + 1]).map(({ tokens }) => tokens);
    return documents[start] === NO_DOCUMENT
      ? (members[0] as readonly string[])
      : { kind: 'sentences', sentences: members };
  });
}

/**
 * Makes tasks of groups of records as they come, and splits groups that are too large for one task.
 *
 * @param waits whether to join groups until a task is as large as it may be
 */
async function* makeTasks<Record extends InputRecord, Task>(
  groups: AsyncIterable<readonly Record[]>,
  largest: number,
  waits: boolean,
  toTask: (records: readonly Record[]) => Task,
): AsyncGenerator<Task, void, undefined> {
  let gathered: Record[] = [];
  let size = 0;
  for await (const records of groups) {
    for (const record of records) {
      const added = sizeOfRecord(record);
      if (gathered.length > 0 && size + added > largest) {
        yield toTask(gathered);
        gathered = [];
        size = 0;
      }
      gathered.push(record);
      size += added;
    }
    if (waits || gathered.length === 0) continue;
    yield toTask(gathered);
    gathered = [];
    size = 0;
  }
  if (gathered.length > 0) yield toTask(gathered);
}
