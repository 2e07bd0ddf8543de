import { badUsage } from '../errors.js';
import type { CorpusReading, FormatOption } from '../formats/format.js';
import { nameOf } from '../node/files.js';

/** A file of a corpus as far as options about its reading go. */
export interface HeedingFile {
  readonly path: string;
  /** What the file is read as, for messages. */
  readonly readAs: string;
  /** The options that its reader has a use for. */
  readonly heeds: readonly FormatOption[];
}

const FLAGS: readonly (readonly [FormatOption, string])[] = [
  ['tokenColumn', '--token-column'],
  ['tagColumn', '--tag-column'],
  ['tagNames', '--tag-names'],
  ['offsets', '--offsets'],
  ['unknownTag', '--unknown-tag'],
];

/** The options that a reader of brat has a use for. */
export const HEEDED_BY_BRAT: readonly FormatOption[] = ['offsets'];

/**
 * Refuses an option about the reading of files that no file has a use for.
 *
 * @throws {UserError} if there is one, exit code 2
 */
export function refuseUnheeded(files: readonly HeedingFile[], options: CorpusReading): void {
  const useless = FLAGS.find(
    ([name]) => options[name] !== undefined && !files.some(({ heeds }) => heeds.includes(name)),
  );
  const [first] = files;
  if (useless === undefined || !first) return;
  throw badUsage(
    `${useless[1]} has no use: ${nameOf(first.path)} is read as ${first.readAs}`,
    'leave it out, or name another format with --from',
  );
}
