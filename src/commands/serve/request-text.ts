import { badInput } from '../../errors.js';
import type { RequestBody } from '../../server/answering-queue.js';

/** The place of a body in messages. */
export const PLACE = 'body';

/** @throws {UserError} if the bytes are no UTF-8 */
export function textOf(body: RequestBody): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return body.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
  } catch (cause) {
    if (cause instanceof TypeError) throw badInput(`${PLACE}: expected UTF-8, found other bytes`, 'send JSON in UTF-8');
    throw cause;
  }
}
