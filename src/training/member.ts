import { BatchMemory, SHARD_SENTENCES, shardSizeFor } from '../model/batch.js';
import { NamedRows } from '../model/named-rows.js';
import { Network } from '../model/network.js';
import { Pass } from '../model/pass.js';
import type { NetworkPlan } from '../model/plan.js';
import { taggingWords } from '../model/predictor.js';
import { ProjectedWords, WordProjector } from '../model/projected-words.js';
import { TagDecoder } from '../model/tag-decoder.js';
import { TaggingNetwork } from '../model/tagging-network.js';
import { TaggingPass } from '../model/tagging-pass.js';
import { TrainingBatch } from '../model/training-batch.js';
import { WORD_BLOCK } from '../model/words.js';
import { at, integerAt } from '../numerics/at.js';
import { type Address, type Kernels, shifted } from '../numerics/kernels.js';
import { Barrier } from './barrier.js';
import type { StepRates } from './optimizer.js';
import { type StepSettings, TrainingStep } from './step.js';

/** The network, settings and sizes from which all members of a team allocate the same buffers at the same addresses. */
export interface Job {
  readonly plan: NetworkPlan;
  readonly step: StepSettings;
  /** The largest numbers of sentences and tokens of a training batch. */
  readonly batchSize: number;
  readonly batchTokens: number;
  /** The largest number of tokens of a shard. */
  readonly shardTokens: number;
  /** The length of the longest sentence. */
  readonly longest: number;
  /** The sets of tags that targets name, (K) each: 1 for a tag of the set. */
  readonly tagSets: readonly Uint8Array[];
  /** The largest numbers of sentences and tokens of a batch that is only tagged. */
  readonly tagSentences: number;
  readonly tagTokens: number;
}

/** The phases of a step whose pieces are counted. The last two may still be under way when the next step begins. */
const PHASES = {
  words: 0,
  shards: 1,
  reduceWords: 2,
  findColumns: 3,
  inputWeights: 4,
  reduceRows: 5,
  reduceDense: 6,
  updateDense: 7,
  updateRows: 8,
  average: 9,
  pack: 10,
} as const;

const COMMANDS = { train: 1, tag: 2, settle: 3 } as const;

/** One thread's part in training and tagging. Member 0 leads; the others serve. A leader may leave all work to the others. */
export class Member {
  readonly network: Network;
  readonly trainingBatch: TrainingBatch;
  readonly taggingBatch: BatchMemory;
  /** The rows that new words of the tagging batch name. */
  readonly named: NamedRows;
  readonly step: TrainingStep;
  readonly #kernels: Kernels;
  readonly #pass: Pass;
  readonly #tagging: TaggingNetwork;
  readonly #taggingPass: TaggingPass;
  readonly #words: ProjectedWords;
  readonly #projector: WordProjector;
  readonly #decoder: TagDecoder;
  /** Where all members wait for each other, before and after a command. */
  readonly #barrierOfAll: Barrier;
  /** Where those that work wait for each other, between the phases of a command. */
  readonly #barrierOfWorkers: Barrier;
  readonly #works: boolean;
  /** Whole numbers: the command, and the next piece of each phase. */
  readonly #command: Address;
  readonly #next: Address;
  /** Doubles: the factor of the loss, the optimizer's rate and epsilon, and the rate of the averages. */
  readonly #rates: Address;
  /** Whole numbers: the first place of the tagging batch's new words, and the end (exclusive) of them. */
  readonly #newWords: Address;

