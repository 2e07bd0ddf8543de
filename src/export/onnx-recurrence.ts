import type { RecurrentParameter } from '../layers/cell.js';
import { networkWidths } from '../model/layout.js';
import { cellOf, directionsOf, layerPrefix, type NetworkPlan } from '../model/plan.js';
import { at } from '../numerics/at.js';
import type { GraphBuilder } from './onnx-graph.js';

/** Returns a parameter's weights by its name, without padding. */
export type WeightsOf = (name: string) => Float32Array;

/** The input of a recurrent layer. */
export interface LayerInput {
  /** (T, B, I) */
  readonly x: string;
  readonly I: number;
  /** (I, directions · gates · H) */
  readonly weights: Float32Array;
}

/**
 * Adds a recurrent layer.
 *
 * @param lengths (B), the lengths of the sentences
 * @param prefix the prefix of its tensors' names
 * @returns (T, B, directions · H), the hidden states; after a sentence's end they have no meaning
 */
export function addRecurrence(
  graph: GraphBuilder,
  plan: NetworkPlan,
  weightsOf: WeightsOf,
  layer: number,
  { x, I, weights }: LayerInput,
  lengths: string,
  prefix: string,
): string {
  const { hidden: H } = plan;
  const layerName = layerPrefix(layer);
  const name = `${prefix}${layerName}`;
  const bias = weightsOf(`${layerName}input.bias`);
  const cell = cellOf(plan);
  const { gates, directions } = networkWidths(plan);
  const columns = directions * gates * H;
  const { onnx } = cell;
  if (!onnx) {
    const product = graph.add('MatMul', [x, graph.tensor(`${name}input.weights`, [I, columns], weights)]);
    return graph.add('Tanh', [graph.add('Add', [product, graph.tensor(`${name}input.bias`, [columns], bias)])]);
  }
  const W = new Float32Array(directions * gates * H * I);
  const R = new Float32Array(directions * gates * H * H);
  /** For each direction, the input's biases of all gates, then the recurrent ones. */
  const B = new Float32Array(directions * 2 * gates * H);
  for (const [index, direction] of directionsOf(plan).entries()) {
    const recurrentWeightsOf: WeightsOf = (name) => weightsOf(`${layerName}${direction}.${name}`);
    for (const [block, gate] of onnx.gates.entries()) {
      const row = (index * gates + block) * H;
      const column = (index * gates + cell.gates.findIndex(({ name }) => name === gate)) * H;
      const biasRow = row + index * gates * H;
      W.set(transposed(weights, columns, column, H), row * I);
      R.set(gateColumns(cell.matrices, gate, recurrentWeightsOf, H), row * H);
      B.set(transposed(bias, columns, column, H), biasRow);
      B.set(gateColumns(cell.biases, gate, recurrentWeightsOf, H), biasRow + gates * H);
    }
  }
  const states = graph.add(
    onnx.name,
    [
      x,
      graph.tensor(`${name}W`, [directions, gates * H, I], W),
      graph.tensor(`${name}R`, [directions, gates * H, H], R),
      graph.tensor(`${name}B`, [directions, 2 * gates * H], B),
      lengths,
    ],
    { hidden_size: H, direction: directions === 2 ? 'bidirectional' : 'forward', ...onnx.attributes },
  );
  // (T, directions, B, H) to (T, B, directions · H)
  const bySentence = graph.add('Transpose', [states], { perm: [0, 2, 1, 3] });
  return graph.add('Reshape', [bySentence, graph.integers(0, 0, directions * H)]);
}

/** Returns the transpose of the columns `column` to `column + H - 1` of a matrix with rows of `columns` numbers. */
export function transposed(matrix: Float32Array, columns: number, column: number, H: number): Float32Array {
  const rows = matrix.length / columns;
  const numberAt = (_: unknown, i: number): number => at(matrix, (i % rows) * columns + column + Math.floor(i / rows));
  return Float32Array.from({ length: rows * H }, numberAt);
}

/** Returns a gate's columns, transposed, of the recurrent parameter that leads to it; nothing if none does. */
function gateColumns(
  parameters: readonly RecurrentParameter[],
  gate: string,
  weightsOf: WeightsOf,
  H: number,
): Float32Array {
  const parameter = parameters.find(({ gates }) => gates.includes(gate));
  if (!parameter) return new Float32Array();
  const { name, gates } = parameter;
  return transposed(weightsOf(name), gates.length * H, gates.indexOf(gate) * H, H);
}
