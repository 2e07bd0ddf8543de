import { at } from '../text/at.js';
import { countEach } from '../text/counts.js';
import { HashIndex, mix } from '../text/hash-index.js';
import { NameTree } from '../text/name-tree.js';
import { NumberList } from '../text/number-list.js';
import { hasSpans } from '../text/scheme.js';
import { type FindingLog, referTo } from './findings.js';
import { type LabelledPiece, type LabelledSentence, type Part, placeOf, wordsOf } from './part.js';
import type { StoredSentence } from './sentence-store.js';

/** How many words on each side are the context. */
const NEIGHBOURS = 2;
/** The label of words that are not an entity. */
const NONE = '';
/** Contexts are compared in as many rounds as are needed for so many a round, so that memory is bounded. */
const MOST_OCCURRENCES = 1 << 22;
/** Stands for several labels. */
const MIXED = 0;

/** A labelled piece of a sentence, or one that has the words of a name. */
interface Occurrence extends LabelledPiece {
  readonly sentence: StoredSentence;
}

/**
 * Finds words that are labelled differently although the two words before and after them are the same: each occurrence whose
 * label is less frequent in this context than another.
 *
 * @param isRepeated tells whether a sentence occurred before; those, which another check finds, do not count
 */
export function checkConsistency(
  part: Part,
  log: FindingLog,
  isRepeated: (sentence: number) => boolean = () => false,
): void {
  const sentences = (): Generator<LabelledSentence, void, undefined> => part.sentences(isRepeated);
  const names = hasSpans(part.scheme) ? namesOf(sentences()) : undefined;
  const occurrences = function* (): Generator<Occurrence, void, undefined> {
    for (const sentence of sentences())
      if (names) {
        for (const occurrence of occurrencesOfNames(sentence, names))
          if (!sentence.tags.slice(occurrence.start, occurrence.end).some(part.isUnknown)) yield occurrence;
      } else for (const piece of sentence.pieces) yield { ...piece, sentence };
  };
  let count = 0;
  for (const _ of occurrences()) count++;
  const rounds = Math.ceil(count / MOST_OCCURRENCES);
  for (let round = 0; round < rounds; round++)
    checkRound(occurrences, (context) => (context >>> 0) % rounds === round, log);
}

/** Checks the contexts of a round: finds those with several labels by their hashes, then looks at these alone. */
function checkRound(
  occurrences: () => Iterable<Occurrence>,
  isOfRound: (context: number) => boolean,
  log: FindingLog,
): void {
  const labels = new ContextLabels();
  for (const occurrence of occurrences()) if (isOfRound(hashOf(occurrence, 1))) labels.add(occurrence);
  if (!labels.hasMixed) return;
  const contexts = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences()) {
    if (!isOfRound(hashOf(occurrence, 1)) || !labels.isMixed(occurrence)) continue;
    const key = contextOf(occurrence).join(' ');
    const found = contexts.get(key);
    if (found) found.push(occurrence);
    else contexts.set(key, [occurrence]);
  }
  for (const found of contexts.values()) checkContext(found, log);
}

/** The label of each context, or that it has several. Contexts are told apart by two hashes. */
class ContextLabels {
  hasMixed = false;
  readonly #index = new HashIndex();
  readonly #secondHashes = new NumberList();
  readonly #labels = new NumberList();
  readonly #numbers = new Map<string, number>();

  add(occurrence: Occurrence): void {
    const label = this.#numberOf(occurrence.label);
    const known = this.#find(occurrence);
    if (known === undefined) {
      this.#index.add(hashOf(occurrence, 0), this.#labels.length);
      this.#secondHashes.push(hashOf(occurrence, 1) >>> 0);
      this.#labels.push(label);
    } else if (this.#labels.get(known) !== label) {
      this.#labels.set(known, MIXED);
      this.hasMixed = true;
    }
  }

  isMixed(occurrence: Occurrence): boolean {
    const known = this.#find(occurrence);
    return known !== undefined && this.#labels.get(known) === MIXED;
  }

  #find(occurrence: Occurrence): number | undefined {
    const second = hashOf(occurrence, 1) >>> 0;
    return this.#index.find(hashOf(occurrence, 0), (number) => this.#secondHashes.get(number) === second);
  }

  #numberOf(label: string): number {
    const number = this.#numbers.get(label) ?? this.#numbers.size + 1;
    this.#numbers.set(label, number);
    return number;
  }
}

function checkContext(occurrences: readonly Occurrence[], log: FindingLog): void {
  const counts = countEach(occurrences.map(({ label }) => label));
  if (counts.size === 1) return;
  const countOf = ({ label }: Occurrence): number => counts.get(label) ?? 0;
  const usual = occurrences.reduce((best, each) => (countOf(each) > countOf(best) ? each : best));
  const { file, lines } = usual.sentence;
  for (const occurrence of occurrences) {
    const { sentence, start, label } = occurrence;
    if (label === usual.label) continue;
    const there = referTo({ file, line: at(lines, usual.start) }, sentence.file);
    const what = `${JSON.stringify(wordsOf(occurrence))} is ${described(label)}, and ${described(usual.label)} in ${there}`;
    log.add('inconsistent-label', placeOf(sentence, start, what));
  }
}

/** Describes a label for a message. */
function described(label: string): string {
  return label === NONE ? 'no entity' : label;
}

/** Returns the words and their neighbours, as numbers, behind the numbers of neighbours before and of words. */
function contextOf({ sentence: { words }, start, end }: Occurrence): number[] {
  const from = Math.max(0, start - NEIGHBOURS);
  return [start - from, end - start, ...words.slice(from, end + NEIGHBOURS)];
}

/** Returns one of two hashes of a context. */
function hashOf({ sentence: { words }, start, end }: Occurrence, which: 0 | 1): number {
  const from = Math.max(0, start - NEIGHBOURS);
  let hash = mix(mix(which === 0 ? 17 : 0x2545f491, start - from), end - start);
  for (let index = from; index < Math.min(words.length, end + NEIGHBOURS); index++) hash = mix(hash, at(words, index));
  return hash;
}

function namesOf(sentences: Iterable<LabelledSentence>): NameTree {
  const names = new NameTree();
  for (const { words, pieces } of sentences) for (const { start, end } of pieces) names.add(words.slice(start, end));
  return names;
}

/** Yields every place of a sentence with the words of some entity, labelled or not. */
function* occurrencesOfNames(sentence: LabelledSentence, names: NameTree): Generator<Occurrence, void, undefined> {
  const { words, pieces } = sentence;
  const labels = new Map(pieces.map(({ label, start, end }) => [`${start} ${end}`, label]));
  for (const start of words.keys())
    for (const end of names.endsFrom(words, start))
      yield { label: labels.get(`${start} ${end}`) ?? NONE, start, end, sentence };
}
