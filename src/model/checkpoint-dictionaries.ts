import * as z from 'zod';
import { Dictionaries, MOST_DICTIONARIES } from '../text/dictionaries.js';
import { SortedWords } from '../text/sorted-words.js';
import { damaged } from './checkpoint-numbers.js';
import { listOf } from './few-problems.js';

/** The schema of dictionaries in a checkpoint: names as `SortedWords` encodes words. */
export const storedDictionaries = listOf(z.strictObject({ label: z.string().min(1), names: z.string() }), {
  atLeast: 1,
  atMost: MOST_DICTIONARIES,
});

/** Dictionaries as a checkpoint stores them. */
export type StoredDictionaries = z.output<typeof storedDictionaries>;

/** Returns dictionaries as a checkpoint stores them. */
export function encodeDictionaries({ list }: Dictionaries): StoredDictionaries {
  return list.map(({ label, names }) => ({ label, names: names.encode() }));
}

/**
 * Reads the dictionaries of a checkpoint.
 *
 * @throws {UserError} if they are damaged, exit code 3
 */
export function decodeDictionaries(stored: StoredDictionaries, source: string): Dictionaries {
  if (new Set(stored.map(({ label }) => label)).size !== stored.length)
    throw damaged(source, 'it has two dictionaries of one label');
  return new Dictionaries(
    stored.map(({ label, names: text }) => {
      const names = SortedWords.decode(text);
      if (!names) throw damaged(source, `the names of its dictionary ${label} are not in order`);
      return { label, names };
    }),
  );
}
