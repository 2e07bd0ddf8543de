import type { CorpusReading, Format } from '../formats/format.js';
import { detectFormat, formatNamed } from '../formats/formats.js';
import { findBratDocuments } from '../node/brat-documents.js';
import { isRegularFile, nameOf, STANDARD_STREAM, streamBytes } from '../node/files.js';
import { joinHead } from '../node/join-head.js';
import { HEEDED_BY_BRAT, type HeedingFile, refuseUnheeded } from './heeded-options.js';
import { FIRST_BYTES, HEAD } from './read-corpus.js';

/**
 * Refuses an option about the reading of corpora that none of their formats has a use for. Nothing is refused where a file
 * does not show its format before it is read, as a stream does; `readItems` refuses it then.
 *
 * @param paths files; undefined where an option was not given
 * @throws {UserError} if there is one, exit code 2; if a file is a checkpoint, or is not readable, exit code 3
 */
export async function refuseUnheededOptions(
  paths: readonly (string | undefined)[],
  options: CorpusReading,
): Promise<void> {
  const files: HeedingFile[] = [];
  for (const path of paths) {
    if (path === undefined) continue;
    const file = await heedingFile(path, options.from);
    if (!file) return;
    files.push(file);
  }
  refuseUnheeded(files, options);
}

/** Finds what a corpus is read as; undefined if it does not show. */
async function heedingFile(path: string, from: string | undefined): Promise<HeedingFile | undefined> {
  const brat = { path, readAs: 'brat', heeds: HEEDED_BY_BRAT };
  if (from !== undefined) {
    if (from === 'brat') return brat;
    const { name, heeds } = formatNamed(from);
    return { path, readAs: name, heeds };
  }
  if (path === STANDARD_STREAM) return undefined;
  if (await findBratDocuments(path, from)) return brat;
  if (!(await isRegularFile(path))) return undefined;
  const format = await formatOfFile(path);
  return format && { path, readAs: format.name, heeds: format.heeds };
}

async function formatOfFile(path: string): Promise<Format | undefined> {
  for await (const piece of joinHead(streamBytes(path), FIRST_BYTES)) {
    const found = detectFormat(piece.subarray(0, HEAD).toString('utf8'), nameOf(path));
    return found === 'brat' ? undefined : found;
  }
  return undefined;
}