  /**
   * @param size the number of members, of which `index`, from 0, is this one
   * @param leaderWorks whether the leader does its share of the work, rather than none
   */
  constructor(kernels: Kernels, job: Job, index: number, size: number, leaderWorks = true) {
    const idle = leaderWorks ? 0 : 1;
    this.#kernels = kernels;
    this.#works = index >= idle;
    this.#barrierOfAll = new Barrier(() => kernels.integers, kernels.allocate(3), size);
    this.#barrierOfWorkers = leaderWorks
      ? this.#barrierOfAll
      : new Barrier(() => kernels.integers, kernels.allocate(3), size - idle);
    this.#command = kernels.allocate(1);
    this.#next = kernels.allocate(PHASES.pack + 1);
    this.#rates = kernels.allocate(8);
    this.network = new Network(kernels, job.plan);
    const { batchSize, batchTokens, tagSentences, tagTokens, longest } = job;
    this.trainingBatch = new TrainingBatch(this.network, {
      sentences: batchSize,
      rows: batchTokens,
      longest,
      words: batchTokens,
      shardSize: shardSizeFor(batchSize),
    });
    const words = taggingWords(this.network, tagTokens);
    this.taggingBatch = new BatchMemory(this.network, { sentences: tagSentences, rows: tagTokens, longest, words });
    this.named = new NamedRows(kernels, job.plan.tables, tagTokens);
    this.#tagging = new TaggingNetwork(this.network);
    this.#words = new ProjectedWords(this.network, words);
    this.#newWords = kernels.allocate(2);
    this.step = new TrainingStep(this.network, this.trainingBatch, job.step, batchTokens);
    const sets = this.#storeSets(job.tagSets);
    const workers = size - idle;
    const own = Math.max(0, index - idle);
    const passes = Array.from({ length: workers }, () => new Pass(this.network, job.shardTokens, longest, sets));
    this.#pass = at(passes, own);
    const taggers = Array.from({ length: workers }, () => ({
      pass: new TaggingPass(this.#tagging, Math.min(tagTokens, SHARD_SENTENCES * longest)),
      projector: new WordProjector(this.#tagging),
      decoder: new TagDecoder(this.network, longest),
    }));
    ({ pass: this.#taggingPass, projector: this.#projector, decoder: this.#decoder } = at(taggers, own));
  }

  /** Returns the sets of tags (S, tags) in memory; undefined if there is none. */
  #storeSets(sets: readonly Uint8Array[]): Address | undefined {
    if (sets.length === 0) return undefined;
    const { tags } = this.network.widths;
    const address = this.#kernels.allocate(sets.length * tags);
    for (const [index, set] of sets.entries()) this.#kernels.memory.set(set, address + index * tags);
    return address;
  }

  /**
   * Leads one step of training on the batch in `trainingBatch`, whose touched rows have been found. A leader that does not work
   * returns at once, and may touch nothing of the team before the others have announced the end of the step.
   *
   * @param factor the factor of each sentence's loss
   * @param averageRate the rate of the moving averages, if there are any
   */
  train(factor: number, { rate, epsilon }: StepRates, averageRate: number): void {
    this.#kernels.storeDouble(this.#rates, factor);
    this.#kernels.storeDouble(shifted(this.#rates, 2), rate);
    this.#kernels.storeDouble(shifted(this.#rates, 4), epsilon);
    this.#kernels.storeDouble(shifted(this.#rates, 6), averageRate);
    this.#lead(COMMANDS.train);
  }

  /** Makes tagging use the current weights. */
  quantise(): void {
    this.#tagging.quantise();
  }

  /**
   * Leads the tagging of the batch in `taggingBatch`, whose new words, which get the places from `first` to `last`,
   * exclusive, name the rows in `named`.
   */
  tag({ first, last }: { readonly first: number; readonly last: number }): void {
    const { integers } = this.#kernels;
    integers[this.#newWords] = first;
    integers[this.#newWords + 1] = last;
    this.#lead(COMMANDS.tag);
    this.#barrierOfAll.wait();
  }

  /**
   * Serves until the team is dismissed.
   *
   * @param announce tells a leader that does not work that a step has ended
   */
  serve(announce: () => void = () => {}): void {
    try {
      for (;;) {
        this.#barrierOfAll.wait();
        const command = integerAt(this.#kernels.integers, this.#command);
        this.#work(command);
        if (command === COMMANDS.train) announce();
        else this.#barrierOfAll.wait();
      }
    } catch (error) {
      if (this.#barrierOfAll.isDismissed) return;
      this.fail();
      throw error;
    }
  }

  /** Makes all members of the team leave their waits, because there is nothing more to do. */
  dismiss(): void {
    this.#barrierOfAll.dismiss();
    this.#barrierOfWorkers.dismiss();
  }

  /** Makes every wait of the team fail, because one of its threads has ended. */
  fail(): void {
    this.#barrierOfAll.fail();
    this.#barrierOfWorkers.fail();
  }

  /** Waits until the other members have finished the last step. */
  settle(): void {
    this.#lead(COMMANDS.settle);
    this.#barrierOfAll.wait();
  }

  #lead(command: number): void {
    const { integers } = this.#kernels;
    integers[this.#command] = command;
    integers.fill(0, this.#next, this.#next + PHASES.average);
    this.#barrierOfAll.wait();
    if (this.#works) this.#work(command);
  }

  #work(command: number): void {
    if (command === COMMANDS.train) this.#workOnStep();
    else if (command === COMMANDS.tag) this.#workOnTagging();
  }

  #workOnTagging(): void {
    const { integers } = this.#kernels;
    const start = integerAt(integers, this.#newWords);
    const end = integerAt(integers, this.#newWords + 1);
    this.#takePieces(PHASES.words, Math.ceil((end - start) / WORD_BLOCK), (piece) => {
      const first = piece * WORD_BLOCK;
      this.#projector.project(this.named, first, Math.min(first + WORD_BLOCK, end - start), this.#words, start);
    });
    this.#barrierOfWorkers.wait();
    this.#takePieces(PHASES.shards, this.taggingBatch.shardCount, (index) => this.#tagShard(index));
  }

  #workOnStep(): void {
    const kernels = this.#kernels;
    const { step } = this;
    const factor = kernels.loadDouble(this.#rates);
    const rates = {
      rate: kernels.loadDouble(shifted(this.#rates, 2)),
      epsilon: kernels.loadDouble(shifted(this.#rates, 4)),
    };
    this.#takePieces(PHASES.words, step.wordPieces, (piece) => step.multiplyWords(piece));
    this.#barrierOfWorkers.wait();
    this.#takePieces(PHASES.shards, this.trainingBatch.shardCount, (index) =>
      step.computeShard(this.#pass, index, factor),
    );
    this.#barrierOfWorkers.wait();
    kernels.integers[this.#next + PHASES.average] = 0;
    kernels.integers[this.#next + PHASES.pack] = 0;
    this.#takePieces(PHASES.reduceWords, step.wordPieces, (piece) => step.reduceWords(piece));
    this.#takePieces(PHASES.findColumns, step.columnPieces, (piece) => step.findColumns(piece));
    this.#barrierOfWorkers.wait();
    this.#takePieces(PHASES.inputWeights, step.inputWeightPieces, (piece) =>
      step.addInputWeights(piece, this.#pass.scratch),
    );
    this.#takePieces(PHASES.reduceRows, step.rowPieces, (piece) => step.reduceRows(piece));
    this.#barrierOfWorkers.wait();
    this.#takePieces(PHASES.reduceDense, step.densePieces, (piece) => step.reduceDense(piece));
    this.#barrierOfWorkers.wait();
    const clipFactor = step.clipFactor();
    this.#takePieces(PHASES.updateDense, step.densePieces, (piece) => step.updateDense(piece, clipFactor, rates));
    this.#takePieces(PHASES.updateRows, step.rowPieces, (piece) => step.updateRows(piece, clipFactor, rates));
    this.#barrierOfWorkers.wait();
    const { averages } = step;
    if (averages) {
      const averageRate = kernels.loadDouble(shifted(this.#rates, 6));
      this.#takePieces(PHASES.average, averages.pieces, (piece) => averages.follow(piece, averageRate));
    }
    this.#takePieces(PHASES.pack, this.network.matrixCount, (index) => this.network.packMatrix(index));
  }

  /** Takes pieces of a phase until none is left. Which member takes a piece does not affect the result. */
  #takePieces(phase: number, count: number, work: (piece: number) => void): void {
    const { integers } = this.#kernels;
    for (;;) {
      const piece = Atomics.add(integers, this.#next + phase, 1);
      if (piece >= count) return;
      work(piece);
    }
  }

  #tagShard(index: number): void {
    const batch = this.taggingBatch;
    const shard = batch.shard(index);
    const { outputs } = this.#taggingPass;
    const best = shifted(batch.best, batch.rowOf(index));
    this.#taggingPass.forward(shard, this.#words);
    this.#decoder.decode(shard.steps, outputs, this.#decoder.weights, best);
    this.#decoder.readProbabilities(shard.steps, outputs, best, shifted(batch.probabilities, batch.rowOf(index)));
  }
}
