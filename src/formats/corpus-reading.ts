import * as z from 'zod';
import { badUsage } from '../errors.js';

const column = z.int().min(1).optional();

/**
 * How the files of a corpus are read, as far as a person says so; what is left out shows in the files. The value goes whole to readers,
 * saved trainings and sweeps, so that a new option is one field here and its flag.
 */
export const corpusReadingSchema = z.strictObject({
  /** Name of a format, one of `FORMAT_NAMES`. */
  from: z.string().optional(),
  /** Column of the token, from 1; by default the first, or the second where lines are numbered. */
  tokenColumn: column,
  /** Column of the tag, from 1; by default the one that holds the tags. */
  tagColumn: column,
  /** What the numbers of Hugging Face's `ner_tags` mean. */
  tagNames: z.array(z.string()).readonly().optional(),
  /** What character offsets count; by default what the format is known to count. */
  offsets: z.enum(['utf16', 'codepoints']).optional(),
  /** The tag of tokens outside all names; by default `O`, and none among plain tags. */
  outside: z.string().optional(),
});

export type CorpusReading = Readonly<z.infer<typeof corpusReadingSchema>>;

export type OffsetUnit = NonNullable<CorpusReading['offsets']>;

/**
 * Returns what options say about how a corpus is read, and nothing else of them.
 *
 * @throws UserError if a value is not allowed, exit code 2
 */
export function readingOf(options: CorpusReading): CorpusReading {
  const parsed = corpusReadingSchema.strip().safeParse(options);
  if (!parsed.success) throw badUsage(`the corpus cannot be read so: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
