/** Milliseconds after which a waiting thread checks whether another has failed. */
const LONGEST_SLEEP = 1000;

/** Why waits end before all parties have arrived. */
const FAILED = 1;
const DISMISSED = 2;

/** A barrier at which threads wait for each other, asleep rather than spinning. */
export class Barrier {
  readonly #integers: () => Int32Array;
  readonly #arrived: number;
  readonly #generation: number;
  readonly #failed: number;
  readonly #parties: number;

  /**
   * @param integers returns the current view of the shared memory
   * @param address the address of three whole numbers, initially 0
   */
  constructor(integers: () => Int32Array, address: number, parties: number) {
    this.#integers = integers;
    this.#arrived = address;
    this.#generation = address + 1;
    this.#failed = address + 2;
    this.#parties = parties;
  }

  /**
   * Returns when all parties have arrived.
   *
   * @throws {Error} if another party has failed, or all are dismissed
   */
  wait(): void {
    if (this.#parties === 1) return;
    const integers = this.#integers();
    const generation = Atomics.load(integers, this.#generation);
    if (Atomics.add(integers, this.#arrived, 1) === this.#parties - 1) {
      Atomics.store(integers, this.#arrived, 0);
      Atomics.add(integers, this.#generation, 1);
      Atomics.notify(integers, this.#generation);
      return;
    }
    while (Atomics.load(integers, this.#generation) === generation) {
      if (Atomics.load(integers, this.#failed) !== 0) throw new Error('a worker thread failed');
      Atomics.wait(integers, this.#generation, generation, LONGEST_SLEEP);
    }
  }

  /** Makes the waits of the other parties fail, because this one will not arrive again. */
  fail(): void {
    this.#endWaits(FAILED);
  }

  /** Makes the waits of all parties end, because there is nothing more to do. */
  dismiss(): void {
    this.#endWaits(DISMISSED);
  }

  get isDismissed(): boolean {
    return Atomics.load(this.#integers(), this.#failed) === DISMISSED;
  }

  #endWaits(reason: number): void {
    Atomics.store(this.#integers(), this.#failed, reason);
    Atomics.notify(this.#integers(), this.#generation);
  }
}
