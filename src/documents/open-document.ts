import { nameOf } from '../node/files.js';
import { peek } from '../node/peek.js';
import { type DocumentKind, type DocumentText, documentKindOf, KIND_BYTES } from './document.js';
import { readDocument } from './read-document.js';

/** A document whose text was extracted. */
export interface OpenedDocument extends DocumentText {
  readonly kind: DocumentKind;
}

/**
 * Finds out by the first bytes and the name of a file whether it is a document, and extracts its text.
 *
 * @param bytes the bytes of the file, unpacked
 * @param kind the kind of the document, if it was named
 * @returns the document, or all bytes of a file that is none
 * @throws {UserError} as `readDocument` does
 */
export async function openDocument(
  path: string,
  bytes: AsyncIterable<Buffer>,
  kind?: DocumentKind,
): Promise<OpenedDocument | AsyncIterable<Buffer>> {
  const { head, all } = await peek(bytes, KIND_BYTES);
  const found = kind ?? documentKindOf(head.toString('latin1'), path);
  if (found === undefined) return all();
  const pieces: Buffer[] = [];
  for await (const piece of all()) pieces.push(piece);
  return { kind: found, ...(await readDocument(found, Buffer.concat(pieces), nameOf(path))) };
}
