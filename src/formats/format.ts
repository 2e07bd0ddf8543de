import * as z from 'zod';
import { badUsage } from '../errors.js';
import type { AnnotatedText, Sentence } from '../text/sentence.js';
import type { ConllColumns } from './conll-layout.js';

/** An item of a corpus: a sentence of tokens with tags, or a text with character spans, by the corpus's format. */
export type CorpusItem = Sentence | AnnotatedText;

/** Something that a format could not hold as it is, so that it was left out or changed, and where it stands. */
export interface ConversionIssue {
  readonly kind: ConversionIssueKind;
  /** `file:line`. */
  readonly place: string;
  /** A text for users that says what happened and why, as in `PER "Ada" (0 to 3) overlaps PER "Ada Lovelace"; left out`. */
  readonly what: string;
}

/**
 * All lose something but four: `token cut`, where a span ends inside a token, which then becomes two, `empty record`, whose text
 * holds no token, `skipped record`, which its annotator left out of the corpus, and `superseded record`, which its annotator
 * replaced by a later one. Of `white-space token` and `left out` there is one issue a file.
 */
export type ConversionIssueKind =
  | 'overlapping span'
  | 'discontinuous span'
  | 'span without a token'
  | 'span trimmed'
  | 'span elsewhere'
  | 'label'
  | 'tag'
  | 'token'
  | 'token cut'
  | 'token boundaries'
  | 'white-space token'
  | 'uncovered text'
  | 'left out'
  | 'record'
  | 'empty record'
  | 'skipped record'
  | 'superseded record';

/** Is told of each issue as it occurs. */
export type Report = (issue: ConversionIssue) => void;

/** What makes a line or a record unreadable. */
export type RefusalKind =
  | 'wrong-columns'
  | 'empty-field'
  | 'long-line'
  | 'broken-record'
  | 'wrong-encoding'
  | 'nul-byte';

/** A line or a record that cannot be read. */
export interface Refusal {
  readonly kind: RefusalKind;
  /** Number of the line, from 1. */
  readonly line: number;
  /** A text for users that says what was expected and found. */
  readonly what: string;
}

/** Is told of each line or record that cannot be read, which is left out; so is the sentence of a line. */
export type OnRefusal = (refusal: Refusal) => void;

/** Takes a file piece by piece, gives what each piece completes: a file and an endless stream are read alike. */
export interface CorpusReader {
  /** Number of lines that were taken. */
  readonly lines: number;
  /**
   * Takes the next piece: valid UTF-8 that ends with a line feed or with the file; one that does not, and is not the
   * last, holds a line of over 1 MB.
   *
   * @throws UserError with `source:line`, exit code 3
   */
  push(piece: Uint8Array): CorpusItem[];
  /** Gives what the end of the file completes. */
  end(): CorpusItem[];
}

/** Takes the items of a corpus, gives the text of a file. */
export interface CorpusWriter<Item extends CorpusItem> {
  /** @param source name of the file that the item comes from, in issues */
  write(item: Item, source: string): string;
  /** Returns the text that closes the file. */
  end(): string;
}

interface AnyFormat {
  readonly name: string;
  /** For help and messages, as in `JSON lines of Prodigy`. */
  readonly title: string;
  /** The options about tags, columns and offsets that its reader has a use for. */
  readonly heeds: readonly FormatOption[];
  /**
   * Creates a reader of one file.
   *
   * @param source name of the file in messages
   */
  createReader(source: string, options: ReaderOptions, report: Report): CorpusReader;
  /** Whether the beginning of a file (64 kB or less) can be nothing else. */
  isCertain(head: string): boolean;
}

/** A format of tokens and tags. */
export interface SentenceFormat extends AnyFormat {
  readonly holds: 'sentences';
  /** Returns the columns of the token and the tag, if each line of a file is a token; every reader of such files takes them from here. */
  readonly columnsOf?: (options: CorpusReading) => ConllColumns;
  createWriter(report: Report, options: CorpusReading): CorpusWriter<Sentence>;
}

/** A format of texts and character offsets. */
export interface TextFormat extends AnyFormat {
  readonly holds: 'texts';
  /** Whether it says where tokens begin and end; else they are found in the text. */
  readonly holdsTokens: boolean;
  /** Whether it says which document a text belongs to. */
  readonly holdsDocuments: boolean;
  /** Whether it says what nobody has labelled. */
  readonly holdsUnlabelled: boolean;
  createWriter(report: Report, options: CorpusReading): CorpusWriter<AnnotatedText>;
}

export type Format = SentenceFormat | TextFormat;

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
  /** The names of the numbers in Hugging Face's `ner_tags`. */
  tagNames: z.array(z.string()).readonly().optional(),
  /** The unit that character offsets count; by default the one that the format is known to use. */
  offsets: z.enum(['utf16', 'codepoints']).optional(),
  /** The tag of tokens outside all names; by default `O`, and none among plain tags. */
  outside: z.string().optional(),
  /** The tag of tokens whose tag is not known; by default `?` where tags have prefixes, and none among plain tags. */
  unknownTag: z.string().optional(),
});

/** An option about the reading of a corpus that some formats have no use for. */
export type FormatOption = 'tokenColumn' | 'tagColumn' | 'tagNames' | 'offsets' | 'unknownTag';

/** What some commands do with files that are not as they should be. */
const toleranceSchema = z.strictObject({
  /** Whether what cannot be read is left out, and told, instead of ending the work. */
  keepsGoing: z.boolean().optional(),
  /** Whether what can be repaired for certain is repaired in memory. */
  repairs: z.boolean().optional(),
});

export type CorpusReading = Readonly<z.infer<typeof corpusReadingSchema> & z.infer<typeof toleranceSchema>>;

/** How one file is read. */
export interface ReaderOptions extends CorpusReading {
  /** Whether to report, once a file, the fields of records that are neither text nor labels, which conversion loses. */
  readonly namesFields?: boolean | undefined;
  /** Without it, the first line or record that cannot be read is thrown. */
  readonly onRefusal?: OnRefusal | undefined;
  /** The number of columns that most lines have, if it is known. */
  readonly columnCount?: number | undefined;
}

export type OffsetUnit = NonNullable<CorpusReading['offsets']>;

/**
 * Returns what options say about how a corpus is read, and nothing else of them.
 *
 * @throws UserError if a value is not allowed, exit code 2
 */
export function readingOf(options: CorpusReading): CorpusReading {
  const parsed = corpusReadingSchema.extend(toleranceSchema.shape).strip().safeParse(options);
  if (!parsed.success) throw badUsage(`the corpus cannot be read so: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
