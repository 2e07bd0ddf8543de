import type { Prediction } from '../model/decode.js';
import type { Model } from '../model/model.js';
import { shareModel } from '../model/shared-model.js';
import { type ModelFile, openModel } from '../node/model-file.js';
import { workInOrder } from '../node/ordered-work.js';
import type { ThreadPool } from '../node/thread-pool.js';
import type { TaggedRecord } from '../reports/record-writer.js';
import { sizeOfRecord, type TextRecord } from '../text/record.js';
import { documentsOf, NO_DOCUMENT, type PartOfDocument } from '../text/sentence.js';
import type { Tokenizer } from '../text/tokenizer.js';
import { startTaggingThreads } from './threads.js';
import { type PredictTask, type TaggingWay, TaggingWork, type WriteTask } from './work.js';

/** When threads are started and how much goes to one at a time, in UTF-16 units. */
export interface CrewSizes {
  /** What the calling thread tags before it starts others: less than it could while one starts. */
  readonly alone: number;
  /** The largest group of records, unless it is a single one. */
  readonly group: number;
}

const SIZES: CrewSizes = { alone: 50_000, group: 16_000 };

/**
 * Tags with a model: in the calling thread, and where there is much to tag in others beside it, which each have a copy
 * of the model. Results do not depend on the number of threads.
 */
export class TaggingCrew {
  readonly model: Model;
  readonly #work: TaggingWork;
  readonly #threads: number;
  readonly #sizes: CrewSizes;

  /**
   * @param threads how many tag where there is much to tag, the calling one included
   * @throws UserError where the checkpoint is damaged, exit code 3
   */
  constructor(file: ModelFile, threads: number, sizes: CrewSizes = SIZES) {
    this.model = openModel(file);
    this.#work = new TaggingWork(this.model);
    this.#threads = threads;
    this.#sizes = sizes;
  }

  /** Tags some records in the calling thread. */
  tag(records: readonly TextRecord[], way: TaggingWay): TaggedRecord[] {
    return this.#work.tag(records, way);
  }

  /** Cuts raw text into tokens as the training corpus has them. */
  get tokenize(): Tokenizer {
    return this.#work.tokenize;
  }

  /**
   * Tags records as they come and gives what is to be written, in UTF-8 and in the order of the records. What has come
   * is tagged at once, however little it is, unless told to wait.
   *
   * @param waits whether to wait until there is a full group
   * @throws what reading throws, after the results of what came before; Error where a thread has died
   */
  async *write(
    groups: AsyncIterable<readonly TextRecord[]>,
    how: Omit<WriteTask, 'kind' | 'records'>,
    waits = false,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const toTask = (records: readonly TextRecord[]): WriteTask => ({ kind: 'write', records, ...how });
    const full = waits ? gatherGroups(groups, this.#sizes.group) : groups;
    yield* this.#run(full, toTask, (task) => this.#work.write(task));
  }

  /** The tags of the sentences of a corpus, group by group in the same order, and how probable their spans are. */
  predict(
    sentences: readonly PartOfDocument[],
    confidence = false,
  ): AsyncGenerator<readonly Prediction[], void, undefined> {
    const groups = (async function* () {
      yield groupByDocument(sentences);
    })();
    const toTask = (records: PredictTask['records']): PredictTask => ({
      kind: 'predict',
      records,
      confidence,
    });
    return this.#run(groups, toTask, (task) => this.#work.predict(task));
  }

  #run<Record extends TextRecord, Task extends { readonly records: readonly TextRecord[] }, Result>(
    groups: AsyncIterable<readonly Record[]>,
    toTask: (records: readonly Record[]) => Task,
    work: (task: Task) => Result,
  ): AsyncGenerator<Result, void, undefined> {
    const startThreads = (): ThreadPool<Task, Result> => startTaggingThreads(shareModel(this.model), this.#threads - 1);
    return workInOrder(makeTasks(groups, this.#sizes.group, toTask), {
      work,
      sizeOf: ({ records }) => records.reduce((sum, record) => sum + sizeOfRecord(record), 0),
      alone: this.#sizes.alone,
      callHelpers: this.#threads > 1 ? startThreads : undefined,
    });
  }
}

/** The sentences of each document together, where a corpus marks documents. */
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

/** Makes tasks of what has come, and cuts what is too large for one. */
async function* makeTasks<Record extends TextRecord, Task>(
  groups: AsyncIterable<readonly Record[]>,
  largest: number,
  toTask: (records: readonly Record[]) => Task,
): AsyncGenerator<Task, void, undefined> {
  for await (const records of groups) {
    let start = 0;
    let size = 0;
    for (const [index, record] of records.entries()) {
      const added = sizeOfRecord(record);
      if (index > start && size + added > largest) {
        yield toTask(records.slice(start, index));
        start = index;
        size = 0;
      }
      size += added;
    }
    if (start < records.length) yield toTask(start === 0 ? records : records.slice(start));
  }
}

/** Joins groups until they are as large as a task may be. */
async function* gatherGroups<Record extends TextRecord>(
  groups: AsyncIterable<readonly Record[]>,
  full: number,
): AsyncGenerator<readonly Record[], void, undefined> {
  let gathered: Record[] = [];
  let size = 0;
  for await (const records of groups) {
    for (const record of records) {
      gathered.push(record);
      size += sizeOfRecord(record);
    }
    if (size < full) continue;
    yield gathered;
    gathered = [];
    size = 0;
  }
  if (gathered.length > 0) yield gathered;
}
