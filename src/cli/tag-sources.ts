import type { TagInput, TagSource } from '../commands/tag.js';
import { isDocumentKind } from '../documents/document.js';
import { openDocument } from '../documents/open-document.js';
import { nameOf, STANDARD_STREAM, streamBytes } from '../node/files.js';
import { readLines, readText } from '../node/lines.js';
import { say } from './streams.js';

/** How sources are read. */
export interface SourceOptions {
  readonly from: TagInput;
  /** Whether a person named the format; if not, a file may be a document whose text is extracted. */
  readonly isFromNamed: boolean;
  readonly keepGoing?: true;
  readonly quiet?: true;
}

/** Makes one record of each argument, whatever it holds, unless lines hold something else than sentences: then it may hold several. */
export function argumentSource(sentences: readonly string[], { from }: Pick<SourceOptions, 'from'>): TagSource {
  const lines = from === 'lines' ? sentences : sentences.flatMap((sentence) => sentence.split('\n'));
  return { source: 'arguments', lines: () => [lines], documents: () => sentences.map((sentence) => [sentence]) };
}

/** Makes a source of a file, or of stdin for `-`. */
export function fileSource(path: string, { from, isFromNamed, keepGoing, quiet }: SourceOptions): TagSource {
  const source = nameOf(path);
  let bytes = (): AsyncIterable<Buffer> => {
    if (path === STANDARD_STREAM && process.stdin.isTTY)
      say('Type a sentence and press Enter; Ctrl-D ends. (rnn tag --help shows other ways.)\n', quiet);
    return streamBytes(path);
  };
  const kind = isDocumentKind(from) ? from : undefined;
  const extract: TagSource['extract'] = async () => {
    const opened = await openDocument(path, bytes(), kind);
    if ('kind' in opened) return opened;
    bytes = () => opened;
    return undefined;
  };
  return {
    source,
    lines: () => readLines(bytes(), source, keepGoing),
    documents: () => [readText(bytes(), source)],
    ...((kind || !isFromNamed) && { extract }),
  };
}
