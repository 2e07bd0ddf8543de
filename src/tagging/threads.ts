import type { SharedModel } from '../model/shared-model.js';
import { ThreadPool } from '../node/thread-pool.js';

/** What a thread that tags is started with. */
export interface TaggingThreadData {
  /** The thread lets go of it when it has made its own. */
  model: SharedModel | undefined;
}

/** Starts threads that tag with a model. */
export function startTaggingThreads<Task, Result>(model: SharedModel, size: number): ThreadPool<Task, Result> {
  const data: TaggingThreadData = { model };
  return new ThreadPool(new URL('./thread.js', import.meta.url), data, size);
}
