import { at } from '../text/at.js';
import { type FindingLog, type Place, referTo } from './findings.js';
import { type LabelledSentence, type Part, placeOf, type SentenceCheck } from './part.js';
import type { PlacedSentence, SentenceIndex } from './sentence-store.js';

/** More tokens than this are rarely a single sentence. */
const LONGEST = 200;

/** A header begins at least so many sentences, and this share of all. */
const FEWEST_OPENED = 20;
const SHARE_OPENED = 0.01;
/** Headers are those of a layout, and stand among the first of so many openings. */
const MOST_OPENINGS = 100_000;
const HEADER = /^\p{L}[\p{L}\p{N}]*$/u;
const HEADER_END = /^[-–—:=|]$/u;

/**
 * Finds sentences of a part that are repeated, that are also in an earlier part, that are too long, or that begin with a header.
 *
 * @param first the first sentence of each sequence of words, in this part and in those before; the one of this part is filled
 * @param repeated is given the number of each sentence that occurred before in this part
 */
export function checkSentences(
  {
    first,
    earlier,
    isUnknown,
  }: {
    readonly first: SentenceIndex;
    readonly earlier: readonly SentenceIndex[];
    readonly isUnknown: Part['isUnknown'];
  },
  repeated: (index: number) => void,
  log: FindingLog,
): SentenceCheck {
  return {
    take(sentence) {
      const before = first.find(sentence);
      if (before) {
        repeated(sentence.index);
        addRepetition(sentence, before, isUnknown, log);
      } else first.add(sentence);
      const shared = earlier.map((index) => index.find(sentence)).find((found) => found !== undefined);
      if (shared)
        log.add(
          'shared-sentence',
          placeOf(sentence, 0, `${opening(sentence)} as in ${referToFirst(shared, sentence)}`),
        );
      if (sentence.tokens.length > LONGEST)
        log.add('long-sentence', placeOf(sentence, 0, `${sentence.tokens.length} tokens: ${opening(sentence)}`));
    },
  };
}

/** Reports a sentence whose words occurred before; those of one token or without an entity are usual. */
function addRepetition(
  sentence: LabelledSentence,
  before: PlacedSentence,
  isUnknown: Part['isUnknown'],
  log: FindingLog,
): void {
  const { tokens, tags, pieces } = sentence;
  const isUsual = tokens.length === 1 || pieces.length === 0;
  const where = `${opening(sentence)} as in ${referToFirst(before, sentence)}`;
  log.add(isUsual ? 'repeated-sentence' : 'duplicate-sentence', placeOf(sentence, 0, where));
  const differs = tags.findIndex((tag, index) => {
    const other = at(before.tags, index);
    return tag !== other && !isUnknown(tag) && !isUnknown(other);
  });
  if (differs < 0) return;
  const there = referTo({ file: before.file, line: at(before.lines, differs) }, sentence.file);
  const what = `${JSON.stringify(tokens[differs])} is ${tags[differs]}, and ${before.tags[differs]} in ${there}`;
  log.add('conflicting-duplicate', placeOf(sentence, differs, what));
}

/** Refers from a sentence to the first token of another. */
function referToFirst({ file, lines }: PlacedSentence, from: PlacedSentence): string {
  return referTo({ file, line: at(lines, 0) }, from.file);
}

/** Finds headers that begin many sentences. */
export function checkHeaders({ sentenceCount }: Part, log: FindingLog): SentenceCheck {
  const openings = new Map<string, { count: number; readonly place: Place }>();
  return {
    take(sentence) {
      const [word, mark] = sentence.tokens;
      if (word === undefined || mark === undefined || !HEADER_END.test(mark) || !HEADER.test(word)) return;
      const header = `${word} ${mark}`;
      const found = openings.get(header);
      if (found) found.count++;
      else if (openings.size < MOST_OPENINGS) openings.set(header, { count: 1, place: placeOf(sentence, 0, '') });
    },
    end() {
      for (const [header, { count, place }] of openings)
        if (count >= FEWEST_OPENED && count >= SHARE_OPENED * sentenceCount)
          log.add('field-header', { ...place, what: `${JSON.stringify(header)} begins ${count} sentences` });
    },
  };
}

/** Returns the first words of a sentence, quoted. */
function opening({ tokens }: PlacedSentence): string {
  const words = 6;
  return JSON.stringify(tokens.slice(0, words).join(' ') + (tokens.length > words ? ' ...' : ''));
}
