import { networkWidths } from '../model/layout.js';
import type { Network } from '../model/network.js';
import { type NetworkPart, partsOf } from '../model/parts/network-parts.js';
import { inputName, layerPrefix, windowOffsets } from '../model/plan.js';
import { at } from '../numerics/at.js';
import { readParameter } from '../numerics/parameters.js';
import type { GraphBuilder } from './onnx-graph.js';
import { ONNX_PARTS, unitMatrix } from './onnx-parts.js';
import { addRecurrence, type LayerInput, type WeightsOf } from './onnx-recurrence.js';

/** The input that all networks of a model share. */
interface TokenInput {
  /** For each table of the plan, (T, B): the row that each token names; (T, B, named) if it names several */
  readonly ids: readonly string[];
  /** (T, B, 1): 1 for tokens, 0 after the end of a sentence */
  readonly mask: string;
  /** (B) */
  readonly lengths: string;
}

/** Returns a function that reads a network's parameters by name. */
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
 * Adds a network for tagging, without dropout.
 *
 * @param prefix the prefix of its tensors' names
 * @returns (T, B, K), the logits
 */
export function addNetwork(graph: GraphBuilder, network: Network, input: TokenInput, prefix: string): string {
  const { plan } = network;
  const weightsOf = weightsReader(network);
  const parts = partsOf(plan);
  const addPart: AddPart = (part) =>
    ONNX_PARTS[part.kind].add(graph, {
      part,
      table: at(plan.tables, part.table),
      ids: at(input.ids, part.table),
      weightsOf,
      prefix,
    });
  const { directions, gates } = networkWidths(plan);
  const columns = directions * gates * plan.hidden;
  let x =
    plan.input === 'sum'
      ? summedInput(graph, parts, addPart, columns)
      : windowInput(graph, network, parts, addPart, input, weightsOf, columns);
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
  return graph.add('Add', [product, bias]);
}

/** Adds a part, and returns its output: (T, B, width). */
type AddPart = (part: NetworkPart) => string;

/** Adds the sum of the parts' rows. ONNX's recurrent operators multiply their input, here by the unit matrix. */
function summedInput(
  graph: GraphBuilder,
  parts: readonly NetworkPart[],
  addPart: AddPart,
  columns: number,
): LayerInput {
  const rows = parts.filter(({ target }) => target.kind === 'recurrence').map(addPart);
  return { x: graph.sum(rows), I: columns, weights: unitMatrix(columns) };
}

/** Adds the parts' outputs side by side, for each token and its neighbours. */
function windowInput(
  graph: GraphBuilder,
  { plan }: Network,
  parts: readonly NetworkPart[],
  addPart: AddPart,
  input: TokenInput,
  weightsOf: WeightsOf,
  columns: number,
): LayerInput {
  const beside = parts.filter(({ target }) => target.kind === 'columns');
  const own = graph.add('Concat', beside.map(addPart), { axis: 2 });
  const offsets = windowOffsets(plan);
  const x = graph.add('Concat', shift(graph, own, offsets, input.mask), { axis: 2 });
  const matrices = offsets.flatMap((offset) =>
    beside.map(({ table }) => weightsOf(inputName(offset, at(plan.tables, table).name))),
  );
  const weights = Float32Array.from(matrices.flatMap((matrix) => [...matrix]));
  return { x, I: weights.length / columns, weights };
}

/** Adds x (T, B, I) shifted by each offset, so that each token has the x of the token there, or 0 if there is none. */
function shift(graph: GraphBuilder, x: string, offsets: readonly number[], mask: string): string[] {
  const farthest = Math.max(...offsets.map(Math.abs));
  if (farthest === 0) return [x];
  const known = graph.add('Mul', [x, mask]);
  const longer = graph.add('Pad', [known, graph.integers(farthest, 0, 0, farthest, 0, 0)]);
  return offsets.map((offset) => {
    const end = offset === farthest ? Number.MAX_SAFE_INTEGER : offset - farthest;
    return graph.slice(longer, farthest + offset, end, 0);
  });
}
