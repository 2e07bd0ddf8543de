import { hasSpans } from '../text/scheme.js';
import type { FindingLog } from './findings.js';
import { type LabelledPiece, type Part, placeOf, wordsOf } from './part.js';

/** A label with fewer examples than this is not learned. */
const FEWEST_EXAMPLES = 20;
/** A label that resembles another is taken for a typo if the other is so many times more frequent. */
const TIMES_RARER = 20;
/** Shorter plain labels, such as `NN` and `NNS` for parts of speech, differ by a letter on purpose. */
const SHORTEST_PLAIN_TYPO = 5;
/** The pairs of more labels than this are not compared. */
const MOST_COMPARED = 2000;

interface LabelUse {
  readonly label: string;
  readonly count: number;
  readonly first: LabelledPiece;
  /** Whether it is the label of a span, not of each token. */
  readonly isOfSpans: boolean;
}

/** Finds labels that are too rare, are missing from train, or resemble another label. */
export function checkLabels(parts: readonly Part[], log: FindingLog): void {
  const uses = parts.map((part) => ({ name: part.name, uses: countLabels([part]) }));
  const train = uses.find(({ name }) => name === 'train')?.uses ?? new Map<string, LabelUse>();
  for (const use of train.values())
    if (use.count < FEWEST_EXAMPLES) log.add('rare-label', placeOfFirst(use, `${use.label}: ${use.count}`));
  for (const { name, uses: ofPart } of uses)
    for (const use of ofPart.values())
      if (train.size > 0 && !train.has(use.label))
        log.add('unseen-label', placeOfFirst(use, `${use.label}: ${use.count} in ${name}`));
  checkVariants([...countLabels(parts).values()], log);
}

function countLabels(parts: readonly Part[]): ReadonlyMap<string, LabelUse> {
  const uses = new Map<string, LabelUse>();
  for (const part of parts)
    for (const piece of part.pieces) {
      const use = uses.get(piece.label) ?? {
        label: piece.label,
        count: 0,
        first: piece,
        isOfSpans: hasSpans(part.scheme),
      };
      uses.set(piece.label, { ...use, count: use.count + 1 });
    }
  return uses;
}

/** Returns the place of a label's first use. */
function placeOfFirst({ first }: LabelUse, what: string): ReturnType<typeof placeOf> {
  return placeOf(first.sentence, first.start, `${what}, first ${JSON.stringify(wordsOf(first))}`);
}

function checkVariants(uses: readonly LabelUse[], log: FindingLog): void {
  if (uses.length > MOST_COMPARED) return;
  const byCount = [...uses].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  for (const [rank, rare] of byCount.entries()) {
    const usual = byCount.slice(0, rank).find((other) => isVariant(rare, other));
    if (usual)
      log.add(
        'label-variants',
        placeOfFirst(rare, `${rare.label} (${rare.count}) and ${usual.label} (${usual.count})`),
      );
  }
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
