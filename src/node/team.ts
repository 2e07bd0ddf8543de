import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { SHARD_SENTENCES } from '../model/batch.js';
import { at } from '../numerics/at.js';
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
  /** Whether the leader works too; else each step's end is announced by a message. */
  readonly leaderWorks: boolean;
}

/** What a thread says: that it can serve, that a step has ended, and that it has touched the memory of the team for the last time. */
export type TeamMessage = 'ready' | 'ended' | 'left';

export interface Team {
  readonly leader: Member;
  /** Ends the threads when they next wait for each other, and returns the kernels, whose memory is free for other work. */
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
  if (size > 1 && hasSharedMemory()) return gatherOnMemory(createSharedMemory(), job, size, true);
  const kernels = createKernels();
  return teamOf(kernels, kernels.used, new Member(kernels, job, 0, 1), []);
}

/** A team of one thread that does all the work, and of the calling one, which leads it and has time for other things. */
export interface BackgroundTeam extends Team {
  /**
   * Settles when the thread announces the end of the step that was begun last.
   *
   * @throws {Error} if the thread ends before
   */
  ended(): Promise<void>;
}

/**
 * Starts a thread that does a whole job, and waits until it is ready. Memory must be one that can be shared.
 *
 * @throws {UserError} if there is no room for such a memory
 */
export async function gatherBackgroundTeam(job: Job): Promise<BackgroundTeam> {
  const team = await gatherOnMemory(createSharedMemory(), job, 2, false);
  const worker = at(team.workers, 0);
  worker.ref(); // nothing else keeps the process waiting for the end of a step
  return {
    ...team,
    ended: () =>
      new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error('a worker thread failed'));
        worker.once('exit', fail);
        worker.once('message', (message: TeamMessage) => {
          worker.off('exit', fail);
          if (message === 'ended') resolve();
          else fail();
        });
      }),
  };
}

interface TeamOfWorkers extends Team {
  readonly workers: readonly Worker[];
}

async function gatherOnMemory(
  memory: WebAssembly.Memory,
  job: Job,
  size: number,
  leaderWorks: boolean,
): Promise<TeamOfWorkers> {
  const kernels = createWasmKernels(memory);
  const start = kernels.used;
  const leader = new Member(kernels, job, 0, size, leaderWorks);
  const threads = await Promise.all(
    Array.from({ length: size - 1 }, (_, index) => startThread({ memory, job, index: index + 1, size, leaderWorks })),
  );
  return teamOf(kernels, start, leader, threads);
}

/** @param start the end of the memory that was in use before the leader was made */
function teamOf(kernels: Kernels, start: number, leader: Member, threads: readonly TeamThread[]): TeamOfWorkers {
  const workers = threads.map(({ worker }) => worker);
  const fail = (): void => leader.fail();
  for (const worker of workers) worker.once('exit', fail);
  let closing: Promise<Kernels> | undefined;
  const end = async (): Promise<Kernels> => {
    for (const worker of workers) {
      worker.off('exit', fail);
      worker.ref(); // nothing else keeps the process waiting for its end
    }
    // Not every runtime ends a thread that sleeps in a wait before it says so, and a late one would write to memory of others.
    leader.dismiss();
    await Promise.all(threads.map(({ left }) => left));
    await Promise.all(workers.map((worker) => worker.terminate()));
    kernels.release(start);
    return kernels;
  };
  return {
    leader,
    workers,
    close() {
      closing ??= end();
      return closing;
    },
  };
}

/** The limits of a thread that works on shared memory and allocates next to nothing. */
const LIMITS = { maxYoungGenerationSizeMb: 4 };

/** A thread of a team. */
interface TeamThread {
  readonly worker: Worker;
  /** Settles when it has touched the memory of the team for the last time. */
  readonly left: Promise<void>;
}

/** Starts a thread that serves, and waits until it says that it is ready. */
async function startThread(task: WorkerTask): Promise<TeamThread> {
  const worker = createThread(new URL('./worker.js', import.meta.url), task, LIMITS);
  await once(worker, 'message');
  worker.on('error', () => {}); // the leader hears of it where it waits
  const left = new Promise<void>((resolve) => {
    worker.once('exit', resolve);
    worker.on('message', (message: TeamMessage) => {
      if (message === 'left') resolve();
    });
  });
  worker.unref();
  return { worker, left };
}
