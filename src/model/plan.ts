import { badUsage } from '../errors.js';
import type { Cell } from '../layers/cell.js';
import { CELLS, type CellName } from '../layers/cells.js';
import type { ReadingDirection } from '../layers/sequence.js';
import type { Settings } from '../settings/settings.js';
import type { RowTable } from '../text/features.js';

/** One kind of one-hot vector: a table has a row for each of its values. */
export interface FeatureTable {
  readonly name: string;
  /** V, the number of values. */
  readonly rows: number;
  /** Numbers a row; with `sum` it is the width of the recurrence and this is not used. */
  readonly width: number;
  /** Whether its rows are given, and not trained; such a table is the last, and needs `concatenate`. */
  readonly isGiven?: boolean;
  /**
   * How many letters of a word are read each way, where rows are of letters: they meet the last states of these readings
   * and not the rows themselves. Such a table is the last that is trained, and needs `concatenate`.
   */
  readonly letters?: number;
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
  if (input === 'sum' && tables.some(({ namedRows }) => namedRows !== undefined))
    throw badUsage('letters need rows side by side', 'add --input concatenate, or leave letters out of --features');
  const features = tables.map(({ name, rows, namedRows, givenWidth }) => {
    if (givenWidth !== undefined) return { name, rows, width: givenWidth, isGiven: true };
    const table = { name, rows, width: widthOf(name, settings) };
    return namedRows === undefined ? table : { ...table, letters: namedRows / READINGS.length };
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

/** Those of them whose rows meet the recurrence as they are, which come first. */
export function oneHotFeatures(plan: NetworkPlan): readonly FeatureTable[] {
  return trainedFeatures(plan).filter(({ letters }) => letters === undefined);
}

function widthOf(table: string, { formWidth, affixWidth, hidden, input }: Settings): number {
  if (input === 'sum') return hidden;
  if (table === 'form') return formWidth;
  if (table === 'letters') return LETTERS_WIDTH;
  return table === 'casing' ? CASING_WIDTH : affixWidth;
}

const CASING_WIDTH = 8;

/** Of a letter's row, and of the state of a reading. */
const LETTERS_WIDTH = 16;

/** The ways in which the letters of a word are read. */
export const READINGS = ['forward', 'backward'] as const;

/** How many rows of a table a word names. */
export function namedRows({ letters }: FeatureTable): number {
  return letters === undefined ? 1 : READINGS.length * letters;
}

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
    oneHotFeatures(plan).flatMap(({ name }, feature) => {
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

/** Name of the recurrent weights of one reading of letters, without what they are. */
export function readingName(reading: (typeof READINGS)[number]): string {
  return `letters.${reading}`;
}

/** What the names of a layer's parameters begin with. */
export function layerPrefix(layer: number): string {
  return layer === 0 ? '' : `layer${layer + 1}.`;
}

/** The cell of every recurrent layer. */
export function cellOf({ cell }: NetworkPlan): Cell {
  return CELLS[cell];
}

/** The directions in which sentences are read. */
export function directionsOf({ direction }: NetworkPlan): readonly ReadingDirection[] {
  return direction === 'both' ? ['forward', 'backward'] : ['forward'];
}
