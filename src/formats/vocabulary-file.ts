import * as z from 'zod';
import { badInput } from '../errors.js';
import { Vocabulary } from '../text/vocabulary.js';

const schema = z.strictObject({
  format: z.literal('rnn-vocabulary'),
  version: z.literal(1),
  lowercase: z.boolean(),
  foldDigits: z.boolean(),
  words: z.array(z.string()),
});

/** Writes a vocabulary as JSON, one word per line, the most frequent first. */
export function writeVocabulary({ form, words }: Vocabulary): string {
  return `${JSON.stringify({ format: 'rnn-vocabulary', version: 1, ...form, words }, null, 1)}\n`;
}

/**
 * Reads what `writeVocabulary` wrote.
 *
 * @param source name of the file in messages
 * @throws {UserError} with exit code 3 if the text is not a vocabulary
 */
export function readVocabulary(text: string, source: string): Vocabulary {
  const hint = 'a vocabulary is what "rnn vocab CORPUS -o FILE" writes';
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw badInput(`${source}: expected a vocabulary, found no JSON (${(error as Error).message})`, hint);
  }
  const content = schema.safeParse(json);
  if (!content.success) throw badInput(`${source}: expected a vocabulary: ${z.prettifyError(content.error)}`, hint);
  const { words, lowercase, foldDigits } = content.data;
  if (new Set(words).size !== words.length) throw badInput(`${source}: it contains a word twice`, hint);
  return new Vocabulary(words, { lowercase, foldDigits });
}
