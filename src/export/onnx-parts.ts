import type { PartKindName } from '../model/parts/kinds.js';
import { lettersOfReading, READINGS, readingWeights } from '../model/parts/letters.js';
import type { NetworkPart } from '../model/parts/network-parts.js';
import type { PlannedTable } from '../model/plan.js';
import type { GraphBuilder } from './onnx-graph.js';
import { transposed, type WeightsOf } from './onnx-recurrence.js';

/** A part to be exported. */
interface PartExport {
  readonly part: NetworkPart;
  readonly table: PlannedTable;
  /** (T, B): the row that each token names; (T, B, named) if a token names several */
  readonly ids: string;
  readonly weightsOf: WeightsOf;
  /** The prefix of the names of the network's tensors. */
  readonly prefix: string;
}

/** The export of one kind of part. */
interface OnnxPart {
  /** Adds the part's output, (T, B, width), and returns its name. */
  add(graph: GraphBuilder, part: PartExport): string;
  /** Returns the metadata of a table of this kind beside its name and values. */
  describe?(table: PlannedTable): Readonly<Record<string, number>>;
}

/** The exports of all kinds of parts. */
export const ONNX_PARTS: Readonly<Record<PartKindName, OnnxPart>> = {
  oneHot: { add: addRows },
  // All networks share the vectors.
  vectors: { add: (graph, part) => addRows(graph, { ...part, prefix: '' }) },
  clusters: { add: addRows },
  dictionaries: { add: addRows },
  letters: { add: addReadings, describe: (table) => ({ letters: lettersOfReading(table) }) },
};

/** Adds the table of a part. */
function addTable(graph: GraphBuilder, { part, weightsOf, prefix }: PartExport): string {
  const { name, shape } = part.rows;
  return graph.tensor(`${prefix}${name}`, shape, weightsOf(name));
}

/** Adds the look-up of the row that each token names. */
function addRows(graph: GraphBuilder, part: PartExport): string {
  return graph.add('Gather', [addTable(graph, part), part.ids]);
}

/** Adds the readings of words' letters: their last states, side by side. */
function addReadings(graph: GraphBuilder, part: PartExport): string {
  const { table, ids, weightsOf, prefix } = part;
  const { width: H, named } = table;
  const L = lettersOfReading(table);
  const rows = graph.add('Gather', [addTable(graph, part), ids]);
  // (T, B, readings · L, H) to (readings · L, T · B, H)
  const byWord = graph.add('Reshape', [rows, graph.integers(-1, named, H)]);
  const byLetter = graph.add('Transpose', [byWord], { perm: [1, 0, 2] });
  const lastStates = READINGS.map((reading, index) => {
    const own = graph.slice(byLetter, index * L, (index + 1) * L, 0);
    const recurrent = transposed(weightsOf(readingWeights(reading)), H, 0, H);
    const states = graph.add(
      'RNN',
      [
        own,
        graph.tensor('one letter', [1, H, H], unitMatrix(H)),
        graph.tensor(`${prefix}letters.${reading}`, [1, H, H], recurrent),
      ],
      { hidden_size: H },
    );
    // (L, 1, T · B, H) to (1, T · B, H)
    return graph.add('Gather', [states, graph.integer(L - 1)], { axis: 0 });
  });
  const shape = graph.slice(graph.add('Shape', [ids]), 0, 2, 0);
  const wanted = graph.add('Concat', [shape, graph.integers(READINGS.length * H)], { axis: 0 });
  return graph.add('Reshape', [graph.add('Concat', lastStates, { axis: 2 }), wanted]);
}

/** Returns the unit matrix, by which ONNX's recurrent operators multiply input that is to stay unchanged. */
export function unitMatrix(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}
