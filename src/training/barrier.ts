/** Where threads wait for each other. Nobody spins: who waits sleeps. */
export class Barrier {
  readonly #integers: () => Int32Array;
  readonly #arrived: number;
  readonly #generation: number;
  readonly #parties: number;

  /**
   * @param integers the shared memory as it now is
   * @param address of two whole numbers, zero at first
   */
  constructor(integers: () => Int32Array, address: number, parties: number) {
    this.#integers = integers;
    this.#arrived = address;
    this.#generation = address + 1;
    this.#parties = parties;
  }

  /**
   * Returns when all parties have arrived.
   *
   * @throws Error when the others take longer than `patience` milliseconds
   */
  wait(patience = Number.POSITIVE_INFINITY): void {
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
      if (Atomics.wait(integers, this.#generation, generation, patience) === 'timed-out')
        throw new Error('a worker does not answer any more');
    }
  }
}
