/** Milliseconds after which a sleeper looks whether all are still alive. */
const LONGEST_SLEEP = 1000;

/** Where threads wait for each other. Nobody spins: who waits sleeps. */
export class Barrier {
  readonly #integers: () => Int32Array;
  readonly #arrived: number;
  readonly #generation: number;
  readonly #failed: number;
  readonly #parties: number;

  /**
   * @param integers the shared memory as it now is
   * @param address of three whole numbers, zero at first
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
   * @throws Error when one of the others has failed
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

  /** Tells the others that this party will not come again. */
  fail(): void {
    Atomics.store(this.#integers(), this.#failed, 1);
    Atomics.notify(this.#integers(), this.#generation);
  }
}
