import { at } from '../text/at.js';
import { hasSpans } from '../text/scheme.js';
import type { FindingLog, Place } from './findings.js';
import { type LabelledSentence, type Part, placeOf, type SentenceCheck, wordsOf } from './part.js';

/** A label with fewer examples than this is not learned. */
const FEWEST_EXAMPLES = 20;
/** A label that resembles another is taken for a typo if the other is so many times more frequent. */
const TIMES_RARER = 20;
/** Shorter plain labels, such as `NN` and `NNS` for parts of speech, differ by a letter on purpose. */
const SHORTEST_PLAIN_TYPO = 5;
/** Longer labels are compared by their folded form alone. */
const LONGEST_TYPO = 60;
/** How many labels, the most frequent ones, are compared among those that differ at one place. */
const MOST_COMPARED = 100;

interface LabelUse {
  readonly label: string;
  count: number;
  /** The first use, and its words. */
  readonly place: Place;
  readonly words: string;
  /** Whether it is the label of a span, not of each token. */
  readonly isOfSpans: boolean;
}

/** Counts the labels of a part. */
export class LabelCounts implements SentenceCheck {
  readonly part: Part;
  readonly uses = new Map<string, LabelUse>();

  constructor(part: Part) {
    this.part = part;
  }

  take(sentence: LabelledSentence): void {
    for (const piece of sentence.pieces) {
      const use = this.uses.get(piece.label);
      if (use) use.count++;
      else
        this.uses.set(piece.label, {
          label: piece.label,
          count: 1,
          place: placeOf(sentence, piece.start, ''),
          words: JSON.stringify(wordsOf({ ...piece, sentence })),
          isOfSpans: hasSpans(this.part.scheme),
        });
    }
  }
}

/** Finds labels that are too rare, are missing from train, or resemble another label. */
export function checkLabels(parts: readonly LabelCounts[], log: FindingLog): void {
  const train = parts.find(({ part }) => part.name === 'train')?.uses ?? new Map<string, LabelUse>();
  for (const use of train.values())
    if (use.count < FEWEST_EXAMPLES) log.add('rare-label', placeOfFirst(use, `${use.label}: ${use.count}`));
  for (const { part, uses } of parts)
    for (const use of uses.values())
      if (train.size > 0 && !train.has(use.label))
        log.add('unseen-label', placeOfFirst(use, `${use.label}: ${use.count} in ${part.name}`));
  checkVariants(joined(parts), log);
}

/** Adds up the uses of labels in all parts. */
function joined(parts: readonly LabelCounts[]): LabelUse[] {
  const all = new Map<string, LabelUse>();
  for (const { uses } of parts)
    for (const use of uses.values()) {
      const known = all.get(use.label);
      if (known) known.count += use.count;
      else all.set(use.label, { ...use });
    }
  return [...all.values()];
}

/** Returns the place of a label's first use. */
function placeOfFirst({ place, words }: LabelUse, what: string): Place {
  return { ...place, what: `${what}, first ${words}` };
}

function checkVariants(uses: readonly LabelUse[], log: FindingLog): void {
  const byCount = [...uses].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  const hasFrequent = (byCount[0]?.count ?? 0) >= TIMES_RARER;
  const byKey = new Map<string, number[]>();
  for (const [rank, rare] of byCount.entries()) {
    const keys = [foldedKey(rare), ...(hasFrequent && rare.count < FEWEST_EXAMPLES ? typedKeys(rare) : [])];
    const alike = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
    const usual = [...alike].sort((a, b) => a - b).find((other) => isVariant(rare, at(byCount, other)));
    if (usual !== undefined) {
      const { label, count } = at(byCount, usual);
      log.add('label-variants', placeOfFirst(rare, `${rare.label} (${rare.count}) and ${label} (${count})`));
    }
    for (const key of [foldedKey(rare), ...(rare.count >= TIMES_RARER ? typedKeys(rare) : [])]) {
      const ranks = byKey.get(key);
      if (!ranks) byKey.set(key, [rank]);
      else if (ranks.length < MOST_COMPARED) ranks.push(rank);
    }
  }
}

/** Returns the key that labels share if they differ by case, hyphens and the like. */
function foldedKey({ label }: LabelUse): string {
  return `folded ${folded(label)}`;
}

/** Returns keys of which two labels share one if they differ by a typo: the label, and what is left of it without a character. */
function typedKeys({ label }: LabelUse): string[] {
  const text = label.toLowerCase();
  if (text.length > LONGEST_TYPO) return [];
  const shorter = Array.from({ length: text.length }, (_, index) => text.slice(0, index) + text.slice(index + 1));
  return [text, ...shorter].map((key) => `typed ${key}`);
}

/** Tells whether a label is probably a variant of another, which is at least as frequent. */
function isVariant(rare: LabelUse, usual: LabelUse): boolean {
  if (folded(rare.label) === folded(usual.label)) return true;
  if (!rare.isOfSpans && Math.min(rare.label.length, usual.label.length) < SHORTEST_PLAIN_TYPO) return false;
  if (rare.count >= FEWEST_EXAMPLES || rare.count * TIMES_RARER > usual.count) return false;
  return isOneEditApart(rare.label.toLowerCase(), usual.label.toLowerCase());
}

/** Folds a label, so that `Creative_Work` and `creative-work` are equal. */
function folded(label: string): string {
  return label.toLowerCase().replace(/[-_. ]/g, '');
}

/**
 * Tells whether two texts differ by one inserted, removed or replaced character, digits not counted, or by two exchanged
 * neighbours.
 */
function isOneEditApart(text: string, other: string): boolean {
  const [short, long] = text.length <= other.length ? [text, other] : [other, text];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  const [restOfShort, restOfLong] = [short.slice(start), long.slice(start)];
  if (short.length < long.length) return restOfShort === restOfLong.slice(1);
  if (/\d/.test(`${restOfShort[0]}${restOfLong[0]}`)) return false;
  if (restOfShort.slice(1) === restOfLong.slice(1)) return true;
  return (
    restOfShort[0] === restOfLong[1] && restOfShort[1] === restOfLong[0] && restOfShort.slice(2) === restOfLong.slice(2)
  );
}
