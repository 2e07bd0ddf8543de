import { type Document, isMap, isNode, isScalar, LineCounter, type Pair, parseDocument, visit } from 'yaml';
import { badUsage } from '../errors.js';
import { ALL_SETTINGS } from './descriptions.js';
import { nearestName } from './nearest.js';

/* This module is loaded only when a file is read, because the YAML parser is large and most commands do not need it. */

/** A key of a file, its value and its position. */
export interface FileEntry {
  readonly key: string;
  readonly value: unknown;
  /** File and line, as in `train.yaml:3`. */
  readonly place: string;
}

/**
 * Returns the keys of a YAML or JSON file with their values. A file that contains only comments has none.
 *
 * @param source name of the file in messages
 * @throws {UserError} if the file is not valid YAML or does not consist of keys, with file and line; exit code 2
 */
export function readEntries(text: string, source: string): FileEntry[] {
  const lineCounter = new LineCounter();
  const document = parse(text, source, lineCounter);
  const placeOf = (offset: number): string => `${source}:${lineCounter.linePos(offset).line}`;
  const [error] = document.errors;
  if (error) {
    const what = error.code === 'DUPLICATE_KEY' ? 'duplicate key' : `not valid YAML: ${error.message}`;
    throw badUsage(`${placeOf(error.pos[0])}: ${what}`, 'write each line as "name: value", as in "hidden: 64"');
  }
  visit(document, {
    Alias(_, alias) {
      if (isScalar(alias.resolve(document))) return;
      throw badUsage(
        `${placeOf(alias.range?.[0] ?? 0)}: expected *${alias.source} to stand for a single value`,
        'write the list or the keys out where they are meant',
      );
    },
  });
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return [];
  if (!isMap(contents))
    throw badUsage(
      `${placeOf(contents.range?.[0] ?? 0)}: expected keys with values, found none`,
      'write each line as "name: value", as in "hidden: 64"',
    );
  return contents.items.map((pair: Pair) => {
    const range = isScalar(pair.key) ? pair.key.range : undefined;
    const value: unknown = isNode(pair.value) ? pair.value.toJS(document, { maxAliasCount: -1 }) : null;
    return { key: String(pair.key), value, place: placeOf(range?.[0] ?? 0) };
  });
}

/** @throws {UserError} if the text is nested so deeply that the parser gives up, exit code 2 */
function parse(text: string, source: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text.replace(/^\ufeff/, ''), { lineCounter, prettyErrors: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badUsage(`${source}: lists or keys are nested too deeply`, 'write each line as "name: value"');
  }
}

/** Returns the error for a key that is neither a setting nor one of the other keys that the file may contain. */
export function unknownKey({ key, place }: FileEntry, others: readonly string[]): Error {
  const nearest = nearestName(key, [...ALL_SETTINGS, ...others]);
  return badUsage(
    `${place}: unknown setting ${JSON.stringify(key)}`,
    nearest === undefined ? 'rnn init -o - lists all settings' : `did you mean ${nearest}?`,
  );
}
