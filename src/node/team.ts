import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { SHARD_SENTENCES } from '../model/batch.js';
import { createKernels } from '../numerics/fastest.js';
import type { Kernels } from '../numerics/kernels.js';
import { createSharedMemory, createWasmKernels, hasSharedMemory } from '../numerics/wasm.js';
import { type Job, Member } from '../training/member.js';
import { createThread } from './thread-pool.js';

/** The data that a worker thread is started with. */
export interface WorkerTask {
  readonly memory: WebAssembly.Memory;
  readonly job: Job;
  readonly index: number;
  readonly size: number;
}

export interface Team {
  readonly leader: Member;
  /** Ends the threads, whatever they are doing, and returns the kernels, whose memory is free for other work. */
  close(): Promise<Kernels>;
}

/**
 * Starts the threads of a job, and waits until they are ready. The result of their work does not depend on their number.
 *
 * @param wanted the number of threads, the calling one included; there are no more than shards, and one if memory cannot
 *   be shared
 */
export async function gatherTeam(job: Job, wanted: number): Promise<Team> {
  const size = Math.min(wanted, Math.ceil(Math.max(job.batchSize, job.tagSentences) / SHARD_SENTENCES));
  const isAlone = size === 1 || !hasSharedMemory();
  const memory = isAlone ? undefined : createSharedMemory();
  const kernels = memory ? createWasmKernels(memory) : createKernels();
  const start = kernels.used;
  const leader = new Member(kernels, job, 0, isAlone ? 1 : size);
  const workers = memory
    ? await Promise.all(
        Array.from({ length: size - 1 }, (_, index) => startWorker({ memory, job, index: index + 1, size })),
      )
    : [];
  const fail = (): void => leader.fail();
  for (const worker of workers) worker.once('exit', fail);
  let isClosed = false;
  return {
    leader,
    async close() {
      for (const worker of workers) worker.off('exit', fail);
      await Promise.all(workers.map((worker) => worker.terminate()));
      if (!isClosed) kernels.release(start);
      isClosed = true;
      return kernels;
    },
  };
}

/** The limits of a thread that works on shared memory and allocates next to nothing. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };

/** Starts a thread that serves, and waits until it says that it is ready. */
async function startWorker(task: WorkerTask): Promise<Worker> {
  const worker = createThread(new URL('./worker.js', import.meta.url), task, LIMITS);
  await once(worker, 'message');
  worker.on('error', () => {}); // the leader hears of it where it waits
  worker.unref();
  return worker;
}
