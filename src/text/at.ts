/**
 * Returns the item of a list at an index that it must have.
 *
 * @throws {RangeError} if the list has no item there
 */
export function at<Item>(list: ArrayLike<Item>, index: number): Item {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there is no item ${index} among ${list.length}`);
  return item;
}

/** Does what `at` does, for loops over tokens: engines make a function faster that is called with one type of list only. */
export function integerAt(integers: Int32Array, index: number): number {
  const integer = integers[index];
  if (integer === undefined) throw new RangeError(`there is no whole number ${index} among ${integers.length}`);
  return integer;
}
