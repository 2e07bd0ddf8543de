import { describe, expect, test } from 'vitest';
import { ClusterLines } from '../../src/formats/cluster-lines.js';
import type { WordClusters } from '../../src/text/word-clusters.js';

function read(text: string): WordClusters {
  const lines = new ClusterLines('some.tsv');
  for (const line of text.split('\n')) lines.read(line);
  return lines.end('0'.repeat(64));
}

function clustersOf(clusters: WordClusters, word: string): number[] {
  return clusters.clusterings.map((_, place) => clusters.idOf(word, word, place) - 1);
}

describe('a file of clusters', () => {
  test('has a word and its clusters on each line, in any order, with tabs or spaces', () => {
    for (const text of ['rome\t1\t20\nparis\t1\t3\nin\t0\t7\n', 'rome 1 20\r\nparis  1 3\r\n\r\nin 0 7']) {
      const clusters = read(text);
      expect(clusters.clusterings.map(({ size }) => size)).toEqual([2, 21]);
      expect(['rome', 'paris', 'in'].map((word) => clustersOf(clusters, word))).toEqual([
        [1, 20],
        [1, 3],
        [0, 7],
      ]);
    }
  });

  test('may hold Brown’s paths, whose prefixes of 4, 6, 10 and 20 are clusters', () => {
    const clusters = read('0010110\tthe\t900\n0010111\t10\t7\n11\tRome\t3\n00101\ta\t5\n');
    const [the, ten, rome, a] = ['the', '10', 'Rome', 'a'].map((word) => clustersOf(clusters, word)) as number[][];
    expect(the?.[0]).toBe(ten?.[0]);
    expect(the?.[1]).toBe(ten?.[1]);
    expect(the?.[2]).not.toBe(ten?.[2]);
    expect(a?.[0]).toBe(the?.[0]);
    expect(a?.[1]).not.toBe(the?.[1]);
    expect(rome?.[0]).not.toBe(the?.[0]);
  });

  test('takes words that are numbers, of which the first is no path', () => {
    expect(clustersOf(read('10\t5\t7\nrome\t1\t2\n'), '10')).toEqual([5, 7]);
  });

  test.each([
    ['a word twice', 'a\t1\nb\t2\na\t3', 'some.tsv:3: "a" has clusters already, on line 1'],
    ['another number of columns', 'a\t1\t2\nb\t2', 'some.tsv:2: expected 2 clusters, as the first word has, found 1'],
    [
      'a label in place of a number',
      'a\tPER',
      'some.tsv:1: expected the number of a cluster, below 65536, found "PER"',
    ],
    ['a number that is none', 'a\t1\nb\t-1', 'some.tsv:2: expected the number of a cluster, below 65536, found "-1"'],
    ['a number that is too large', 'a\t65536', 'found "65536"'],
    ['one column', 'a\nb', 'some.tsv:1: expected a word and the numbers of its clusters, found one column'],
    ['no word', '\t1', 'some.tsv:1: expected a word, found nothing'],
    ['nothing', '\n\n', 'some.tsv: no clusters in it'],
    ['a path that is none', '01\trome\t3\n02\tparis\t3', 'some.tsv:2: expected a path of 0 and 1, a word and a count'],
    ['many columns', `a${'\t1'.repeat(17)}`, 'some.tsv:1: expected at most 16 clusters, found 17'],
  ])('with %s is refused by its line', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
