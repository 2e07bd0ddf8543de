import { badInput } from '../errors.js';

/**
 * Cuts a stream of bytes into lines at line feeds, as they come: each group holds the lines that one piece of the
 * stream completes. Unlike readline, a lone carriage return is no line end.
 *
 * @param source name of the input in messages
 * @throws UserError where the stream is no UTF-8, exit code 3
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
  source: string,
): AsyncGenerator<string[], void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let lines = 0;
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw badInput(`${source}: expected UTF-8, found other bytes after line ${lines}`, 'convert it with iconv');
    }
  };
  for await (const bytes of stream) {
    const pieces = decode(bytes).split('\n');
    pieces[0] = rest + pieces[0];
    rest = pieces.pop() as string;
    lines += pieces.length;
    if (pieces.length > 0) yield pieces;
  }
  rest += decode();
  if (rest !== '') yield [rest];
}
