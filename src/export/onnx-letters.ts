import type { Network } from '../model/network.js';
import { READINGS, readingName } from '../model/plan.js';
import type { GraphBuilder } from './onnx-graph.js';
import type { WeightsOf } from './onnx-recurrence.js';

/**
 * Adds what reads the letters of words.
 *
 * @param ids (T, B, readings · letters), the rows that letters name
 * @param prefix of the names of tensors
 * @returns (T, B, readings · H), the last states of the readings side by side
 */
export function addReadings(
  graph: GraphBuilder,
  { plan }: Network,
  feature: number,
  ids: string,
  weightsOf: WeightsOf,
  prefix: string,
): string {
  const { name, rows, width: H, letters: L = 0 } = plan.features[feature] as Network['plan']['features'][number];
  const table = graph.tensor(`${prefix}input.${name}`, [rows, H], weightsOf(`input.${name}`));
  // (T, B, readings · L, H) to (readings · L, T · B, H)
  const byWord = graph.add('Reshape', [graph.add('Gather', [table, ids]), graph.integers(-1, READINGS.length * L, H)]);
  const byLetter = graph.add('Transpose', [byWord], { perm: [1, 0, 2] });
  const lastStates = READINGS.map((reading, index) => {
    const own = graph.add('Slice', [
      byLetter,
      graph.integers(index * L),
      graph.integers((index + 1) * L),
      graph.integers(0),
    ]);
    const weights = weightsOf(`${readingName(reading)}.weights`);
    const recurrent = Float32Array.from(weights, (_, i) => weights[(i % H) * H + Math.floor(i / H)] as number);
    const states = graph.add(
      'RNN',
      [
        own,
        graph.tensor('one letter', [1, H, H], identity(H)),
        graph.tensor(`${prefix}${readingName(reading)}`, [1, H, H], recurrent),
      ],
      { hidden_size: H },
    );
    // (L, 1, T · B, H) to (1, T · B, H)
    return graph.add('Gather', [states, graph.integer(L - 1)], { axis: 0 });
  });
  const shape = graph.add('Slice', [
    graph.add('Shape', [ids]),
    graph.integers(0),
    graph.integers(2),
    graph.integers(0),
  ]);
  const wanted = graph.add('Concat', [shape, graph.integers(READINGS.length * H)], { axis: 0 });
  return graph.add('Reshape', [graph.add('Concat', lastStates, { axis: 2 }), wanted]);
}

/** Rows of letters go into the recurrence as they are; ONNX's operator has a product of its own. */
function identity(H: number): Float32Array {
  return Float32Array.from({ length: H * H }, (_, i) => (i % (H + 1) === 0 ? 1 : 0));
}
