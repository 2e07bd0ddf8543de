import type { Elementary } from '../elementary.js';
import type { Address, Numbers } from '../kernels.js';

/** The memory of the plain kernels, which grows with what is allocated. */
export class ReferenceMemory {
  readonly round: Elementary['round'];
  readonly exp: Elementary['exp'];
  readonly log: Elementary['log'];
  readonly tanh: Elementary['tanh'];
  readonly isSingle: boolean;
  numbers: Numbers;
  integers: Int32Array;
  doubles: Float64Array;
  used = 0;

  constructor({ round, exp, log, tanh }: Elementary, isSingle: boolean) {
    this.round = round;
    this.exp = exp;
    this.log = log;
    this.tanh = tanh;
    this.isSingle = isSingle;
    [this.numbers, this.integers, this.doubles] = this.#views(1024);
  }

  allocate(n: number): Address {
    const address = this.used as Address;
    this.used += Math.ceil(n / 16) * 16;
    if (this.used > this.numbers.length) {
      const { numbers, integers } = this;
      [this.numbers, this.integers, this.doubles] = this.#views(2 * this.used);
      this.numbers.set(numbers);
      if (!this.isSingle) this.integers.set(integers);
    }
    return address;
  }

  release(used: number): void {
    this.numbers.fill(0, used, this.used);
    if (!this.isSingle) this.integers.fill(0, used, this.used);
    this.used = used;
  }

  /** Returns the index in `doubles` of the double at an address: each takes the place of two numbers of single precision. */
  double(address: Address): number {
    return this.isSingle ? address / 2 : address;
  }

  /** Computes the logistic function: σ(x) = tanh(x / 2) / 2 + 1 / 2, each operation rounded. */
  readonly sigmoid = (x: number): number => this.round(this.round(this.tanh(this.round(x * 0.5)) * 0.5) + 0.5);

  #views(length: number): [Numbers, Int32Array, Float64Array] {
    if (!this.isSingle) {
      const numbers = new Float64Array(length);
      return [numbers, new Int32Array(length), numbers];
    }
    const numbers = new Float32Array(Math.ceil(length / 2) * 2);
    return [numbers, new Int32Array(numbers.buffer), new Float64Array(numbers.buffer)];
  }
}
