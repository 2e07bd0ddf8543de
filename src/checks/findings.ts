import { showUnseen } from './unseen.js';

/**
 * How severe a finding is: an error is certainly a mistake; a warning is probably one, or makes scores mean less than they
 * seem to; a note is good to know before training.
 */
export type Severity = 'error' | 'warning' | 'note';

interface Kind {
  readonly severity: Severity;
  /** Name of what was found, in the plural. */
  readonly title: string;
  /** Advice on what to do. */
  readonly advice: string;
}

const kindOf =
  (severity: Severity) =>
  (title: string, advice: string): Kind => ({ severity, title, advice });
const error = kindOf('error');
const warning = kindOf('warning');
const note = kindOf('note');

/** Everything that a check can find, in the order in which reports list it: what concerns entities stands before the rest. */
export const KINDS = {
  'no-sentence': error(
    'files without a sentence that can be read',
    'each line holds a token and its tag, as in "London B-LOC"; see --token-column and --tag-column',
  ),
  'utf-16': error('files in UTF-16', 'the other commands expect UTF-8: convert it with iconv, or use --repair'),
  'wrong-encoding': error(
    'lines that are not UTF-8',
    'convert them with iconv; if a file mixes encodings, convert only these lines; --keep-going leaves them out',
  ),
  'nul-byte': error(
    'lines with a NUL byte, which no text contains',
    'the other commands stop here, or leave the line out with --keep-going; is it UTF-16? convert it with iconv; --repair removes the bytes',
  ),
  'long-line': error(
    'lines of over 1 MB',
    'the other commands stop here, or leave them out with --keep-going; is it a corpus? see --from',
  ),
  'wrong-columns': error(
    'lines with a wrong number of columns',
    'one tab, or spaces, between token and tag; see --token-column and --tag-column; the other commands stop here, or leave the sentence out with --keep-going',
  ),
  'empty-field': error(
    'lines whose token or tag is empty',
    'fill it in, or remove the line; the other commands stop here, or leave the sentence out with --keep-going',
  ),
  'broken-record': error(
    'records that cannot be read',
    'the other commands stop here, or leave the record out with --keep-going; see --from',
  ),
  'empty-span': error('spans that cover no token of the text', 'remove them, or check their offsets'),
  'overlapping-span': error(
    'spans that overlap others',
    'a token has one tag, and training leaves them out: keep one of each two; --repair does if they are identical',
  ),
  'discontinuous-span': error(
    'spans of several pieces',
    'tags can only represent spans of one piece: label each piece, or everything from first to last',
  ),
  'padded-field': error(
    'tokens and tags with spaces around them, between tabs',
    'remove the spaces, or use --repair: "B-PER " is another tag than "B-PER"',
  ),
  'mixed-schemes': error(
    'sentences whose tags follow another scheme than most sentences',
    'write all sentences in one scheme',
  ),
  'lone-tag': error(
    'tags that are neither the outside tag nor a prefix and a label',
    'they are read as no entity; write the intended tag',
  ),
  'ill-formed-tag': error(
    'tags that the scheme does not allow where they stand',
    'they are read as conlleval reads them, and other scorers differ; in columns, --repair spells them as they are read',
  ),
  'offset-in-token': warning(
    'offsets that do not fall on tokens',
    'the token is cut there; check the offset, or see --offsets codepoints if emoji stand before it, which Python counts as one',
  ),
  'not-held': warning(
    'records, tokens and labels that training cannot use as they are',
    'they are left out or changed, as each message says',
  ),
  'scheme-slip': warning(
    'entities that begin with B- as in IOB2, in a corpus of IOB1',
    'all scorers read them as the same entities; in columns, --repair spells them with I-',
  ),
  'several-schemes': warning(
    'parts of the data that follow another scheme than the training corpus',
    'write all parts in one scheme',
  ),
  'outside-unnamed': warning(
    'corpora that seem to hold names without B- and I-',
    'name the tag of all other tokens with --outside, or every token counts as labelled',
  ),
  'label-variants': warning(
    'labels that differ only by case or look like a typo',
    'use one label if they mean the same',
  ),
  'rare-label': warning(
    'labels with fewer than 20 examples in the training corpus',
    'these are too few to learn from: label more sentences, or merge the label with another',
  ),
  'unseen-label': warning(
    'labels of dev or test that the training corpus lacks',
    'they count as missed; divide the data differently, or remove the label',
  ),
  'span-edge': warning(
    'entities that begin or end with punctuation or white space',
    'leave it outside of the entity, unless it belongs to the name; --repair leaves out white space',
  ),
  'inconsistent-label': warning(
    'words labelled differently between the same neighbours',
    'decide which label is right; if in doubt, add a rule to the annotation guideline',
  ),
  'conflicting-duplicate': warning(
    'sentences that occur twice and are labelled differently',
    'decide which labels are right',
  ),
  'shared-sentence': warning(
    'sentences of dev or test that are also in another part',
    'the score then counts what was memorised; remove them from the training corpus',
  ),
  'duplicate-sentence': warning(
    'sentences with an entity that occurred before in the same part',
    'they weigh more in training; remove them unless they are intended',
  ),
  'control-character': warning(
    'tokens and tags with control characters',
    'remove the characters; --repair does in columns',
  ),
  'invisible-character': warning(
    'tokens and tags with invisible characters, such as zero-width spaces',
    'remove the characters, or the word is not what it seems; --repair does in columns if something is left of the word',
  ),
  'garbled-text': warning('tokens that were decoded with a wrong encoding', 'take the text from its source again'),
  'two-spellings': warning(
    'tokens that write letter and accent as two characters, which other lines write as one',
    'use one Unicode form, NFC; --repair does in columns',
  ),
  'white-separator': warning(
    'lines between sentences that contain white space',
    'other readers expect them to be empty and may join the sentences; --repair empties them',
  ),
  'mixed-line-ends': warning(
    'lines that end in CRLF or LF, unlike most lines',
    'use one of the two; --repair writes LF',
  ),
  'mixed-separators': warning(
    'lines whose columns are separated differently from most lines',
    'use tabs everywhere, or spaces; --repair writes tabs if most lines have them',
  ),
  'space-in-token': warning(
    'tokens that contain a space',
    'readers that split at any white space see another column there',
  ),
  'long-sentence': warning('sentences of more than 200 tokens', 'check whether an empty line is missing'),
  'uncovered-text': warning(
    'files with text that is in no token',
    'training and rnn convert cut it into tokens; rnn eval and rnn tag take the tokens as they are',
  ),
  'white-space-token': note(
    'files with tokens of white space alone',
    'training and rnn convert leave them out, and keep the spans; rnn eval and rnn tag keep a line for each',
  ),
  'unknown-tag': note(
    'tokens whose tag is not known',
    'training takes any tag that fits there, and they count in no score; --unknown-tag names another tag for them',
  ),
  'no-beginnings': note(
    'corpora in which no tag begins with B-',
    'adjacent entities with the same label cannot be told apart',
  ),
  'no-capitals': note(
    'corpora without capital letters',
    'the shape of a word tells the network little; do not expect it to tag text with capitals well',
  ),
  'comment-like': note(
    'tokens that begin a line with #',
    'they are read as tokens; other readers may take the line for a comment',
  ),
  'tag-is-token': note(
    'tags that are the token itself',
    'this is usual for punctuation among parts of speech; otherwise see --tag-column',
  ),
  'field-header': note(
    'headers, a word and a dash or colon, that begin many sentences',
    'they come from the layout of the source; text to be tagged may not have them',
  ),
  'repeated-sentence': note(
    'repeated sentences of one token or without an entity',
    'this is usual for headlines, greetings and lone marks; they do little harm',
  ),
  'empty-record': note(
    'records whose text holds no token',
    'they are no sentences: training and rnn convert to columns leave them out',
  ),
  'skipped-record': note(
    'records that their annotators left out of the corpus, or replaced by later ones',
    'this is usual for answers such as "reject" and "skip"; training leaves the records out too',
  ),
} as const;

