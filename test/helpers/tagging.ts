import { BatchMemory, type Example, SHARD_SENTENCES } from '../../src/model/batch.js';
import type { Lexicon } from '../../src/model/lexicon.js';
import { NamedRows } from '../../src/model/named-rows.js';
import type { Network } from '../../src/model/network.js';
import { ProjectedWords, WordProjector } from '../../src/model/projected-words.js';
import { TagDecoder } from '../../src/model/tag-decoder.js';
import { TaggingNetwork } from '../../src/model/tagging-network.js';
import { TaggingPass } from '../../src/model/tagging-pass.js';
import { shifted } from '../../src/numerics/kernels.js';
import type { Setting } from './networks.js';
import { PlanLexicon } from './plan-lexicon.js';

/** What tagging says of one sentence. */
export interface TaggedExample {
  readonly tags: readonly number[];
  readonly probabilities: readonly number[];
  /** (T, tags), padding included */
  readonly logits: readonly (readonly number[])[];
}

/** Tags sentences, longest first, straight through the tagging pass, in buffers that are released afterwards. */
export function tagDirectly(
  network: Network,
  examples: readonly Example[],
  lexicon: Lexicon = new PlanLexicon(network.plan),
): TaggedExample[] {
  const { kernels, plan, widths } = network;
  const { used } = kernels;
  const rows = examples.reduce((sum, { words }) => sum + words.length, 0);
  const longest = examples[0].words.length;
  const batch = new BatchMemory(network, { sentences: examples.length, rows, longest, words: rows });
  const named = new NamedRows(kernels, plan.tables, rows);
  const tagging = new TaggingNetwork(network);
  tagging.quantise();
  const [pass, decoder] = [
    new TaggingPass(tagging, Math.min(rows, SHARD_SENTENCES * longest)),
    new TagDecoder(network, longest),
  ];
  const words = new ProjectedWords(network, rows);
  const projector = new WordProjector(tagging);
  const places = examples.map((example) => new Array<number>(example.words.length));
  const slots = new Map<number, number>();
  batch.fill(examples, (example, t, row) => {
    places[example][t] = row;
    const word = examples[example].words[t];
    const slot = slots.get(word) ?? slots.size;
    slots.set(word, slot);
    named.set(slot, lexicon, word);
    return slot;
  });
  projector.project(named, 0, slots.size, words, 0);
  const logits: number[][] = [];
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    const best = shifted(batch.best, batch.rowOf(index));
    pass.forward(shard, words);
    for (let row = 0; row < shard.steps.N; row++)
      logits.push([
        ...kernels.memory.subarray(pass.outputs + row * widths.tags, pass.outputs + (row + 1) * widths.tags),
      ]);
    decoder.decode(shard.steps, pass.outputs, decoder.weights, best);
    decoder.readProbabilities(shard.steps, pass.outputs, best, shifted(batch.probabilities, batch.rowOf(index)));
  }
  const tagged = places.map((own) => ({
    tags: own.map((row) => kernels.integers[batch.best + row]),
    probabilities: own.map((row) => kernels.memory[batch.probabilities + row]),
    logits: own.map((row) => logits[row]),
  }));
  kernels.release(used);
  return tagged;
}

/** Tags the sentences of a setting with its floats, as training computes; the tags stand in the batch. */
export function tagWithFloats({ network, batch, pass }: Setting): void {
  const decoder = new TagDecoder(
    network,
    Math.max(...[...Array(batch.shardCount).keys()].map((i) => batch.shard(i).steps.T)),
  );
  for (let index = 0; index < batch.shardCount; index++) {
    const shard = batch.shard(index);
    const best = shifted(batch.best, batch.rowOf(index));
    pass.forward(shard, false);
    decoder.decode(shard.steps, pass.outputs, decoder.weights, best);
    decoder.readProbabilities(shard.steps, pass.outputs, best, shifted(batch.probabilities, batch.rowOf(index)));
  }
}
