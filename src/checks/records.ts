import { UserError } from '../errors.js';
import type {
  ConversionIssue,
  ConversionIssueKind,
  CorpusItem,
  CorpusReader,
  CorpusReading,
  Format,
} from '../formats/format.js';
import { createSentenceCutter, type SentenceCutter, sentencesOf } from '../formats/text-to-sentences.js';
import { createTokenMending } from '../formats/uncovered-text.js';
import type { WhiteSpaceFilter } from '../formats/white-space-tokens.js';
import type { FindingKind, FindingLog, Place } from './findings.js';
import type { PlacedSentence } from './sentence-store.js';

/** After so many broken records reading stops: the file has another format. */
const MOST_BROKEN = 1000;

const KINDS_OF_ISSUES: Readonly<Record<ConversionIssueKind, FindingKind>> = {
  'overlapping span': 'overlapping-span',
  'discontinuous span': 'discontinuous-span',
  'span without a token': 'empty-span',
  'span trimmed': 'span-edge',
  'token cut': 'offset-in-token',
  'span elsewhere': 'empty-span',
  label: 'not-held',
  tag: 'not-held',
  token: 'not-held',
  'token boundaries': 'not-held',
  'white-space token': 'white-space-token',
  'uncovered text': 'uncovered-text',
  'left out': 'not-held',
  record: 'not-held',
  'empty record': 'empty-record',
  'skipped record': 'skipped-record',
  'superseded record': 'skipped-record',
};

/** Shows that a file is one JSON array, of which records may stand on any lines. */
const ARRAY = /^\s*\[\s*(?:[[{\]]|$)/;

/**
 * Reads records of texts or of tokens as the other commands do, but goes on after a record that cannot be read if each record
 * has a line of its own, and reports what tags cannot represent.
 */
export class RecordsReader {
  readonly #file: string;
  readonly #log: FindingLog;
  readonly #reader: CorpusReader;
  readonly #items: ItemsReader;
  readonly #encoder = new TextEncoder();
  #line = 0;
  #broken = 0;
  /** Whether the file is one array; undefined until a line shows it. */
  #isArray: boolean | undefined;
  /** The line before, which ends in a line feed if another one follows it. */
  #before: string | undefined;

  constructor(
    file: string,
    format: Format,
    options: CorpusReading,
    log: FindingLog,
    take: (sentence: PlacedSentence) => void,
  ) {
    this.#file = file;
    this.#log = log;
    this.#items = new ItemsReader(file, log, take);
    this.#reader = format.createReader(file, options, (issue) => addIssue(issue, log));
  }

  push(line: string): void {
    if (this.#before !== undefined) this.#read(`${this.#before}\n`);
    this.#before = line;
  }

  end(): void {
    this.#read(this.#before ?? '');
    if (!this.#isStopped) this.#try(() => this.#reader.end());
    this.#items.end();
  }

  /** Whether reading has stopped: after an error in an array, and after so many that the file must have another format. */
  get #isStopped(): boolean {
    return this.#broken >= (this.#isArray ? 1 : MOST_BROKEN);
  }

  #read(line: string): void {
    this.#line++;
    if (this.#isArray === undefined && line.trim() !== '') this.#isArray = ARRAY.test(line);
    if (!this.#isStopped) this.#try(() => this.#reader.push(this.#encoder.encode(line)));
  }

  #try(read: () => readonly CorpusItem[]): void {
    try {
      this.#items.push(read());
    } catch (error) {
      addRefusal(error, this.#file, this.#line, this.#log);
      this.#broken++;
    }
  }
}

/** Takes items of a corpus, and gives their sentences, each token with the line of its record. */
export class ItemsReader {
  readonly #file: string;
  readonly #log: FindingLog;
  readonly #take: (sentence: PlacedSentence) => void;
  readonly #cut: SentenceCutter;
  readonly #mending: WhiteSpaceFilter;
  #count = 0;

  constructor(file: string, log: FindingLog, take: (sentence: PlacedSentence) => void) {
    this.#file = file;
    this.#log = log;
    this.#take = take;
    this.#cut = createSentenceCutter((issue) => addIssue(issue, log));
    this.#mending = createTokenMending((issue) => addIssue(issue, log));
  }

  push(items: readonly CorpusItem[]): void {
    for (const { tokens, tags, document, line } of sentencesOf(
      this.#mending.take(items, this.#file),
      this.#file,
      this.#cut,
    )) {
      this.#count++;
      this.#take({ tokens, tags, document, file: this.#file, lines: tokens.map(() => line) });
    }
  }

  end(): void {
    this.#mending.end();
    if (this.#count === 0) this.#log.add('no-sentence', { file: this.#file, line: 1, what: 'no sentence in it' });
  }
}

/** Reports what the reader of items had to leave out or change. */
export function addIssue({ kind, place, what }: ConversionIssue, log: FindingLog): void {
  log.add(KINDS_OF_ISSUES[kind], { ...placeIn(place), what });
}

function addRefusal(error: unknown, file: string, line: number, log: FindingLog): void {
  if (!(error instanceof UserError)) throw error;
  const { message } = error;
  const [, placed, what = message] = /^(.*?:\d+(?: \(record \d+\))?): (.*)$/s.exec(message) ?? [];
  const place = placed !== undefined && message.startsWith(`${file}:`) ? placeIn(placed) : { file, line };
  log.add('broken-record', { ...place, what });
}

/** Splits `file:line`, to which the number of a record may be added; the line is 1 if none is given. */
function placeIn(place: string): Omit<Place, 'what'> {
  const [, file = place, line = '1', record] = /^(.*?):(\d+)(?: \(record (\d+)\))?$/s.exec(place) ?? [];
  return { file, line: Number(line), ...(record !== undefined && { record: Number(record) }) };
}
