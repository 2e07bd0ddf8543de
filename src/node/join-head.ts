/** Yields the pieces of a stream, of which it joins the first until they have `enough` bytes or the stream ends. */
export async function* joinHead(
  pieces: AsyncIterable<Buffer>,
  enough: number,
): AsyncGenerator<Buffer, void, undefined> {
  let head: Buffer[] | undefined = [];
  let length = 0;
  for await (const piece of pieces) {
    if (!head) {
      yield piece;
      continue;
    }
    head.push(piece);
    length += piece.length;
    if (length < enough) continue;
    yield Buffer.concat(head);
    head = undefined;
  }
  if (head && length > 0) yield Buffer.concat(head);
}
