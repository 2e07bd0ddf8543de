import { performance } from 'node:perf_hooks';
import type { Kernels } from '../../src/numerics/kernels.js';
import type { Job, Member } from '../../src/training/member.js';
import type { Trainer } from '../../src/training/trainer.js';
import { built } from './built.js';
import type { Workload } from './workload.js';

interface Gathered {
  readonly leader: Member;
  close(): void;
}

/** A training that goes on step by step over a workload's batches, with the modules that the build left. */
export class TrainingRun {
  readonly leader: Member;
  readonly #trainer: Trainer;
  readonly #batches: Workload['batches'];
  readonly #close: () => void;
  #next = 0;

  private constructor(leader: Member, trainer: Trainer, batches: Workload['batches'], close: () => void) {
    this.leader = leader;
    this.#trainer = trainer;
    this.#batches = batches;
    this.#close = close;
  }

  /** One thread on these kernels. */
  static async alone(kernels: Kernels, workload: Workload): Promise<TrainingRun> {
    const { Member } = await built('training/member');
    return TrainingRun.#start(workload, (job) => ({ leader: new Member(kernels, job, 0, 1), close() {} }));
  }

  /** As many threads as told, on the fastest kernels there are. */
  static async withWorkers(workers: number, workload: Workload): Promise<TrainingRun> {
    const { gatherTeam } = await built('node/team');
    return TrainingRun.#start(workload, (job) => gatherTeam(job, workers));
  }

  static async #start(workload: Workload, gather: (job: Job) => Gathered | Promise<Gathered>): Promise<TrainingRun> {
    const { plan, settings, examples, batches } = workload;
    const { planJob, Trainer } = await built('training/trainer');
    const { Random } = await built('numerics/random');
    const job = planJob(plan, settings, examples.sentences, 1);
    const { leader, close } = await gather(job);
    leader.network.initialise(new Random(1));
    return new TrainingRun(leader, new Trainer(leader, examples, settings, 1), batches, close);
  }

  /** Trains on the next batch, the first one after the last; gives its tokens. */
  step(): number {
    const batch = this.#batches[this.#next] as readonly number[];
    this.#next = (this.#next + 1) % this.#batches.length;
    return this.#trainer.step(1, batch).tokens;
  }

  /** Goes once through all batches; gives tokens a second. */
  pass(): number {
    const began = performance.now();
    let tokens = 0;
    this.#next = 0;
    for (let batch = 0; batch < this.#batches.length; batch++) tokens += this.step();
    return (1000 * tokens) / (performance.now() - began);
  }

  /** Ends the threads. */
  close(): void {
    this.#close();
  }
}
