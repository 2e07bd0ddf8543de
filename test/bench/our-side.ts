import type { Team } from '../../src/node/team.js';
import { Random } from '../../src/numerics/random.js';
import type { Trainer } from '../../src/training/trainer.js';
import { built } from './built.js';
import { FeatureExtractor } from './word-features.js';
import { tokensOfBatches, type Workload } from './workload.js';

/** Seconds that a measurement takes at least. */
const SHORTEST = 1;

/** This package at work on a workload, with all processors or as many as told. */
export class OurSide {
  readonly #workload: Workload;
  readonly #team: Team;
  readonly #trainer: Trainer;

  private constructor(workload: Workload, team: Team, trainer: Trainer) {
    this.#workload = workload;
    this.#team = team;
    this.#trainer = trainer;
  }

  static async start(workload: Workload, workers?: number): Promise<OurSide> {
    const { gatherTeam, processorCount } = await built('node/team');
    const { planJob, Trainer } = await built('training/trainer');
    const job = planJob(workload.plan, workload.settings, workload.examples, 1);
    const team = await gatherTeam(job, workers ?? processorCount());
    team.leader.network.initialise(new Random(1));
    return new OurSide(workload, team, new Trainer(team.leader, job, workload.examples, workload.settings));
  }

  get network() {
    return this.#team.leader.network;
  }

  /** The mean loss of a sentence in each of the first steps. */
  losses(steps: number): number[] {
    const { batches } = this.#workload;
    return Array.from({ length: steps }, (_, step) => {
      const batch = batches[step % batches.length] as readonly number[];
      return this.#trainer.step(1, batch).loss / batch.length;
    });
  }

  /** Tokens a second of training, over whole passes through the batches. */
  train(): number {
    return perSecond(tokensOfBatches(this.#workload), () => {
      for (const batch of this.#workload.batches) this.#trainer.step(1, batch);
    });
  }

  /** Tokens a second of tagging all sentences, from strings on, with nothing remembered of earlier ones. */
  tag(): number {
    const tokens = this.#workload.sentences.reduce((sum, sentence) => sum + sentence.tokens.length, 0);
    return perSecond(tokens, () => this.tags());
  }

  /** The number of each token's tag. */
  tags(): number[] {
    const extractor = new FeatureExtractor(this.#workload.features);
    const examples = this.#workload.sentences.map(({ tokens }) => ({
      ids: extractor.extract(tokens),
      targets: new Int32Array(tokens.length),
    }));
    return this.#trainer.predict(examples).flatMap(({ tags }) => [...tags]);
  }

  close(): void {
    this.#team.close();
  }
}

function perSecond(tokens: number, work: () => void): number {
  const start = performance.now();
  let passes = 0;
  let seconds = 0;
  do {
    work();
    passes++;
    seconds = (performance.now() - start) / 1000;
  } while (seconds < SHORTEST);
  return (tokens * passes) / seconds;
}
