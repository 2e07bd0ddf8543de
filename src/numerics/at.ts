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
