import * as z from 'zod';
import { at } from '../numerics/at.js';
import { decodeIntegers, decodeSignedBytes, encodeBytes } from '../numerics/base64.js';
import { SortedWords } from '../text/sorted-words.js';
import { type Clustering, MOST_CLUSTERS, MOST_DIVISIONS, WordClusters } from '../text/word-clusters.js';
import { damaged } from './checkpoint-numbers.js';
import { listOf } from './few-problems.js';

/** The largest size of a division whose clusters are stored as one byte each. */
const BYTE = 256;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The schema of word clusters in a checkpoint: words as `SortedWords` encodes them, numbers as base64 of one or two bytes each. */
export const storedClusters = z.strictObject({
  sha256: sha256.optional(),
  raw: sha256.optional(),
  words: z.string(),
  clusterings: listOf(
    z.strictObject({
      size: z.int().min(1).max(MOST_CLUSTERS),
      data: z.union([z.string(), z.instanceof(Uint8Array)]),
    }),
    { atLeast: 1, atMost: MOST_DIVISIONS },
  ),
});

type StoredClusters = z.output<typeof storedClusters>;

/** Returns word clusters as a checkpoint stores them. */
export function encodeClusters({ sha256, raw, words, clusterings }: WordClusters): StoredClusters {
  return {
    ...(sha256 !== undefined && { sha256 }),
    ...(raw !== undefined && { raw }),
    words: words.encode(),
    clusterings: clusterings.map(({ size, numbers }) => {
      const bytes = new Uint8Array(numbers.length * bytesOf(size));
      const view = new DataView(bytes.buffer);
      for (const [index, number] of numbers.entries()) {
        if (size <= BYTE) view.setUint8(index, number);
        else view.setUint16(2 * index, number, true);
      }
      return { size, data: encodeBytes(bytes) };
    }),
  };
}

/**
 * Reads word clusters of a checkpoint.
 *
 * @throws {UserError} if they are damaged, exit code 3
 */
export function decodeClusters(
  { sha256, raw, words: text, clusterings }: StoredClusters,
  source: string,
): WordClusters {
  const words = SortedWords.decode(text);
  if (!words) throw damaged(source, 'the words of its clusters are not in order');
  const divisions = clusterings.map(({ size, data }): Clustering => {
    const numbers = decodeNumbers(data, size);
    if (numbers?.length !== words.size)
      throw damaged(source, `clusters: expected ${words.size} numbers, found ${numbers?.length ?? 'no base64'}`);
    if (hasAtLeast(numbers, size))
      throw damaged(source, `clusters: a word has a cluster beyond the ${size} that there are`);
    return { size, numbers };
  });
  return new WordClusters(words, divisions, sha256, raw);
}

/** Returns whether any of the numbers reaches a bound. A loop takes a fraction of the time of `some`, which calls a function for each. */
function hasAtLeast(numbers: Uint16Array, bound: number): boolean {
  for (let index = 0; index < numbers.length; index++) if (at(numbers, index) >= bound) return true;
  return false;
}

/** Returns undefined if the data is not base64 of whole numbers. */
function decodeNumbers(data: string | Uint8Array, size: number): Uint16Array | undefined {
  const numbers = bytesOf(size) === 1 ? decodeSignedBytes(data) : decodeIntegers(data);
  if (!numbers) return undefined;
  return numbers instanceof Int8Array
    ? new Uint16Array(new Uint8Array(numbers.buffer))
    : new Uint16Array(numbers.buffer);
}

/** Returns the number of bytes of a cluster's number. */
function bytesOf(size: number): number {
  return size <= BYTE ? 1 : 2;
}