export type FindingKind = keyof typeof KINDS;

/** A place, and what was found there. */
export interface Place {
  readonly file: string;
  /** Line number, from 1. */
  readonly line: number;
  /** Number of the record in an array, from 1, of which several may stand in a line. */
  readonly record?: number | undefined;
  readonly what: string;
}

/** All findings of one kind. */
export interface CheckFinding extends Kind {
  readonly kind: FindingKind;
  readonly count: number;
  /** The count in each file, including places that are not kept, and its first places in the order of lines. */
  readonly files: readonly { readonly file: string; readonly count: number; readonly places: readonly Place[] }[];
}

/** How many places of a kind are kept of each file at most, so that memory is bounded however much is found. */
export const MOST_PLACES = 10_000;
/** Longer descriptions are cut. */
const LONGEST_DESCRIPTION = 1000;

/** The number of places of one kind in one file, and the first of them. */
export class Places {
  count = 0;
  readonly #most: number;
  #kept: Place[] = [];
  /** Places behind this line are not among the first. */
  #last = Number.POSITIVE_INFINITY;

  constructor(most: number) {
    this.#most = most;
  }

  add(file: string, line: number, description: string, record?: number): void {
    this.count++;
    if (line >= this.#last) return;
    const isLong = description.length > LONGEST_DESCRIPTION;
    const what = showUnseen(isLong ? `${description.slice(0, LONGEST_DESCRIPTION)}...` : description);
    this.#kept.push({ file, line, ...(record !== undefined && { record }), what });
    if (this.#kept.length < 2 * this.#most) return;
    this.#kept = this.first();
    this.#last = this.#kept.at(-1)?.line ?? 0;
  }

  /** Adds places of which only the first are known. */
  addAll(places: Places): void {
    const first = places.first();
    for (const { file, line, what, record } of first) this.add(file, line, what, record);
    this.count += places.count - first.length;
  }

  /** Returns the first places, in the order of lines. */
  first(): Place[] {
    return [...this.#kept].sort((a, b) => a.line - b.line).slice(0, this.#most);
  }
}

/** Collects what the checks find: it counts everything, and keeps the first places of each kind and file. */
export class FindingLog {
  readonly #found = new Map<FindingKind, Map<string, Places>>();
  readonly #most: number;

  /** @param most how many places of each kind are kept of each file */
  constructor(most: number = MOST_PLACES) {
    this.#most = Math.min(most, MOST_PLACES);
  }

  add(kind: FindingKind, { file, line, what, record }: Place): void {
    this.#placesOf(kind, file).add(file, line, what, record);
  }

  /** Creates a collector of places of which it is not known yet whether they are findings. */
  createPlaces(): Places {
    return new Places(this.#most);
  }

  /** Adds places in a file, now that they are findings. */
  addAll(kind: FindingKind, file: string, places: Places): void {
    if (places.count > 0) this.#placesOf(kind, file).addAll(places);
  }

  /** Returns all findings, the most severe first. */
  findings(): CheckFinding[] {
    const kinds = Object.keys(KINDS) as FindingKind[];
    return kinds.flatMap((kind) => {
      const found = this.#found.get(kind);
      if (!found) return [];
      const files = [...found].map(([file, places]) => ({ file, count: places.count, places: places.first() }));
      return [{ kind, ...KINDS[kind], count: files.reduce((sum, { count }) => sum + count, 0), files }];
    });
  }

  #placesOf(kind: FindingKind, file: string): Places {
    const files = this.#found.get(kind) ?? new Map<string, Places>();
    const places = files.get(file) ?? this.createPlaces();
    this.#found.set(kind, files.set(file, places));
    return places;
  }
}

/** Joins findings of different files, and leaves out those without a place. */
export function mergeFindings(findings: readonly CheckFinding[], others: readonly CheckFinding[]): CheckFinding[] {
  const kinds = Object.keys(KINDS) as FindingKind[];
  return kinds.flatMap((kind) => {
    const ofKind = [...findings, ...others].filter((finding) => finding.kind === kind && finding.count > 0);
    const [first] = ofKind;
    const count = ofKind.reduce((sum, finding) => sum + finding.count, 0);
    return first ? [{ ...first, count, files: ofKind.flatMap(({ files }) => files) }] : [];
  });
}

/** Tells whether a finding is certainly a mistake. */
export function isError({ severity }: CheckFinding): boolean {
  return severity === 'error';
}

/** Tells whether a finding must be mended by hand if no repair does: an error, or a span that is probably shifted. */
export function isMistake({ severity, kind }: CheckFinding): boolean {
  return severity === 'error' || kind === 'offset-in-token';
}

/** Refers to a place from a file: by its line alone if it is in the same file. */
export function referTo({ file, line }: Pick<Place, 'file' | 'line'>, from: string): string {
  return file === from ? `line ${line}` : `${file}:${line}`;
}
