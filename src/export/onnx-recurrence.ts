import { networkWidths } from '../model/layout.js';
import type { CellName, NetworkPlan } from '../model/plan.js';
import { directionsOf, layerPrefix } from '../model/plan.js';
import type { GraphBuilder } from './onnx-graph.js';

/** A parameter's weights by its name, without padding. */
export type WeightsOf = (name: string) => Float32Array;

const OPERATORS = { elman: 'RNN', gru: 'GRU', lstm: 'LSTM' } as const;

/** Which of our blocks of H columns each block of ONNX's is. GRU: update, reset, candidate; LSTM: input, output, forget, candidate. */
const BLOCKS: Readonly<Record<Exclude<CellName, 'feedforward'>, readonly number[]>> = {
  elman: [0],
  gru: [1, 0, 2],
  lstm: [0, 3, 1, 2],
};

/** What one layer gets. */
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
 * @param prefix of the names of tensors
 * @param lengths (B), of the sentences
 * @returns (T, B, directions · H), the hidden states; behind a sentence's end they mean nothing
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
  const { cell, hidden: H } = plan;
  const layerName = layerPrefix(layer);
  const name = `${prefix}${layerName}`;
  const bias = weightsOf(`${layerName}input.bias`);
  const { gates, directions } = networkWidths(plan);
  const columns = directions * gates * H;
  if (cell === 'feedforward') {
    const product = graph.add('MatMul', [x, graph.tensor(`${name}input.weights`, [I, columns], weights)]);
    return graph.add('Tanh', [graph.add('Add', [product, graph.tensor(`${name}input.bias`, [columns], bias)])]);
  }
  const W = new Float32Array(directions * gates * H * I);
  const R = new Float32Array(directions * gates * H * H);
  const B = new Float32Array(directions * 2 * gates * H);
  for (const [index, direction] of directionsOf(plan).entries()) {
    const recurrent = recurrentWeights(cell, weightsOf, `${layerName}${direction}`, H);
    for (const [block, ours] of BLOCKS[cell].entries()) {
      for (let j = 0; j < H; j++) {
        const row = (index * gates + block) * H + j;
        const column = (index * gates + ours) * H + j;
        const biasRow = row + index * gates * H;
        for (let i = 0; i < I; i++) W[row * I + i] = weights[i * columns + column] as number;
        for (let i = 0; i < H; i++) R[row * H + i] = recurrent(i, ours * H + j);
        B[biasRow] = bias[column] as number;
        if (cell === 'gru' && ours === 2)
          B[biasRow + gates * H] = weightsOf(`${layerName}${direction}.candidate.bias`)[j] as number;
      }
    }
  }
  const states = graph.add(
    OPERATORS[cell],
    [
      x,
      graph.tensor(`${name}W`, [directions, gates * H, I], W),
      graph.tensor(`${name}R`, [directions, gates * H, H], R),
      graph.tensor(`${name}B`, [directions, 2 * gates * H], B),
      lengths,
    ],
    {
      hidden_size: H,
      direction: directions === 2 ? 'bidirectional' : 'forward',
      ...(cell === 'gru' && { linear_before_reset: 1 }),
    },
  );
  // (T, directions, B, H) to (T, B, directions · H)
  const bySentence = graph.add('Transpose', [states], { perm: [0, 2, 1, 3] });
  return graph.add('Reshape', [bySentence, graph.integers(0, 0, directions * H)]);
}

/** The weight from a state to a column of the gates. */
function recurrentWeights(
  cell: CellName,
  weightsOf: WeightsOf,
  name: string,
  H: number,
): (row: number, column: number) => number {
  if (cell === 'gru') {
    const gates = weightsOf(`${name}.gates`);
    const candidate = weightsOf(`${name}.candidate`);
    return (row, column) =>
      (column < 2 * H ? gates[row * 2 * H + column] : candidate[row * H + column - 2 * H]) as number;
  }
  const weights = weightsOf(`${name}.weights`);
  const width = weights.length / H;
  return (row, column) => weights[row * width + column] as number;
}
