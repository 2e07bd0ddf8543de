import { networkWidths } from '../model/layout.js';
import type { Network } from '../model/network.js';
import { inputName, layerPrefix, listWideTables, wideOffsets, windowOffsets } from '../model/plan.js';
import { readParameter } from '../numerics/parameters.js';
import type { GraphBuilder } from './onnx-graph.js';
import { addReadings } from './onnx-letters.js';
import { addRecurrence, type LayerInput, type WeightsOf } from './onnx-recurrence.js';

/** What all networks of a model get. */
export interface TokenInput {
  /** (T, B) a table: the row that each token names; (T, B, rows) of letters, of which it names several */
  readonly ids: readonly string[];
  /** (T, B, 1): 1 for tokens, 0 behind the end of a sentence */
  readonly mask: string;
  /** (B) */
  readonly lengths: string;
}

/** A parameter of a network by its name. */
export function weightsReader({ kernels, weights, given, layout }: Network): WeightsOf {
  const parameters = [...layout.dense, ...layout.tables, ...layout.given];
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  return (name) => {
    const parameter = byName.get(name);
    if (!parameter) throw new Error(`the network has no parameter ${name}`);
    return readParameter(kernels, parameter.kind === 'given' ? given : weights, parameter);
  };
}

/**
 * Adds a network as it tags, without dropout.
 *
 * @param prefix of the names of its tensors
 * @returns (T, B, K), the logits
 */
export function addNetwork(graph: GraphBuilder, network: Network, input: TokenInput, prefix: string): string {
  const { plan } = network;
  const weightsOf = weightsReader(network);
  const rowsOf = (table: string, columns: number, feature: number): string => {
    const weights = weightsOf(table);
    const isShared = plan.features[feature]?.isGiven === true;
    const tensor = graph.tensor(`${isShared ? '' : prefix}${table}`, [weights.length / columns, columns], weights);
    return graph.add('Gather', [tensor, input.ids[feature] as string]);
  };
  const { directions, gates } = networkWidths(plan);
  const columns = directions * gates * plan.hidden;
  let x =
    plan.input === 'sum'
      ? summedInput(graph, network, rowsOf, columns)
      : windowInput(graph, network, input, prefix, weightsOf, rowsOf, columns);
  let states = '';
  for (let layer = 0; layer < plan.layers; layer++) {
    if (layer > 0)
      x = { x: states, I: directions * plan.hidden, weights: weightsOf(`${layerPrefix(layer)}input.weights`) };
    states = addRecurrence(graph, plan, weightsOf, layer, x, input.lengths, prefix);
  }
  const shape = [directions * plan.hidden, plan.tags];
  const product = graph.add('MatMul', [
    states,
    graph.tensor(`${prefix}output.weights`, shape, weightsOf('output.weights')),
  ]);
  const bias = graph.tensor(`${prefix}output.bias`, [plan.tags], weightsOf('output.bias'));
  return graph.sum([graph.add('Add', [product, bias]), ...wideVotes(graph, network, input, rowsOf)]);
}

type RowsOf = (table: string, columns: number, feature: number) => string;

/** Rows are what the recurrence gets; its operators have a product of their own, which is made to change nothing. */
function summedInput(graph: GraphBuilder, { plan }: Network, rowsOf: RowsOf, columns: number): LayerInput {
  const rows = plan.features.map(({ name }, feature) => rowsOf(`input.${name}`, columns, feature));
  const weights = new Float32Array(columns * columns);
  for (let i = 0; i < columns; i++) weights[i * columns + i] = 1;
  return { x: graph.sum(rows), I: columns, weights };
}

/** Rows side by side, those of the neighbours beside the token's own. */
function windowInput(
  graph: GraphBuilder,
  network: Network,
  input: TokenInput,
  prefix: string,
  weightsOf: WeightsOf,
  rowsOf: RowsOf,
  columns: number,
): LayerInput {
  const { plan } = network;
  const rows = plan.features.map(({ name, width, letters }, feature) =>
    letters === undefined
      ? rowsOf(`input.${name}`, width, feature)
      : addReadings(graph, network, feature, input.ids[feature] as string, weightsOf, prefix),
  );
  const own = graph.add('Concat', rows, { axis: 2 });
  const offsets = windowOffsets(plan);
  const x = graph.add('Concat', shift(graph, own, offsets, input.mask), { axis: 2 });
  const parts = offsets.flatMap((offset) => plan.features.map(({ name }) => weightsOf(inputName(offset, name))));
  const weights = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    weights.set(part, at);
    at += part.length;
  }
  return { x, I: weights.length / columns, weights };
}

/** (T, B, K) an offset: what the words there add to the logits */
function wideVotes(graph: GraphBuilder, { plan }: Network, input: TokenInput, rowsOf: RowsOf): string[] {
  const tables = listWideTables(plan);
  return wideOffsets(plan).flatMap((offset, place) => {
    const rows = tables
      .filter((table) => table.place === place)
      .map(({ name, feature }) => rowsOf(name, plan.tags, feature));
    return rows.length === 0 ? [] : shift(graph, graph.sum(rows), [offset], input.mask);
  });
}

/** What tokens see at each offset from themselves: x (T, B, I) of the token there, 0 where the sentence has none. */
function shift(graph: GraphBuilder, x: string, offsets: readonly number[], mask: string): string[] {
  const farthest = Math.max(...offsets.map(Math.abs));
  if (farthest === 0) return [x];
  const known = graph.add('Mul', [x, mask]);
  const longer = graph.add('Pad', [known, graph.integers(farthest, 0, 0, farthest, 0, 0)]);
  return offsets.map((offset) => {
    const end = offset === farthest ? Number.MAX_SAFE_INTEGER : offset - farthest;
    return graph.add('Slice', [longer, graph.integers(farthest + offset), graph.integers(end), graph.integers(0)]);
  });
}
