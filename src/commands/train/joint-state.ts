import type { SavedState, StateKeeper } from '../../node/state-file.js';
import type { SavingMoment, TrainingPosition } from '../../training/loop.js';
import type { TrainingState } from '../../training/state.js';
import type { StateBlock } from '../../training/trainer.js';
import type { FinishedNetwork, NetworkWork } from './network-work.js';

interface NetworkPlace {
  readonly position: TrainingPosition;
  /** The number of steps that the network's training has taken, over all its epochs. */
  readonly steps: number;
}

/** The training of a network between two steps. */
export interface NetworkState extends NetworkPlace {
  readonly blocks: readonly StateBlock[];
}

/** Where the training of a network goes on. */
export interface NetworkStart extends NetworkPlace {
  /**
   * Fills blocks with the saved numbers of the blocks of the same names.
   *
   * @throws {UserError} if there is no block of that name and length
   */
  load(blocks: readonly StateBlock[]): Promise<void>;
}

/**
 * The state of all networks of a model, of which several may be trained at the same time: those that have ended; the next one as
 * it is; and those behind it as they were after an epoch, or where they were stopped.
 */
export class JointState {
  readonly #work: NetworkWork;
  readonly #keeper: StateKeeper | undefined;
  readonly #saved: SavedState | undefined;
  /** By the number of the network, from 0. */
  readonly #states = new Map<number, NetworkState>();
  #saving = Promise.resolve();

  /**
   * @param keeper saves the state; undefined if it is not to be saved
   * @param saved state to go on from; undefined to begin
   */
  constructor(work: NetworkWork, keeper: StateKeeper | undefined, saved: SavedState | undefined) {
    this.#work = work;
    this.#keeper = keeper;
    this.#saved = saved;
  }

  /** Returns where the training of a network goes on; undefined if it begins. */
  startOf(network: number): NetworkStart | undefined {
    const saved = this.#saved;
    if (!saved) return undefined;
    const { finished, position, steps, behind = [] } = saved.head;
    if (network === finished.length) return { position, steps, load: (blocks) => saved.load(blocks) };
    const place = behind.find((each) => each.network === network);
    return place && { ...place, load: (blocks) => saved.load(renamed(blocks, network)) };
  }

  /** Keeps a copy of a network's state, to be saved with the next state of the one before it. */
  keep(network: number, state: NetworkState): void {
    if (this.#keeper) this.#states.set(network, copyState(state));
  }

  /**
   * Saves the state, if it is time to. The network must not change before the promise is settled.
   *
   * @param finished the networks that have ended, up to the first that has not
   */
  async save(
    network: number,
    moment: SavingMoment,
    finished: readonly FinishedNetwork[],
    describe: () => NetworkState,
  ): Promise<void> {
    const keeper = this.#keeper;
    const next = finished.length;
    const isBehind = network > next;
    for (const ended of this.#states.keys()) if (ended < next) this.#states.delete(ended);
    if (moment === 'stop' || (isBehind && moment === 'epoch')) this.keep(network, describe());
    if (!keeper || (isBehind && moment !== 'stop')) return;
    const describeNext = isBehind ? () => this.#states.get(next) : describe;
    this.#saving = this.#saving.then(async () => {
      const state = describeNext();
      if (state) await keeper.save(moment, () => this.#join(finished, state));
    });
    await this.#saving;
  }

  /** Returns a warning, once, if the state cannot be written. */
  takeWarning(): string | undefined {
    return this.#keeper?.takeWarning();
  }

  #join(finished: readonly FinishedNetwork[], next: NetworkState): TrainingState {
    const { inputs, run } = this.#work;
    const behind = [...this.#states].filter(([network]) => network > finished.length).sort(([a], [b]) => a - b);
    const places = behind.map(([network, { position, steps }]) => ({ network, position, steps }));
    return {
      head: {
        ...{ inputs, runs: run?.before, finished: finished.map(({ history }) => history) },
        ...{ position: next.position, steps: next.steps, behind: places },
      },
      blocks: [
        ...finished.flatMap(blocksOfFinished),
        ...next.blocks,
        ...behind.flatMap(([network, { blocks }]) => renamed(blocks, network)),
      ],
    };
  }
}

/** Returns the blocks of a network that has ended, which is the one of that number, from 0. */
export function blocksOfFinished({ weights, heldOutWeights }: FinishedNetwork, index: number): StateBlock[] {
  const name = `network ${index + 1}`;
  return [
    { name, numbers: weights },
    ...(heldOutWeights ? [{ name: `${name}, held out`, numbers: heldOutWeights }] : []),
  ];
}

/** Copies a state, so that it lasts when the network goes on. */
export function copyState({ position, steps, blocks }: NetworkState): NetworkState {
  return {
    position: { ...position, epochs: [...position.epochs] },
    steps,
    blocks: blocks.map(({ name, numbers }) => ({ name, numbers: numbers.slice() })),
  };
}

/** Returns the blocks of a network behind the next one, by the names that they have in a state. */
function renamed(blocks: readonly StateBlock[], network: number): StateBlock[] {
  return blocks.map(({ name, numbers }) => ({ name: `network ${network + 1}, ${name}`, numbers }));
}
