import type { DictionaryFile } from '../../corpora/read-dictionaries.js';
import { writeCheckpoint } from '../../model/checkpoint.js';
import { labelsOf } from '../../model/language.js';
import { type SharedModel, shareModel } from '../../model/shared-model.js';
import { digestOf } from '../../node/digest.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { ThreadPool } from '../../node/thread-pool.js';
import { AnsweringQueue, type Answers } from '../../server/answering-queue.js';
import type { ModelDescription, ServedModel } from '../../server/served-models.js';
import { withNamesOfFiles } from '../names-of-files.js';
import type { AnsweringModel } from './answer-thread.js';
import type { AnswerTask } from './answers.js';

/** The files of a model. */
export interface ModelSource {
  /** The checkpoint. */
  readonly path: string;
  /** Files of names that the dictionaries of the checkpoint get. */
  readonly dictionaries: readonly DictionaryFile[];
}

/** A checkpoint that was read. */
export interface ServedFile {
  readonly about: ModelDescription;
  /** The checkpoint, with the names that it got. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly model: SharedModel;
}

/**
 * Reads a checkpoint.
 *
 * @throws {UserError} if it cannot be read, exit code 3; if it has no such dictionary, exit code 2
 */
export async function readServedFile({ path, dictionaries }: ModelSource): Promise<ServedFile> {
  const file = await readModelFile(path);
  const trained = openModel(file);
  const model = await withNamesOfFiles(trained, dictionaries);
  const bytes = model === trained ? Uint8Array.from(file.bytes) : new TextEncoder().encode(writeCheckpoint(model));
  return {
    about: { sha256: digestOf(bytes), labels: labelsOf(model.language) },
    bytes,
    model: shareModel(model),
  };
}

/**
 * Reads a checkpoint in a thread of its own, since the calling one answers requests meanwhile.
 *
 * @throws {UserError} as `readServedFile`
 */
export async function loadServedFile(source: ModelSource): Promise<ServedFile> {
  const pool = new ThreadPool<ModelSource, ServedFile>(new URL('./load-thread.js', import.meta.url), undefined, 1);
  try {
    return await pool.run(source);
  } finally {
    pool.close();
  }
}

/**
 * Starts threads that answer with a model, and waits until they have.
 *
 * @throws {UserError} if they cannot start
 */
export async function startModel({ about, bytes, model }: ServedFile, workers: number): Promise<ServedModel> {
  const queue = new AnsweringQueue(() => {
    const pool = new ThreadPool<AnswerTask, Answers>(
      new URL('./answer-thread.js', import.meta.url),
      { model, version: versionOf(about) } satisfies AnsweringModel,
      workers,
    );
    return {
      size: workers,
      answer: (questions, deadline) =>
        pool.run({ questions, deadline }, [
          ...new Set(questions.flatMap(({ body }) => body).map(({ buffer }) => buffer)),
        ]),
      close: () => pool.close(),
    };
  });
  try {
    await queue.untilReady();
  } catch (error) {
    queue.close();
    throw error;
  }
  return { about, file: bytes, queue };
}

/** Returns what Label Studio calls a model: predictions of another model are others. */
function versionOf({ sha256 }: ModelDescription): string {
  return `rnn-${sha256.slice(0, 12)}`;
}
