import type { TagPair } from '../../src/evaluation/scores.js';

/** Sentences written as `gold/predicted gold/predicted ...`. */
export function tagPairs(lines: readonly string[]): TagPair[] {
  return lines.map((line) => {
    const pairs = line.split(' ').map((pair) => pair.split('/') as [string, string]);
    return { gold: pairs.map(([gold]) => gold), predicted: pairs.map(([, predicted]) => predicted) };
  });
}
