import type { Numbers } from './kernel-memory.js';

/**
 * Returns an item of a list.
 *
 * @throws {Error} if the list does not have the item
 */
export function at<Item>(list: ArrayLike<Item>, index: number): Item {
  const item = list[index];
  if (item === undefined) throw new Error(`there is no item ${index} among ${list.length}`);
  return item;
}

/** Does what `at` does, for loops over tokens: engines make a function faster that is called with one type of list only. */
export function integerAt(integers: Int32Array, index: number): number {
  const integer = integers[index];
  if (integer === undefined) throw new Error(`there is no whole number ${index} among ${integers.length}`);
  return integer;
}

/** Does what `at` does, for loops over numbers in double precision. */
export function doubleAt(numbers: Float64Array, index: number): number {
  const number = numbers[index];
  if (number === undefined) throw new Error(`there is no number ${index} among ${numbers.length}`);
  return number;
}

/** Does what `at` does, for loops over the memory of kernels. */
export function numberAt(memory: Numbers, address: number): number {
  const number = memory[address];
  if (number === undefined) throw new Error(`there is no number ${address} among ${memory.length}`);
  return number;
}

/** Does what `at` does, for loops over tokens of several sentences. */
export function integersAt(lists: readonly Int32Array[], index: number): Int32Array {
  const list = lists[index];
  if (list === undefined) throw new Error(`there is no list ${index} among ${lists.length}`);
  return list;
}

/** Does what `at` does, for loops over numbers in single precision. */
export function floatAt(numbers: Float32Array, index: number): number {
  const number = numbers[index];
  if (number === undefined) throw new Error(`there is no number ${index} among ${numbers.length}`);
  return number;
}
