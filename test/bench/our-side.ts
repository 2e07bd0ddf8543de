import type { Lexicon } from '../../src/model/lexicon.js';
import type { Team } from '../../src/node/team.js';
import { Random } from '../../src/numerics/random.js';
import type { Trainer } from '../../src/training/trainer.js';
import { built } from './built.js';
import { tokensOfBatches, type Workload } from './workload.js';

/** Seconds that a measurement takes at least. */
const SHORTEST = 1;

/** This package at work on a workload, with all processors or as many as told. */
export class OurSide {
  readonly #workload: Workload;
  readonly #team: Team;
  readonly #trainer: Trainer;
  readonly #createLexicon: () => Lexicon;

  private constructor(workload: Workload, team: Team, trainer: Trainer, createLexicon: () => Lexicon) {
    this.#workload = workload;
    this.#team = team;
    this.#trainer = trainer;
    this.#createLexicon = createLexicon;
  }

  static async start(workload: Workload, workers?: number): Promise<OurSide> {
    const { gatherTeam } = await built('node/team');
    const { processorCount } = await built('node/processors');
    const { planJob, Trainer } = await built('training/trainer');
    const { Lexicon } = await built('model/lexicon');
    const { FeatureSet } = await built('text/features');
    const job = planJob(workload.plan, workload.settings, workload.examples.sentences, 1);
    const team = await gatherTeam(job, workers ?? processorCount());
    team.leader.network.initialise(new Random(1));
    const trainer = new Trainer(team.leader, workload.examples, workload.settings, 1);
    const { features, vocabulary, others } = workload.language.features;
    return new OurSide(workload, team, trainer, () => new Lexicon(new FeatureSet(features, vocabulary, others)));
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
    const lexicon = this.#createLexicon();
    const examples = this.#workload.sentences.map(({ tokens }) => ({
      words: lexicon.encode(tokens),
      targets: new Int32Array(tokens.length),
    }));
    return this.#trainer.predict(examples, lexicon).flatMap(({ tags }) => [...tags]);
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
