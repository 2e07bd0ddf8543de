import { SortedWords } from './sorted-words.js';
import { foldWord, UNKNOWN_ID, type WordForm } from './vocabulary.js';
import { type Clustering, WordClusters } from './word-clusters.js';

/**
 * Joins the clusters of two sources: words of either have the clusters of both. In each division that lacks some of the words,
 * these form a cluster more.
 *
 * @param form by which a word of one source is found in the other
 */
export function joinClusters(first: WordClusters, second: WordClusters, form: WordForm): WordClusters {
  const distinct = new Set<string>();
  for (const { words } of [first, second])
    for (let index = 0; index < words.size; index++) distinct.add(words.word(index));
  const words = [...distinct].sort();
  const divisionsOf = (clusters: WordClusters): Clustering[] =>
    clusters.clusterings.map(({ size }, place) => {
      const numbers = Uint16Array.from(words, (word) => {
        const id = clusters.idOf(word, foldWord(word, form), place);
        return id === UNKNOWN_ID ? size : id - 1;
      });
      return { size: numbers.includes(size) ? size + 1 : size, numbers };
    });
  return new WordClusters(
    SortedWords.of(words),
    [...divisionsOf(first), ...divisionsOf(second)],
    first.sha256 ?? second.sha256,
    first.raw ?? second.raw,
  );
}
