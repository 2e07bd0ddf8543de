import { badInput } from '../errors.js';
import { type DocumentKind, type DocumentText, KIND_NAMES } from './document.js';

/**
 * Extracts the text of a document.
 *
 * @param source the name of the file in messages
 * @throws {UserError} if the package that reads the kind is not installed, exit code 1; if the bytes are no such document, or it is
 *   damaged, encrypted, or without text, exit code 3
 */
export async function readDocument(kind: DocumentKind, bytes: Uint8Array, source: string): Promise<DocumentText> {
  if (bytes.length === 0) throw badInput(`${source}: expected a document in ${KIND_NAMES[kind]}, found an empty file`);
  const document = await read(kind, bytes, source);
  if (document.text.trim() !== '') return document;
  const leftOut = document.leftOut.length === 0 ? '' : ` (left out: ${document.leftOut.join('; ')})`;
  throw badInput(
    `${source}: no text in it${leftOut}`,
    kind === 'pdf'
      ? 'if its pages are pictures, a program for character recognition (OCR) makes text of them'
      : undefined,
  );
}

/** Loads the reader of a kind only when it is needed, since most commands need none. */
async function read(kind: DocumentKind, bytes: Uint8Array, source: string): Promise<DocumentText> {
  if (kind === 'pdf') return (await import('./pdf.js')).readPdf(bytes, source);
  if (kind === 'docx') return (await import('./docx.js')).readDocx(bytes, source);
  return (await import('./html.js')).readHtmlDocument(bytes, source);
}
