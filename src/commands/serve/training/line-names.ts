/**
 * Returns a message about a file with names in the place of the file and its lines.
 *
 * @param path the file as the message has it
 * @param all the name of the whole file
 * @param nameOf returns the name of a line, which is a number from 1
 */
export function nameLines(
  message: string,
  path: string,
  all: string,
  nameOf: (line: number) => string | undefined,
): string {
  const [beginning = '', ...rest] = message.split(path);
  const named = rest.map((part) => {
    const [place, line] = /^:(\d+)(?: \(record \d+\))?/.exec(part) ?? [];
    const name = nameOf(Number(line));
    return place !== undefined && name !== undefined ? `${name}${part.slice(place.length)}` : `${all}${part}`;
  });
  return beginning + named.join('');
}
