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
