import type { Context } from 'hono';
import type { RequestBody } from './answering-queue.js';

/** Bodies over this size, in bytes, are kept in the pieces in which they come: joining them would take long. */
const LARGE = 1_000_000;

/**
 * Reads the body of a request.
 *
 * @param most the largest size, in bytes
 * @returns the body; undefined as soon as it is known to be larger
 */
export async function readBody({ req: request }: Context, most: number): Promise<RequestBody | undefined> {
  const header = request.header('Content-Length');
  const length = header === undefined ? undefined : Number(header);
  if (length !== undefined && length > most) return undefined;
  // Reading a stream costs more than all the rest of a small request: it is used for large and unknown lengths only.
  if (length !== undefined && length <= LARGE) return [new Uint8Array(await request.arrayBuffer())];
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of request.raw.body?.values({ preventCancel: true }) ?? []) {
    size += piece.length;
    if (size > most) return undefined;
    pieces.push(Uint8Array.from(piece)); // others may use the rest of its memory
  }
  return pieces;
}
