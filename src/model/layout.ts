import {
  extent,
  layOutParameters,
  type ParameterLayout,
  type ParameterSpec,
  padded,
  type Side,
  side,
} from '../numerics/parameters.js';
import {
  cellOf,
  directionsOf,
  type FeatureTable,
  inputName,
  layerPrefix,
  listWideTables,
  type NetworkPlan,
  READINGS,
  readingName,
  trainedFeatures,
  windowOffsets,
} from './plan.js';

/** Widths of a network's buffers, padding included. */
export interface NetworkWidths {
  readonly directions: number;
  /** Blocks of H that the input gives each direction. */
  readonly gates: number;
  /** H, padded. */
  readonly H: number;
  /** Of the input of the recurrence: directions · gates · H. */
  readonly recurrence: number;
  /** Of the hidden states: directions · H. */
  readonly states: number;
  /** Of the concatenated rows; 0 with `sum`. */
  readonly input: number;
  /** Of those of them that are trained, which come first. */
  readonly trainedInput: number;
  /** K, padded. */
  readonly tags: number;
}

export function networkWidths(plan: NetworkPlan): NetworkWidths {
  const directions = plan.direction === 'both' ? 2 : 1;
  const gates = cellOf(plan).gates.length;
  const H = padded(plan.hidden);
  const widthOfRows = (tables: readonly FeatureTable[]): number =>
    plan.input === 'sum' ? 0 : tables.reduce((sum, table) => sum + extent(inputSide(table)), 0);
  return {
    directions,
    gates,
    H,
    recurrence: directions * gates * H,
    states: directions * H,
    input: widthOfRows(plan.features),
    trainedInput: widthOfRows(trainedFeatures(plan)),
    tags: padded(plan.tags),
  };
}

/** What a feature gives the product of the input: its row, or the last state of each reading. */
function inputSide({ width, letters }: FeatureTable): Side {
  return side(width, letters === undefined ? 1 : READINGS.length);
}

/** The network's weights, in the order of its layers. */
export function networkLayout(plan: NetworkPlan): ParameterLayout {
  const { directions, gates } = networkWidths(plan);
  const { hidden: H, tags: K } = plan;
  const recurrence = side(H, directions * gates);
  const specs: ParameterSpec[] = [];
  for (const { name, rows, width, isGiven, letters } of plan.features) {
    if (letters !== undefined) continue;
    const columns = plan.input === 'sum' ? recurrence : side(width);
    const shape = [rows, columns.blocks * columns.size];
    specs.push({ name: `input.${name}`, kind: isGiven ? 'given' : 'table', shape, rows: side(rows), columns });
  }
  for (const { name, feature } of listWideTables(plan)) {
    const rows = (plan.features[feature] as FeatureTable).rows;
    specs.push({ name, kind: 'table', shape: [rows, K], rows: side(rows), columns: side(K) });
  }
  const matrix = (name: string, rows: Side, columns: Side): void => {
    const shape = [rows.blocks * rows.size, columns.blocks * columns.size];
    specs.push({ name, kind: 'matrix', shape, rows, columns });
  };
  const bias = (name: string, columns: Side): void => {
    specs.push({ name, kind: 'bias', shape: [columns.blocks * columns.size], rows: side(1), columns });
  };
  for (const { name, rows, width, letters } of plan.features) {
    if (letters === undefined) continue;
    const columns = side(width);
    specs.push({ name: `input.${name}`, kind: 'table', shape: [rows, width], rows: side(rows), columns });
    for (const reading of READINGS) matrix(`${readingName(reading)}.weights`, columns, columns);
  }
  if (plan.input === 'concatenate') {
    for (const offset of windowOffsets(plan))
      for (const feature of plan.features) matrix(inputName(offset, feature.name), inputSide(feature), recurrence);
  }
  bias('input.bias', recurrence);
  for (let layer = 0; layer < plan.layers; layer++) {
    const prefix = layerPrefix(layer);
    if (layer > 0) {
      matrix(`${prefix}input.weights`, side(H, directions), recurrence);
      bias(`${prefix}input.bias`, recurrence);
    }
    const { matrices, biases } = cellOf(plan);
    for (const direction of directionsOf(plan)) {
      const name = `${prefix}${direction}`;
      for (const each of matrices) matrix(`${name}.${each.name}`, side(H), side(H, each.gates.length));
      for (const each of biases) bias(`${name}.${each.name}`, side(H, each.gates.length));
    }
  }
  matrix('output.weights', side(H, directions), side(K));
  bias('output.bias', side(K));
  if (plan.decoder === 'crf') {
    matrix('crf.transitions', side(K), side(K));
    bias('crf.start', side(K));
    bias('crf.end', side(K));
  }
  return layOutParameters(specs);
}
