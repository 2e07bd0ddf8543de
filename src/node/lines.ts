import { decodeText } from './files.js';

const LINE_FEED = 0x0a;

/**
 * Cuts a stream of bytes into lines at line feeds, as they come: each group holds the lines that one piece of the
 * stream completes. Unlike readline, a lone carriage return is no line end. A byte-order mark is left out.
 *
 * @param source name of the input in messages
 * @throws UserError naming the line that is no UTF-8, exit code 3
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
  source: string,
): AsyncGenerator<string[], void, undefined> {
  /** Of the line that no line feed has ended yet. */
  let pieces: Buffer[] = [];
  let lines = 0;
  const decode = (): string[] => {
    const text = decodeText(Buffer.concat(pieces), source, lines + 1);
    const group = (lines === 0 && text.startsWith('\uFEFF') ? text.slice(1) : text).split('\n');
    lines += group.length;
    return group;
  };
  for await (const bytes of stream) {
    const feed = bytes.lastIndexOf(LINE_FEED);
    pieces.push(feed < 0 ? bytes : bytes.subarray(0, feed));
    if (feed < 0) continue;
    yield decode();
    pieces = [bytes.subarray(feed + 1)];
  }
  const last = decode();
  if (last[0] !== '') yield last;
}
