import { at } from '../text/at.js';
import { type FindingLog, referTo } from './findings.js';
import { type Part, type PlacedSentence, placeOf } from './part.js';

/** More tokens than this are rarely a single sentence. */
const LONGEST = 200;

/** A header begins at least so many sentences, and this share of all. */
const FEWEST_OPENED = 20;
const SHARE_OPENED = 0.01;
const HEADER = /^\p{L}[\p{L}\p{N}]*$/u;
const HEADER_END = /^[-–—:=|]$/u;

/** Finds sentences that are repeated, that are also in another part, that are too long, or that begin with a header. */
export function checkSentences(parts: readonly Part[], log: FindingLog): void {
  const seen: (readonly [name: string, first: ReadonlyMap<string, PlacedSentence>])[] = [];
  for (const part of parts) {
    const first = checkRepetition(part, log);
    for (const sentence of part.sentences) {
      const before = seen
        .map(([, sentences]) => sentences.get(wordsKey(sentence)))
        .find((found) => found !== undefined);
      if (before)
        log.add(
          'shared-sentence',
          placeOf(sentence, 0, `${opening(sentence)} as in ${referTo(before, sentence.file)}`),
        );
      if (sentence.tokens.length > LONGEST)
        log.add('long-sentence', placeOf(sentence, 0, `${sentence.tokens.length} tokens: ${opening(sentence)}`));
    }
    seen.push([part.name, first]);
    checkHeaders(part, log);
  }
}

/** Finds repeated sentences, and returns the first sentence of each sequence of words. */
function checkRepetition({ sentences }: Part, log: FindingLog): ReadonlyMap<string, PlacedSentence> {
  const first = new Map<string, PlacedSentence>();
  for (const sentence of sentences) {
    const key = wordsKey(sentence);
    const before = first.get(key);
    if (!before) {
      first.set(key, sentence);
      continue;
    }
    const where = `${opening(sentence)} as in ${referTo(before, sentence.file)}`;
    log.add('duplicate-sentence', placeOf(sentence, 0, where));
    const differs = sentence.tags.findIndex((tag, index) => tag !== before.tags[index]);
    if (differs >= 0) {
      const word = JSON.stringify(sentence.tokens[differs]);
      const there = referTo({ file: before.file, line: at(before.lines, differs) }, sentence.file);
      const what = `${word} is ${sentence.tags[differs]}, and ${before.tags[differs]} in ${there}`;
      log.add('conflicting-duplicate', placeOf(sentence, differs, what));
    }
  }
  return first;
}

function checkHeaders({ sentences }: Part, log: FindingLog): void {
  const openings = new Map<string, { count: number; first: PlacedSentence }>();
  for (const sentence of sentences) {
    const [word, mark] = sentence.tokens;
    if (word === undefined || mark === undefined || !HEADER.test(word) || !HEADER_END.test(mark)) continue;
    const key = `${word} ${mark}`;
    const found = openings.get(key) ?? { count: 0, first: sentence };
    openings.set(key, { ...found, count: found.count + 1 });
  }
  for (const [header, { count, first }] of openings)
    if (count >= FEWEST_OPENED && count >= SHARE_OPENED * sentences.length)
      log.add('field-header', placeOf(first, 0, `${JSON.stringify(header)} begins ${count} sentences`));
}

/** Returns a key that sentences with the same words share; tokens contain no line feed. */
function wordsKey({ tokens }: PlacedSentence): string {
  return tokens.join('\n');
}

/** Returns the first words of a sentence, quoted. */
function opening({ tokens }: PlacedSentence): string {
  const words = 6;
  return JSON.stringify(tokens.slice(0, words).join(' ') + (tokens.length > words ? ' ...' : ''));
}
