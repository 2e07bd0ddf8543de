/** A stream of which the first bytes are known. */
export interface PeekedStream {
  /** The bytes up to the first line feed, and what came with them; at least `most` bytes where there is no line feed among them. */
  readonly head: Buffer;
  /** Yields all bytes of the stream, the first ones included. It can be read once. */
  all(): AsyncGenerator<Buffer, void, undefined>;
}

const LINE_FEED = 0x0a;

/** Reads the beginning of a stream, without waiting for more than its first line. */
export async function peek(stream: AsyncIterable<Buffer>, most: number): Promise<PeekedStream> {
  const iterator = stream[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < most && !head.includes(LINE_FEED)) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return {
    head,
    async *all() {
      try {
        if (head.length > 0) yield head;
        yield* { [Symbol.asyncIterator]: () => iterator };
      } finally {
        await iterator.return?.();
      }
    },
  };
}
