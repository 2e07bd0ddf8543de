/**
 * Reads an item of a list that must have it.
 *
 * @throws Error if the list has no item there
 */
export function at<Item>(list: ArrayLike<Item>, index: number): Item {
  const item = list[index];
  if (item === undefined) throw new Error(`there is no item ${index} among ${list.length}`);
  return item;
}

/**
 * Reads a whole number of a list that must have it: `at` for loops that are run for each token, which engines make
 * faster where a function sees lists of one type only.
 *
 * @throws Error if the list has no item there
 */
export function integerAt(integers: Int32Array, index: number): number {
  const integer = integers[index];
  if (integer === undefined) throw new Error(`there is no whole number ${index} among ${integers.length}`);
  return integer;
}
