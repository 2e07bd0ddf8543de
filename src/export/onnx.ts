import { documentShareOf, type Model } from '../model/model.js';
import type { Network } from '../model/network.js';
import { partsOf } from '../model/parts/network-parts.js';
import type { PlannedTable } from '../model/plan.js';
import { at } from '../numerics/at.js';
import { sizeOf } from '../numerics/parameters.js';
import { ElementType, type OnnxTensor, writeOnnx } from './onnx-format.js';
import { GraphBuilder } from './onnx-graph.js';
import { addNetwork, weightsReader } from './onnx-network.js';
import { ONNX_PARTS } from './onnx-parts.js';

const DESCRIPTION = `Tags tokens, as rnn tag does.
ids (batch, time, columns): each token's row in each table, 0 if the table has none for it; "tables" in the metadata
lists the tables' values from row 1 on, in the order of the columns. A table with "letters": L has 2 L columns: the last
L letters of a token, then its first L letters in reverse order, both preceded by empty letters ("") if there are fewer.
A table "dictionary1" has the places of tokens in the names of the first of "dictionaries"; longest names come first.
lengths (batch): the number of tokens of each sentence.
logits (batch, time, tags): scores; after a sentence's end they have no meaning.
transitions (tags, tags), start (tags), end (tags): scores of going from a tag (row) to another, of beginning and of
ending with a tag; minus infinity where that is not allowed. The best tags are those of the highest sum (Viterbi).`;

/** Encodes a model's network, or the mean of its networks, as an ONNX file with metadata on how to use it. */
export function modelToOnnx(model: Model): Uint8Array {
  const { network, others = [] } = model;
  const networks = [network, ...others.map((other) => other.network)];
  const { tables, tags: K } = network.plan;
  const graph = new GraphBuilder();
  const byTime = graph.add('Transpose', ['ids'], { perm: [1, 0, 2] });
  const ids = idsByTable(graph, byTime, tables);
  const input = { ids, mask: addMask(graph, byTime), lengths: 'lengths' };
  const logits = networks.map((each, index) => addNetwork(graph, each, input, prefixOf(index)));
  let mean = graph.sum(logits);
  if (networks.length > 1)
    mean = graph.add('Div', [mean, graph.tensor('networks', [], Float32Array.of(networks.length))]);
  graph.addNamed('logits', 'Transpose', [mean], { perm: [1, 0, 2] });
  const scores = pathScores(networks);
  for (const { name, shape, numbers } of scores)
    graph.addNamed(name, 'Identity', [graph.tensor(`crf.${name}`, shape, numbers)]);
  const finished = graph.finish(
    [
      { name: 'ids', type: ElementType.int64, shape: ['batch', 'time', countColumns(tables)] },
      { name: 'lengths', type: ElementType.int32, shape: ['batch'] },
    ],
    [
      { name: 'logits', type: ElementType.float32, shape: ['batch', 'time', K] },
      ...scores.map(({ name, shape }) => ({ name, type: ElementType.float32, shape })),
    ],
  );
  return writeOnnx(finished, metadataOf(model), DESCRIPTION);
}

function prefixOf(network: number): string {
  return network === 0 ? '' : `network${network + 1}.`;
}

/** Adds the columns of ids that belong to each table. */
function idsByTable(graph: GraphBuilder, ids: string, tables: readonly PlannedTable[]): string[] {
  return tables.map(({ named }, index) => {
    const first = countColumns(tables.slice(0, index));
    if (named === 1) return graph.add('Gather', [ids, graph.integer(first)], { axis: 2 });
    return graph.slice(ids, first, first + named, 2);
  });
}

function countColumns(tables: readonly PlannedTable[]): number {
  return tables.reduce((sum, { named }) => sum + named, 0);
}

/** Adds the mask, (T, B, 1): 1 for tokens, 0 after the end of a sentence. */
function addMask(graph: GraphBuilder, ids: string): string {
  const time = graph.add('Gather', [graph.add('Shape', [ids]), graph.integer(0)]);
  const places = graph.add('Range', [graph.integer(0), time, graph.integer(1)]);
  const column = graph.add('Unsqueeze', [places, graph.integers(1)]);
  const lengths = graph.add('Cast', ['lengths'], { to: ElementType.int64 });
  const isToken = graph.add('Less', [column, lengths]);
  return graph.add('Unsqueeze', [graph.add('Cast', [isToken], { to: ElementType.float32 }), graph.integers(2)]);
}

/** Returns the mean of the networks' CRF scores, 0 without a CRF; -Infinity for what is not allowed. */
function pathScores(networks: readonly Network[]): OnnxTensor[] {
  const { tags: K, allowed, decoder } = at(networks, 0).plan;
  const readers = decoder === 'crf' ? networks.map(weightsReader) : [];
  const mean = (name: string, shape: readonly number[], first: number): OnnxTensor => {
    const all = readers.map((weightsOf) => weightsOf(`crf.${name}`));
    const numbers = Float32Array.from(allowed.subarray(first, first + sizeOf(shape)), (isAllowed, index) => {
      if (isAllowed === 0) return Number.NEGATIVE_INFINITY;
      return all.reduce((sum, weights) => sum + at(weights, index), 0) / networks.length;
    });
    return { name, shape, numbers };
  };
  return [mean('transitions', [K, K], 0), mean('start', [K], K * K), mean('end', [K], K * K + K)];
}

function metadataOf(model: Model): Record<string, string> {
  const { language, network, temperature } = model;
  const { scheme, innerScheme, tags, features } = language;
  const { clusters, dictionaries } = features.knowledge;
  const values = new Map(features.tables.map((table) => [table.name, table.values]));
  const parts = partsOf(network.plan);
  const tables = network.plan.tables.map((table, index) => {
    const kinds = parts.filter((part) => part.table === index).map(({ kind }) => ONNX_PARTS[kind]);
    return Object.assign(
      { name: table.name, values: values.get(table.name) },
      ...kinds.map(({ describe }) => describe?.(table)),
    );
  });
  return {
    tags: JSON.stringify(tags),
    scheme: JSON.stringify(scheme),
    innerScheme: JSON.stringify(innerScheme),
    tables: JSON.stringify(tables),
    vocabulary: JSON.stringify(features.vocabulary.form),
    temperature: `${temperature ?? 1}`,
    documentShare: `${documentShareOf(model)}`,
    ...(clusters && { clusters: describeClusters(clusters) }),
    ...(dictionaries && { dictionaries: JSON.stringify(dictionaries.list.map(describeDictionary)) }),
  };
}

type Dictionary = NonNullable<Model['language']['features']['knowledge']['dictionaries']>['list'][number];

/** Returns the label of a dictionary, and its names: their tokens with spaces between them. */
function describeDictionary({ label, names }: Dictionary): {
  readonly label: string;
  readonly names: readonly string[];
} {
  return { label, names: [...names.all()] };
}

type Clusters = NonNullable<Model['language']['features']['knowledge']['clusters']>;

/** Returns the JSON of the words that have clusters, and of each word's value in each table of clusters. */
function describeClusters({ words, clusterings }: Clusters): string {
  return JSON.stringify({
    words: Array.from({ length: words.size }, (_, index) => words.word(index)),
    values: clusterings.map(({ numbers }) => [...numbers]),
  });
}
