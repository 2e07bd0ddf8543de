import type { GateOpenness, StateBlock } from '../../explanation/explanation.js';
import { escapeHtml } from '../html.js';
import { BOX, CELL, CELLS, COLUMN, GATE, heightOfStates, type Rows } from './picture-layout.js';
import type { Picture } from './pictures.js';

/** Draws a block of states with its gates, and its arrow to the next word in the order of reading. */
export function statesSvg(
  { tokens, states, network }: Picture,
  t: number,
  block: number,
  left: number,
  rows: Rows,
): string {
  const { direction } = states[block] as StateBlock;
  const numbers = tokens[t]?.hidden[block] ?? [];
  const top = rows.blocks[block] ?? 0;
  const cells = heightOfStates(network.hidden);
  const isForward = direction === 'forward';
  const hasNext = isForward ? t + 1 < tokens.length : t > 0;
  const y = top + cells / 2;
  const [from, to] = isForward ? [left + BOX + 2, left + COLUMN - 2] : [left - 2, left - COLUMN + BOX + 2];
  const arrow =
    hasNext && network.cell !== 'feedforward'
      ? `<path class="arrow" d="M${from} ${y}H${to}"/><text class="small" x="${(from + to) / 2}" y="${y - 5}">Wh<title>Wh: from the state of one word to that of the next; ${direction}.* in rnn inspect</title></text>`
      : '';
  const title = `h of ${tokens[t]?.text}, ${direction}: ${numbers.map((number) => number.toFixed(4)).join(' ')}`;
  const name = `<text class="small" x="${left + BOX - 8}" y="${top - 5}">h${states.length > 1 ? (isForward ? '→' : '←') : ''}</text>`;
  const gates = gatesOf(tokens[t]?.gates?.[block] ?? {}, left, top + cells + 4);
  return `${name}<g><title>${escapeHtml(title)}</title><rect class="box" x="${left - 1}" y="${top - 1}" width="${BOX + 2}" height="${cells + 2}"/>${cellsOf(numbers, left, top)}</g>${gates}${arrow}`;
}

/** Draws how open each gate is, as a bar. */
function gatesOf(gates: GateOpenness, left: number, top: number): string {
  return Object.entries(gates)
    .map(([name, open], index) => {
      const y = top + index * GATE;
      return `<g><title>gate ${name}: ${open} open</title><rect class="box" x="${left}" y="${y}" width="${BOX}" height="${GATE - 2}"/><rect class="gate" x="${left}" y="${y}" width="${(BOX * open).toFixed(2)}" height="${GATE - 2}"/><text class="small start" x="${left + 3}" y="${y + 9}">${name} ${open.toFixed(2)}</text></g>`;
    })
    .join('');
}

/** Draws the cells of a state, those of one colour and strength as one path. */
function cellsOf(numbers: readonly number[], left: number, top: number): string {
  const strengths = 5;
  const paths = new Map<string, string>();
  for (const [i, number] of numbers.entries()) {
    const strength = Math.min(strengths, Math.floor(Math.abs(number) * strengths + 0.5));
    if (strength === 0) continue;
    const key = `class="${number > 0 ? 'above' : 'below'}" fill-opacity="${strength / strengths}"`;
    const place = `M${left + CELL * (i % CELLS)} ${top + CELL * Math.floor(i / CELLS)}h${CELL}v${CELL}h-${CELL}z`;
    paths.set(key, (paths.get(key) ?? '') + place);
  }
  return [...paths].map(([key, d]) => `<path ${key} d="${d}"/>`).join('');
}
