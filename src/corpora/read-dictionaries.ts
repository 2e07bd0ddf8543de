import { badInput, badUsage } from '../errors.js';
import { nameOf, streamBytes } from '../node/files.js';
import { readLines } from '../node/lines.js';
import { type Dictionary, MOST_DICTIONARIES } from '../text/dictionaries.js';
import { SortedWords } from '../text/sorted-words.js';
import type { Tokenizer } from '../text/tokenizer.js';

/** A file of names, one a line, and what they are names of. */
export interface DictionaryFile {
  readonly label: string;
  readonly file: string;
}

/**
 * Reads files of names, gzip too; those of one label become one dictionary, in the order of labels.
 *
 * @param tokenize cuts names into tokens as the corpus has them
 * @throws UserError if there are too many labels, exit code 2; if a file cannot be read or has no name, exit code 3
 */
export async function readDictionaries(files: readonly DictionaryFile[], tokenize: Tokenizer): Promise<Dictionary[]> {
  const names = new Map<string, Set<string>>();
  for (const { label, file } of files) {
    const own = names.get(label) ?? new Set<string>();
    names.set(label, own);
    const before = own.size;
    const source = nameOf(file);
    let lines = 0;
    for await (const group of readLines(streamBytes(file), source))
      for (const line of group) {
        if (typeof line !== 'string') throw badInput(line.error);
        const tokens = tokenize(line).map(({ text }) => text);
        if (tokens.length === 0) continue;
        own.add(tokens.join(' '));
        lines++;
      }
    if (lines === 0 && own.size === before)
      throw badInput(`${source}: no name in it`, 'a dictionary has a name a line');
  }
  if (names.size > MOST_DICTIONARIES)
    throw badUsage(
      `expected at most ${MOST_DICTIONARIES} dictionaries, found ${names.size}`,
      'several files can have one label',
    );
  return [...names].map(([label, own]) => ({ label, names: SortedWords.of([...own].sort()) }));
}
