import { at } from '../numerics/at.js';
import {
  extent,
  layOutParameters,
  type ParameterLayout,
  type PlacedParameter,
  padded,
  type Side,
  side,
} from '../numerics/parameters.js';
import { bias, matrix, type NetworkParameter, TAG } from './parameter.js';
import { isTrained, type NetworkPart, partsOf } from './parts/network-parts.js';
import {
  cellOf,
  directionsOf,
  inputName,
  layerPrefix,
  type NetworkPlan,
  nameAt,
  recurrenceBlocks,
  windowOffsets,
} from './plan.js';

/** Widths of a network's buffers, padding included. */
export interface NetworkWidths {
  readonly directions: number;
  /** The number of blocks of H that each direction gets from the input. */
  readonly gates: number;
  /** H, padded. */
  readonly H: number;
  /** The width of the recurrence's input: directions · gates · H. */
  readonly recurrence: number;
  /** The width of the hidden states: directions · H. */
  readonly states: number;
  /** The width of the columns that parts fill side by side; 0 with `sum`. */
  readonly input: number;
  /** The number of those columns that are trained, which come first. */
  readonly trainedInput: number;
  /** K, padded. */
  readonly tags: number;
}

/** A parameter of a network, and its place in the order in which initial weights are drawn. */
export interface OrderedParameter extends NetworkParameter {
  readonly drawOrder: number;
}

export type NetworkLayout = ParameterLayout<OrderedParameter>;

export type PlacedNetworkParameter = PlacedParameter<OrderedParameter>;

/** Returns the widths of a network's buffers. */
export function networkWidths(plan: NetworkPlan): NetworkWidths {
  const directions = directionsOf(plan).length;
  const gates = cellOf(plan).gates.length;
  const H = padded(plan.hidden);
  const parts = partsOf(plan);
  return {
    directions,
    gates,
    H,
    recurrence: directions * gates * H,
    states: directions * H,
    input: parts.reduce((sum, part) => sum + columnsOf(part), 0),
    trainedInput: parts.reduce((sum, part) => sum + (isTrained(part) ? columnsOf(part) : 0), 0),
    tags: padded(plan.tags),
  };
}

/** Returns the number of columns that a part fills, padding included. */
export function columnsOf({ target }: NetworkPart): number {
  return target.kind === 'columns' ? extent(target.side) : 0;
}

/** Lays out the network's weights in the order of a checkpoint: parts, then the rest from the input to the output. */
export function networkLayout(plan: NetworkPlan): NetworkLayout {
  const parts = partsOf(plan);
  const own = parts.flatMap(({ rows, matrices, drawOrder }) =>
    [rows, ...matrices].map((parameter) => ({ ...parameter, drawOrder })),
  );
  return layOutParameters<OrderedParameter>([
    ...own,
    ...inputProducts(plan, parts),
    ...[...recurrentLayers(plan), ...output(plan)].map((parameter) => ({ ...parameter, drawOrder: 0 })),
  ]);
}

/** Returns the trained parameters of a network in the order of a checkpoint. */
export function parametersOf({ tables, dense }: NetworkLayout): PlacedNetworkParameter[] {
  return [...tables, ...dense];
}

/** Yields the matrices from parts to the recurrence: at each offset, those of all parts, one below the other. */
function* inputProducts(plan: NetworkPlan, parts: readonly NetworkPart[]): Generator<OrderedParameter> {
  const recurrence = side(plan.hidden, recurrenceBlocks(plan));
  for (const offset of windowOffsets(plan))
    for (const { target, table, drawOrder } of parts) {
      if (target.kind !== 'columns') continue;
      const name = inputName(offset, at(plan.tables, table).name);
      const panels = nameAt('input', offset);
      yield { ...matrix(name, target.side, recurrence, 1 / Math.sqrt(plan.hidden), { panels }), drawOrder };
    }
}

function* recurrentLayers(plan: NetworkPlan): Generator<NetworkParameter> {
  const { hidden: H } = plan;
  const { gates, matrices, biases } = cellOf(plan);
  const directions = directionsOf(plan);
  const recurrence = side(H, directions.length * gates.length);
  const initialBiases = directions.flatMap(() => gates.map(({ initialBias }) => initialBias));
  const product = (name: string, rows: Side, columns: Side): NetworkParameter =>
    matrix(name, rows, columns, 1 / Math.sqrt(H), { panels: name });
  for (let layer = 0; layer < plan.layers; layer++) {
    const prefix = layerPrefix(layer);
    if (layer > 0) yield product(`${prefix}input.weights`, side(H, directions.length), recurrence);
    yield bias(`${prefix}input.bias`, recurrence, {}, initialBiases);
    for (const direction of directions) {
      const name = `${prefix}${direction}`;
      for (const each of matrices) yield product(`${name}.${each.name}`, side(H), side(H, each.gates.length));
      for (const each of biases) yield bias(`${name}.${each.name}`, side(H, each.gates.length));
    }
  }
}

/** The largest initial weight of the CRF. */
const CRF_BOUND = 0.01;

function* output(plan: NetworkPlan): Generator<NetworkParameter> {
  const { hidden: H, tags: K, decoder } = plan;
  const name = 'output.weights';
  const states = side(H, directionsOf(plan).length);
  yield matrix(name, states, side(K), 1 / Math.sqrt(H), { panels: name, columnMeaning: TAG });
  yield bias('output.bias', side(K), { columnMeaning: TAG });
  if (decoder !== 'crf') return;
  yield matrix('crf.transitions', side(K), side(K), CRF_BOUND, { rowMeaning: TAG, columnMeaning: TAG });
  yield bias('crf.start', side(K), { columnMeaning: TAG });
  yield bias('crf.end', side(K), { columnMeaning: TAG });
}
