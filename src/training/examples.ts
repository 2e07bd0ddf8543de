import type { Example } from '../model/batch.js';
import type { Random } from '../numerics/random.js';
import type { Sentence } from '../text/sentence.js';
import { countWords, foldWord, UNKNOWN_ID, type Vocabulary } from '../text/vocabulary.js';

/** A training sentence in numbers. */
export interface TrainingExample extends Example {
  /** Positions of words that stand only once in the training corpus. */
  readonly seenOnce: Int32Array;
}

/** The tags of the sentences, in code-unit order: the outputs of the network. */
export function collectTags(sentences: readonly Sentence[]): string[] {
  return [...new Set(sentences.flatMap(({ tags }) => tags))].sort();
}

/** @param tags all tags that the sentences hold */
export function encodeSentences(
  sentences: readonly Sentence[],
  vocabulary: Vocabulary,
  tags: readonly string[],
): TrainingExample[] {
  const tagIds = new Map(tags.map((tag, index) => [tag, index]));
  const counts = countWords(sentences, vocabulary.form);
  return sentences.map((sentence) => ({
    ids: Int32Array.from(sentence.tokens, (token) => vocabulary.idOf(token)),
    targets: Int32Array.from(sentence.tags, (tag) => tagIds.get(tag) as number),
    seenOnce: Int32Array.from(
      [...sentence.tokens.keys()].filter(
        (index) => counts.get(foldWord(sentence.tokens[index] as string, vocabulary.form)) === 1,
      ),
    ),
  }));
}

/**
 * Turns words seen once into the unknown word, each by chance, so that the network learns what to do with words that
 * it has never met.
 *
 * @param rate chance of each, from 0 to 1
 */
export function hideWordsSeenOnce(example: TrainingExample, rate: number, random: Random): Example {
  const ids = example.ids.slice();
  for (const position of example.seenOnce) if (random.uniform() < rate) ids[position] = UNKNOWN_ID;
  return { ids, targets: example.targets };
}
