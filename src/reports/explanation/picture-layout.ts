import type { Picture } from './pictures.js';

/** The distance between two words of the picture, in its units. */
export const COLUMN = 128;
/** The margin on the left and on the right. */
export const LEFT = 12;
/** The width of boxes, and of a cell of the hidden state; a row of cells fills a box. */
export const BOX = 80;
export const CELL = 5;
export const CELLS = BOX / CELL;
/** The tags whose probabilities are drawn, and the height of the bar of each. */
export const BARS = 4;
export const BAR = 17;
/** The height of the bar of a gate. */
export const GATE = 13;
/** The height of a row of the triangle of errors. */
export const TRIANGLE_CELL = 20;
/** The longest word or tag that is drawn whole. */
export const LONGEST = 15;

/** Returns the height of the cells of a hidden state of H numbers. */
export function heightOfStates(H: number): number {
  return CELL * Math.ceil(H / CELLS);
}

/** The heights of the rows of the picture, from the top. */
export interface Rows {
  readonly bars: number;
  readonly loss: number;
  /** The top of each block of states, and the height of all; one block if the answers of networks stand in their place. */
  readonly blocks: readonly number[];
  readonly block: number;
  readonly x: number;
  readonly height: number;
}

/** Returns the heights of a picture's rows. */
export function rowsOf({ states, network, opinions, tokens }: Picture): Rows {
  const bars = tokens.some(({ gold }) => gold !== undefined) ? 38 : 26;
  const loss = bars + BARS * BAR + 12;
  const gates = Math.max(0, ...(tokens[0]?.gates ?? []).map((open) => Object.keys(open).length));
  const isMean = states.length === 0;
  const block = isMean ? opinions.length * BAR : heightOfStates(network.hidden) + (gates > 0 ? 4 + gates * GATE : 0);
  const count = isMean ? 1 : states.length;
  const first = loss + 30;
  const distance = block + 40;
  const x = first + count * distance;
  const blocks = Array.from({ length: count }, (_, index) => first + (count - 1 - index) * distance);
  return { bars, loss, blocks, block, x, height: x + 62 };
}
