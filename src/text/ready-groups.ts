/** The largest number of items in a group. */
const LARGEST = 64;

/**
 * Gathers the items that are ready into groups, so that the items of a fast source are processed in large groups and each
 * item of a slow source at once.
 *
 * @throws what the source throws, after all items that came before it
 */
export async function* gatherReady<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const iterator = (async function* () {
    yield* items;
  })();
  let group: Item[] = [];
  const take = (): Promise<IteratorResult<Item, void> | { readonly error: unknown }> =>
    iterator.next().catch((error: unknown) => ({ error }));
  let coming = take();
  try {
    for (;;) {
      const isFull = group.length >= LARGEST;
      const next = group.length === 0 ? await coming : isFull ? undefined : await Promise.race([coming, pause()]);
      if (next && 'value' in next && !next.done) {
        group.push(next.value);
        coming = take();
        continue;
      }
      if (group.length > 0) yield group;
      group = [];
      if (next && 'error' in next) throw next.error;
      if (next) return;
    }
  } finally {
    void iterator.return();
  }
}

/** Resolves after all work that waits for nothing external. */
function pause(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, 0, undefined));
}
