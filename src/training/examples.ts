import type { Example } from '../model/batch.js';
import { encodeTokens } from '../model/tagger.js';
import type { Sentence } from '../text/sentence.js';
import { countWords, foldWord, type Vocabulary } from '../text/vocabulary.js';

/** A training sentence in numbers. */
export interface TrainingExample extends Example {
  /** (T), 1 where the word stands only once in the training corpus */
  readonly seenOnce: Uint8Array;
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
    ids: encodeTokens(sentence.tokens, vocabulary),
    targets: Int32Array.from(sentence.tags, (tag) => tagIds.get(tag) as number),
    seenOnce: Uint8Array.from(sentence.tokens, (token) => (counts.get(foldWord(token, vocabulary.form)) === 1 ? 1 : 0)),
  }));
}
