declare const address: unique symbol;

/**
 * A place in the kernels' memory, counted in numbers of single precision from its beginning. It is a number with a mark
 * for the compiler, which then refuses a size where a place is meant.
 */
export type Address = number & { readonly [address]: true };

/** Returns the place `n` numbers after another. */
export function shifted(from: Address, n: number): Address {
  return (from + n) as Address;
}

/** Numbers in single precision for training and tagging, in double precision for checking gradients. */
export type Numbers = Float32Array | Float64Array;

/** The memory of kernels, and its addresses. */
export interface KernelMemory {
  /** The numbers, indexed by address. `allocate` may move them, so that a view is good only until the next call of it. */
  readonly memory: Numbers;
  /** The memory as whole numbers, indexed by address; a view is as short-lived as `memory`. */
  readonly integers: Int32Array;
  /** Allocates n numbers, set to 0, until `release`. The address is a multiple of 16. */
  allocate(n: number): Address;
  /** The end of what is allocated, which is the next address. */
  readonly used: number;
  /** Reads the double at an even address, which takes the place of two numbers. */
  loadDouble(address: Address): number;
  /** Writes a double at an even address. */
  storeDouble(address: Address, value: number): void;
  /**
   * Releases all memory from the address `used` on, which was the value of `used` earlier. Only these kernels may allocate
   * it again.
   */
  release(used: number): void;
}
