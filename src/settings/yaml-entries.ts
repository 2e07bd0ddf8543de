import { isMap, isNode, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';
import { badUsage } from '../errors.js';
import { ALL_SETTINGS } from './descriptions.js';
import { nearestName } from './nearest.js';

/* Whoever reads a file loads this module then: the parser of YAML is large, and most commands need none. */

/** A key of a file, what it has, and where it stands. */
export interface FileEntry {
  readonly key: string;
  readonly value: unknown;
  /** As in `train.yaml:3`. */
  readonly place: string;
}

/**
 * The keys of a YAML file, which JSON is too, and their values; a file of comments has none.
 *
 * @param source name of the file in messages
 * @throws UserError with file and line where it is no YAML, or no list of keys, exit code 2
 */
export function readEntries(text: string, source: string): FileEntry[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ''), { lineCounter, prettyErrors: false });
  const placeOf = (offset: number): string => `${source}:${lineCounter.linePos(offset).line}`;
  const [error] = document.errors;
  if (error) {
    const what = error.code === 'DUPLICATE_KEY' ? 'a key stands here a second time' : `no YAML: ${error.message}`;
    throw badUsage(`${placeOf(error.pos[0])}: ${what}`, 'each line is "name: value", as in "hidden: 64"');
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return [];
  if (!isMap(contents))
    throw badUsage(
      `${placeOf(contents.range?.[0] ?? 0)}: expected keys with values, found none`,
      'each line is "name: value", as in "hidden: 64"',
    );
  return contents.items.map((pair: Pair) => {
    const range = isScalar(pair.key) ? pair.key.range : undefined;
    const value: unknown = isNode(pair.value) ? pair.value.toJS(document) : null;
    return { key: String(pair.key), value, place: placeOf(range?.[0] ?? 0) };
  });
}

/**
 * The error of a key that no setting has.
 *
 * @param others keys beside the settings that the file may have
 */
export function unknownKey({ key, place }: FileEntry, others: readonly string[]): Error {
  const nearest = nearestName(key, [...ALL_SETTINGS, ...others]);
  return badUsage(
    `${place}: unknown setting ${JSON.stringify(key)}`,
    nearest === undefined ? 'rnn init -o - lists all settings' : `did you mean ${nearest}?`,
  );
}
