import { badUsage } from '../errors.js';
import {
  layOutParameters,
  type ParameterLayout,
  type ParameterSpec,
  padded,
  type Side,
  side,
} from '../numerics/parameters.js';
import type { Settings } from '../settings/settings.js';
import type { RowTable } from '../text/features.js';

export type CellName = 'elman' | 'gru' | 'lstm' | 'feedforward';

/** One kind of one-hot vector: a table has a row for each of its values. */
export interface FeatureTable {
  readonly name: string;
  /** V, the number of values. */
  readonly rows: number;
  /** Numbers a row; with `sum` it is the width of the recurrence and this is not used. */
  readonly width: number;
  /** Whether its rows are given, and not trained; such a table is the last, and needs `concatenate`. */
  readonly isGiven?: boolean;
}

/** All that decides a network's shape. */
export interface NetworkPlan {
  readonly features: readonly FeatureTable[];
  /** `sum`: rows go straight into the recurrence, summed. `concatenate`: side by side, then through a product. */
  readonly input: 'sum' | 'concatenate';
  readonly cell: CellName;
  readonly direction: 'forward' | 'both';
  /** Number of recurrent layers, each reading the states of the one below. */
  readonly layers: number;
  /** H */
  readonly hidden: number;
  /** K */
  readonly tags: number;
  readonly decoder: 'softmax' | 'crf';
  /** Neighbours on each side whose rows are seen beside the token's own; needs `concatenate`. */
  readonly window: number;
  /** Whether rows of the token and of its neighbours are also added straight to the logits ("wide", Cheng et al., 2016). */
  readonly wide: boolean;
  /** Chances that a number is dropped in training: of rows side by side, and of the hidden states; from 0 to 1. */
  readonly inputDropout: number;
  readonly dropout: number;
  /** ((K + 2), K), row by row: 1 where a tag (row) may be followed by another; then which may begin, which may end. */
  readonly allowed: Uint8Array;
}

/**
 * The network that settings, tables and K tags describe.
 *
 * @param allowed ((K + 2), K), which tags may follow which
 */
export function planNetwork(
  settings: Settings,
  tables: readonly RowTable[],
  K: number,
  allowed: Uint8Array,
): NetworkPlan {
  const { cell, direction, layers, decoder, hidden, input, window, wide, inputDropout, dropout } = settings;
  if (input === 'sum' && window > 0)
    throw badUsage('a window of neighbours needs rows side by side', 'add --input concatenate, or leave out --window');
  if (input === 'sum' && tables.some(({ givenWidth }) => givenWidth !== undefined))
    throw badUsage('vectors need rows side by side', 'add --input concatenate, or leave out --vectors');
  const features = tables.map(({ name, rows, givenWidth }) => {
    return givenWidth === undefined
      ? { name, rows, width: widthOf(name, settings) }
      : { name, rows, width: givenWidth, isGiven: true };
  });
  return {
    features,
    input,
    cell,
    direction,
    layers,
    hidden,
    tags: K,
    decoder,
    window,
    wide,
    inputDropout: input === 'sum' ? 0 : inputDropout,
    dropout,
    allowed,
  };
}

/** The features whose rows are trained, which come first. */
export function trainedFeatures({ features }: NetworkPlan): readonly FeatureTable[] {
  return features.filter(({ isGiven }) => !isGiven);
}

function widthOf(table: string, { formWidth, affixWidth, hidden, input }: Settings): number {
  if (input === 'sum') return hidden;
  if (table === 'form') return formWidth;
  return table === 'casing' ? CASING_WIDTH : affixWidth;
}

const CASING_WIDTH = 8;

/** Where the tokens stand whose rows the recurrence sees from a token: itself first, then from near to far. */
export function windowOffsets({ window }: NetworkPlan): number[] {
  return offsetsUpTo(window);
}

function offsetsUpTo(distance: number): number[] {
  return [0, ...Array.from({ length: distance }, (_, index) => [-index - 1, index + 1]).flat()];
}

/** Neighbours on each side that vote for tags. */
const WIDE_DISTANCE = 2;

/** Features of neighbours that vote for tags; of the token itself, all do. */
const WIDE_NEIGHBOURS: readonly string[] = ['form', 'shape'];

/** Where the tokens stand whose rows are added to the logits, in the order of `windowOffsets`. */
export function wideOffsets({ wide }: NetworkPlan): number[] {
  return wide ? offsetsUpTo(WIDE_DISTANCE) : [];
}

/** The tables whose rows are added to the logits: number of the feature, number of the offset, name. */
export function listWideTables(plan: NetworkPlan): { feature: number; place: number; name: string }[] {
  return wideOffsets(plan).flatMap((offset, place) =>
    trainedFeatures(plan).flatMap(({ name }, feature) => {
      const side = offset > 0 ? `+${offset}` : `${offset || ''}`;
      return offset === 0 || WIDE_NEIGHBOURS.includes(name) ? [{ feature, place, name: `wide${side}.${name}` }] : [];
    }),
  );
}

/** Name of the input weights of one offset of the window, or of a feature's part of them. */
export function inputName(offset: number, feature?: string): string {
  const place = offset === 0 ? 'input' : `input${offset > 0 ? '+' : ''}${offset}`;
  return feature === undefined ? place : `${place}.${feature}.weights`;
}

/** What the names of a layer's parameters begin with. */
export function layerPrefix(layer: number): string {
  return layer === 0 ? '' : `layer${layer + 1}.`;
}

/** The directions in which sentences are read. */
export function directionsOf({ direction }: NetworkPlan): readonly ('forward' | 'backward')[] {
  return direction === 'both' ? ['forward', 'backward'] : ['forward'];
}

const GATES = { elman: 1, gru: 3, lstm: 4, feedforward: 1 } as const;

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
  const gates = GATES[plan.cell];
  const H = padded(plan.hidden);
  const widthOfRows = (tables: readonly FeatureTable[]): number =>
    plan.input === 'sum' ? 0 : tables.reduce((sum, { width }) => sum + padded(width), 0);
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

/** The network's weights, in the order of its layers. */
export function networkLayout(plan: NetworkPlan): ParameterLayout {
  const { directions, gates } = networkWidths(plan);
  const { hidden: H, tags: K } = plan;
  const recurrence = side(H, directions * gates);
  const specs: ParameterSpec[] = [];
  for (const { name, rows, width, isGiven } of plan.features) {
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
  if (plan.input === 'concatenate') {
    for (const offset of windowOffsets(plan))
      for (const { name, width } of plan.features) matrix(inputName(offset, name), side(width), recurrence);
  }
  bias('input.bias', recurrence);
  for (let layer = 0; layer < plan.layers; layer++) {
    const prefix = layerPrefix(layer);
    if (layer > 0) {
      matrix(`${prefix}input.weights`, side(H, directions), recurrence);
      bias(`${prefix}input.bias`, recurrence);
    }
    for (const direction of directionsOf(plan)) {
      const name = `${prefix}${direction}`;
      if (plan.cell === 'gru') {
        matrix(`${name}.gates`, side(H), side(H, 2));
        matrix(`${name}.candidate`, side(H), side(H));
        bias(`${name}.candidate.bias`, side(H));
      } else if (plan.cell !== 'feedforward') matrix(`${name}.weights`, side(H), side(H, gates));
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
