import type { Worker } from 'node:worker_threads';
import { type ExitCode, UserError } from '../errors.js';
import { createThread } from './threads.js';

/** What a thread of a pool answers, a task after the other, after it has said `ready`. */
export type Answer<Result> = { readonly result: Result } | { readonly refused: RefusedTask };

/** What is left of a UserError between threads. */
export interface RefusedTask {
  readonly message: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;
}

interface Member<Result> {
  readonly worker: Worker;
  isReady: boolean;
  /** Of the tasks that it has been given, the first one first. */
  readonly waiting: { resolve(result: Result): void; reject(error: unknown): void }[];
}

/**
 * Most of what a thread makes is gone with its task: with less room for the young, it takes far less memory; and where
 * the old may not grow without bound, V8 looks earlier what is gone of them.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 1024 };

/** One that a thread does, and one that waits, so that it need not. */
const TASKS_EACH = 2;

function hasRoom({ isReady, waiting }: Member<unknown>): boolean {
  return isReady && waiting.length < TASKS_EACH;
}

/** Threads that each do whole tasks, one after the other. */
export class ThreadPool<Task, Result> {
  readonly #members: readonly Member<Result>[];
  #failure: Error | undefined;
  #isClosed = false;

  /**
   * @param module what the threads run, as `createThread` takes it
   * @param data what each is started with
   */
  constructor(module: URL, data: unknown, size: number) {
    this.#members = Array.from({ length: size }, () => this.#start(module, data));
  }

  get size(): number {
    return this.#members.length;
  }

  /** Whether a thread that is ready has nothing to do next; or one has failed, which `run` then tells. */
  get hasRoom(): boolean {
    return this.#failure !== undefined || this.#members.some(hasRoom);
  }

  /**
   * Gives a task to the thread that has the fewest, a ready one where one has room.
   *
   * @throws what the task throws; Error where any of the threads has ended, whatever its reason
   */
  run(task: Task): Promise<Result> {
    const choice = this.#members.some(hasRoom) ? this.#members.filter(hasRoom) : this.#members;
    const member = choice.reduce((idle, other) => (other.waiting.length < idle.waiting.length ? other : idle));
    return new Promise<Result>((resolve, reject) => {
      if (this.#failure !== undefined) reject(this.#failure);
      else {
        member.waiting.push({ resolve, reject });
        member.worker.postMessage(task);
      }
    });
  }

  /** Ends the threads, whatever they are at. */
  close(): void {
    this.#isClosed = true;
    for (const { worker } of this.#members) void worker.terminate();
  }

  #start(module: URL, data: unknown): Member<Result> {
    const member: Member<Result> = { worker: createThread(module, data, LIMITS), isReady: false, waiting: [] };
    member.worker.on('message', (message: 'ready' | Answer<Result>) => {
      if (message === 'ready') {
        member.isReady = true;
        return;
      }
      const task = member.waiting.shift();
      if ('result' in message) task?.resolve(message.result);
      else task?.reject(refusal(message.refused));
    });
    member.worker.on('error', (error) => this.#fail(error));
    member.worker.on('exit', (code) => this.#fail(new Error(`a thread ended before its work was done (code ${code})`)));
    return member;
  }

  #fail(error: Error): void {
    if (this.#isClosed || this.#failure !== undefined) return;
    this.#failure = error;
    for (const { waiting } of this.#members) for (const { reject } of waiting) reject(this.#failure);
  }
}

function refusal({ message, hint, exitCode }: RefusedTask): UserError {
  return new UserError(message, { exitCode, ...(hint && { hint }) });
}
