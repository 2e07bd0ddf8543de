import { badInput } from '../errors.js';
import type { ConllColumns } from '../formats/conll-layout.js';
import type { ConversionIssue, CorpusItem, CorpusReading, Format } from '../formats/format.js';
import { detectFormat, formatNamed } from '../formats/formats.js';
import { NumberList } from '../text/number-list.js';
import { checkCharacters } from './characters.js';
import { ColumnsReader } from './columns.js';
import { checkConsistency } from './consistency.js';
import { type CheckFinding, FindingLog, isMistake } from './findings.js';
import { checkLabels, LabelCounts } from './labels.js';
import { LineReader, type RawFile } from './lines.js';
import { type Part, PartBuilder, type PartName, type SentenceCheck } from './part.js';
import { addIssue, ItemsReader, RecordsReader } from './records.js';
import { SentenceIndex, SentenceStore } from './sentence-store.js';
import { checkHeaders, checkSentences } from './sentences.js';
import { checkSpanEdges } from './spans.js';
import { Measure, type PartStatistics } from './statistics.js';
import { checkSchemes, checkTags, checkTokens } from './tags.js';

/** How many bytes of a file are examined to find its format. */
export const HEAD = 1_000_000;

export interface CheckSettings extends CorpusReading {
  /** How many places of each kind are kept of each file; undefined keeps as many as are ever kept. */
  readonly places?: number | undefined;
}

export interface CheckResult {
  readonly statistics: readonly PartStatistics[];
  /** The most severe first. */
  readonly findings: readonly CheckFinding[];
}

/** Takes the bytes of a file, or the items that were read of it, in pieces. */
interface PieceReader<Piece> {
  push(piece: Piece): void;
  end(): void;
}

/**
 * Finds everything that is wrong with a corpus, from bytes to labels, and measures the corpus. It takes files in pieces, part after
 * part, and keeps of them a few bytes a token.
 */
export class CorpusCheck {
  readonly #settings: CheckSettings;
  readonly #log: FindingLog;
  readonly #store = new SentenceStore();
  readonly #builders: PartBuilder[] = [];

  constructor(settings: CheckSettings) {
    this.#settings = settings;
    this.#log = new FindingLog(settings.places);
  }

  /** Begins the next part, to which the files belong that are read from now on. */
  startPart(name: PartName): void {
    this.#builders.push(new PartBuilder(name, this.#store));
  }

  /** Begins a file that has one token, or one record, a line. */
  readFile(name: string, format: Format): PieceReader<Uint8Array> {
    const { outside, unknownTag } = this.#settings;
    const columns = columnsOf(format, this.#settings);
    const part = this.#part();
    const reader = columns
      ? new ColumnsReader(name, { ...columns, outside, unknownTag }, this.#log, (sentence) => part.add(sentence))
      : new RecordsReader(name, format, this.#settings, this.#log, (sentence) => part.add(sentence));
    const lines = new LineReader(name, this.#log, (line) => reader.push(line));
    return {
      push: (bytes) => lines.push(bytes),
      end: () => {
        lines.end();
        reader.end();
      },
    };
  }

  /** Begins a document of which the items are read elsewhere, since it is not in a single file. */
  readItems(name: string): PieceReader<readonly CorpusItem[]> {
    const part = this.#part();
    return new ItemsReader(name, this.#log, (sentence) => part.add(sentence));
  }

  /** Reports what was left out or changed where items are read. */
  addIssue(issue: ConversionIssue): void {
    addIssue(issue, this.#log);
  }

  /** Checks what was read. */
  result(): CheckResult {
    const log = this.#log;
    const parts = this.#builders.map((builder) => builder.finish(this.#settings));
    const earlier: SentenceIndex[] = [];
    const labels: LabelCounts[] = [];
    const measures: Measure[] = [];
    for (const part of parts) {
      const first = new SentenceIndex(this.#store);
      const repeated = new NumberList();
      const counts = new LabelCounts(part);
      const measure = new Measure(
        part,
        part.name === 'train' ? undefined : measures.find(({ part: { name } }) => name === 'train'),
      );
      run(part, [
        ...checkTags(part, log),
        checkCharacters(part, log),
        checkTokens(part, log),
        checkSpanEdges(part, log),
        checkSentences({ first, earlier, isUnknown: part.isUnknown }, (sentence) => repeated.set(sentence, 1), log),
        checkHeaders(part, log),
        counts,
        measure,
      ]);
      checkConsistency(part, log, (sentence) => repeated.get(sentence) === 1);
      earlier.push(first);
      labels.push(counts);
      measures.push(measure);
    }
    checkSchemes(parts, log);
    checkLabels(labels, log);
    return { statistics: measures.map((measure) => measure.statistics()), findings: log.findings() };
  }

  /** Finds, of what `result` does, the mistakes that somebody must mend, in less time. */
  mistakes(): readonly CheckFinding[] {
    for (const builder of this.#builders) {
      const part = builder.finish(this.#settings);
      run(part, checkTags(part, this.#log));
    }
    return this.#log.findings().filter(isMistake);
  }

  #part(): PartBuilder {
    const part = this.#builders.at(-1);
    if (!part) throw new Error('no part was started');
    return part;
  }
}

/** Runs checks over the sentences of a part. */
function run(part: Part, checks: readonly SentenceCheck[]): void {
  for (const sentence of part.sentences()) for (const check of checks) check.take(sentence);
  for (const check of checks) check.end?.();
}

/**
 * Returns the format of a file: the named one, or the one that its beginning shows.
 *
 * @throws {UserError} if it is an annotation file of brat, or JSON that is broken or of an unknown shape
 */
export function formatOf({ name, bytes }: RawFile, from?: string): Format {
  if (from !== undefined) return formatNamed(from);
  const found = detectFormat(new TextDecoder().decode(bytes.subarray(0, HEAD)), name);
  if (found === 'brat')
    throw badInput(`${name}: annotations of brat without their text`, 'name the .ann file, or its folder');
  return found;
}

/** Returns the columns of the token and the tag in a format; undefined if its lines are no tokens. */
export function columnsOf(format: Format, reading: CorpusReading): ConllColumns | undefined {
  return format.holds === 'sentences' ? format.columnsOf?.(reading) : undefined;
}
