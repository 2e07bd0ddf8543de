import { formatOf, HEAD } from '../../checks/corpus.js';
import type { LabelledCorpus } from '../../corpora/read-corpus.js';
import type { SentencePlace } from '../../corpora/sentence-places.js';
import { readTokenLines, type TokenLines } from '../../corpora/token-lines.js';
import { badInput, badUsage } from '../../errors.js';
import { withoutUnlabelled, withSpansOfRecord, withTag, withTagsOfRecord } from '../../formats/changed-lines.js';
import type { CorpusReading, Format } from '../../formats/format.js';
import type { Decision } from '../../formats/review-decisions.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { at } from '../../text/at.js';
import { locateTokens } from '../../text/locate-tokens.js';
import { createScoredReader, hasSpans, inBilou, type Scheme, tagsOf } from '../../text/scheme.js';
import type { Sentence, Span } from '../../text/sentence.js';

/** A sentence whose spans change, or of which some tokens had no known tag. */
export interface Change {
  readonly index: number;
  readonly sentence: Sentence;
  readonly place: SentencePlace;
  readonly decision: Decision;
  readonly before: readonly Span[];
  readonly after: readonly Span[];
}

/** Tells whether spans are the same as others. */
export function areSame(spans: readonly Span[], others: readonly Span[]): boolean {
  return JSON.stringify(spans.map(plain)) === JSON.stringify(others.map(plain));
}

/** A file that can be corrected. */
export interface Correction {
  /** Returns the text of the file with changes to its sentences. */
  apply(changes: readonly Change[]): string;
}

/**
 * Opens a file to correct it.
 *
 * @throws UserError if nothing can be corrected in its format, exit code 2
 */
export async function openCorrection(
  path: string,
  reading: CorpusReading,
  corpus: LabelledCorpus,
): Promise<Correction> {
  const bytes = await readBytes(path);
  const lines = decodeText(bytes, nameOf(path)).split('\n');
  const format = formatOf({ name: nameOf(path), bytes: bytes.subarray(0, HEAD) }, reading.from);
  if ((format.holds === 'texts' || format.name === 'tokens') && /^\uFEFF?\s*\[/.test(lines[0] ?? ''))
    throw badUsage(`${nameOf(path)}: one list of records, and --apply corrects a record a line`, convertHint(path));
  const change = changerOf(format, await readTokenLines(path, reading), reading, corpus, path);
  return {
    apply(changes) {
      const changed = [...lines];
      for (const each of changes) change(changed, each);
      return changed.join('\n');
    },
  };
}

function convertHint(path: string): string {
  return `convert it first, and review that: rnn convert ${path} --to jsonl`;
}

/** Changes the lines of a sentence, in place. */
type Changer = (lines: string[], change: Change) => void;

function changerOf(
  format: Format,
  tokenLines: TokenLines | undefined,
  { tagNames, offsets }: CorpusReading,
  { sentences, files, scheme }: LabelledCorpus,
  path: string,
): Changer {
  const isBilou = sentences.some(({ tags }) => tags.some((tag) => /^[LU]-/.test(tag)));
  const spell = (change: Change): (string | undefined)[] => changedTags(change, scheme, isBilou);
  if (tokenLines)
    return (lines, change) => {
      for (const [t, tag] of spell(change).entries()) {
        const line = at(change.place.lines, t) - 1;
        if (tag !== undefined) lines[line] = withTag(at(lines, line), tag, tokenLines.layout);
      }
    };
  if (format.name === 'tokens')
    return (lines, change) => {
      const line = change.sentence.line - 1;
      lines[line] = withTagsOfRecord(at(lines, line), spell(change), tagNames);
    };
  if (format.name === 'jsonl') {
    if (offsets === 'codepoints')
      throw badUsage('--apply corrects offsets that count UTF-16 units, not code points', convertHint(path));
    const own = sentences.filter((_, index) => files[index] === nameOf(path));
    return (lines, change) => changeRecord(lines, change, own);
  }
  throw badUsage(
    `${nameOf(path)}: --apply corrects columns, JSON lines of tokens and tags, and of texts and spans, not ${format.name}`,
    convertHint(path),
  );
}

/**
 * Returns the tags of a sentence that change; undefined for those that stay as they are written.
 *
 * @throws UserError if tags of the scheme cannot spell the spans, exit code 3
 */
function changedTags(
  { sentence, decision, before, after }: Change,
  scheme: Scheme,
  isBilou: boolean,
): (string | undefined)[] {
  const { length } = sentence.tokens;
  const spell = (spans: readonly Span[]): string[] => {
    const tags = tagsOf(spans, length, scheme);
    return isBilou && scheme.name === 'bioes' ? tags.map(inBilou) : tags;
  };
  const read = createScoredReader(scheme);
  const isSpelt = (tags: readonly string[]): boolean => areSame(read(tags), after);
  const [old, spelt] = [spell(before), spell(after)];
  const isWritten = (t: number): boolean => !hasSpans(scheme) || sentence.possible?.[t] === undefined;
  const changed = spelt.map((tag, t) => (tag === old[t] && isWritten(t) ? undefined : tag));
  if (isSpelt(sentence.tags.map((tag, t) => changed[t] ?? tag))) return changed;
  const isWhole = hasSpans(scheme) || after.length === length;
  if (isWhole && isSpelt(spelt))
    return spelt.map((tag, t) => (tag === sentence.tags[t] && isWritten(t) ? undefined : tag));
  throw badInput(
    `${decision.place}: ${decision.id}: the tags of the corpus cannot spell these spans`,
    hasSpans(scheme) ? 'spans of one label touch' : 'each token needs one tag',
  );
}

function plain({ label, start, end }: Span): Span {
  return { label, start, end };
}

/** Changes the spans of a record of a text, of which the sentence may be a part. */
function changeRecord(lines: string[], { sentence, decision, before, after }: Change, all: readonly Sentence[]): void {
  const line = sentence.line - 1;
  const record = JSON.parse(at(lines, line).replace(/^\uFEFF/, ''));
  const text = String(record.text);
  const own = all.filter((each) => each.line === sentence.line);
  const places = locateTokens(
    own.flatMap(({ tokens }) => tokens),
    text,
  );
  if (!places)
    throw badInput(
      `${decision.place}: ${decision.id}: its record has text between the tokens`,
      'correct the record by hand',
    );
  const first = own.slice(0, own.indexOf(sentence)).reduce((sum, { tokens }) => sum + tokens.length, 0);
  const inText = ({ label, start, end }: Span): Span => ({
    label,
    start: at(places, first + start).start,
    end: at(places, first + end - 1).end,
  });
  const shift = typeof record.start === 'number' && record.end === record.start + text.length ? record.start : 0;
  const closed = withoutUnlabelled(
    at(lines, line),
    { start: at(places, first).start, end: at(places, first + sentence.tokens.length - 1).end },
    shift,
  );
  const changed = areSame(before, after)
    ? closed
    : withSpansOfRecord(closed, before.map(inText), after.map(inText), shift);
  if (changed === undefined)
    throw badInput(
      `${decision.place}: ${decision.id}: the record has spans that do not begin and end where tokens do`,
      'see rnn check; offsets must count UTF-16 units',
    );
  lines[line] = changed;
}
