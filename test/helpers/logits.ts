import { BatchMemory } from '../../src/model/batch.js';
import { Ensemble } from '../../src/model/ensemble.js';
import { Lexicon } from '../../src/model/lexicon.js';
import type { Model } from '../../src/model/model.js';
import { NamedRows } from '../../src/model/named-rows.js';
import { predictInBatches } from '../../src/model/predictor.js';
import { WordCache } from '../../src/model/word-cache.js';

/** What a model's networks, averaged, give the tags of sentences of up to 64 tokens, fewer than 64: (T, K) each. */
export function logitsOf({ network, others = [], language }: Model, sentences: readonly (readonly string[])[]) {
  const lexicon = new Lexicon(language.features);
  const examples = sentences.map((tokens) => {
    return { words: lexicon.encode(tokens), targets: new Int32Array(tokens.length) };
  });
  const { kernels, plan, widths } = network;
  const batch = new BatchMemory(network, { sentences: 64, rows: 4096, longest: 64, words: 4096 });
  const named = new NamedRows(kernels, plan.tables, 4096);
  const cache = new WordCache(4096, named);
  const ensemble = new Ensemble([network, ...others.map((other) => other.network)], batch, named, 4096, 64);
  const logits = sentences.map((tokens) => tokens.map((): number[] => []));
  predictInBatches(batch, cache, examples, lexicon, ({ first, last }, { members, rows }) => {
    ensemble.multiply(first, last);
    for (let shard = 0; shard < batch.shardCount; shard++) {
      ensemble.score(shard);
      const firstRow = batch.rowOf(shard);
      for (let member = 8 * shard; member < Math.min(8 * shard + 8, members.length); member++)
        for (const [t, row] of rows[member].entries()) {
          const start = ensemble.logits + (row - firstRow) * widths.tags;
          logits[members[member]][t] = [...kernels.memory.subarray(start, start + plan.tags)];
        }
    }
    return [];
  });
  return logits;
}
