import type { ExplainedToken, Explanation, StateBlock } from '../explanation/explanation.js';
import { grouped } from '../text/counts.js';
import { escapeHtml } from './html.js';

/** The distance between two words of the picture, in its units. */
export const COLUMN = 128;

const LEFT = 12;
/** The width of boxes, and of a cell of the hidden state; a row of cells fills a box. */
const BOX = 80;
const CELL = 5;
const CELLS = BOX / CELL;
/** The tags whose probabilities are drawn, and the height of the bar of each. */
const BARS = 4;
const BAR = 17;
/** The longest word or tag that is drawn whole. */
const LONGEST = 15;

/** The heights of the rows of the picture, from the top. */
interface Rows {
  readonly bars: number;
  readonly loss: number;
  /** The top of each block of states, and the height of all. */
  readonly blocks: readonly number[];
  readonly block: number;
  readonly x: number;
  readonly height: number;
}

/** Draws the network unrolled over the sentence: x below, the hidden states above it, y and the tag on top. */
export function unrolledSvg(explanation: Explanation): string {
  const { tokens, states } = explanation;
  const drawn = states.filter(({ network }) => network === 1);
  const rows = rowsOf(drawn.length, explanation.network.hidden);
  const width = 2 * LEFT + COLUMN * tokens.length;
  const label = `${explanation.network.cell} network unrolled: ${tokens.map(({ text, tag }) => `${text} ${tag}`).join(', ')}`;
  return `<svg width="${width}" height="${rows.height}" viewBox="0 0 ${width} ${rows.height}" role="img" aria-label="${escapeHtml(label)}">
<defs><marker id="tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L6 3L0 6Z"/></marker></defs>
${tokens.map((_, t) => columnOf(explanation, t, drawn, rows)).join('\n')}
</svg>`;
}

function rowsOf(blocks: number, hidden: number): Rows {
  const bars = 26;
  const loss = bars + BARS * BAR + 12;
  const block = CELL * Math.ceil(hidden / CELLS);
  const first = loss + 30;
  const distance = block + 40;
  const x = first + blocks * distance;
  const tops = Array.from({ length: blocks }, (_, index) => first + (blocks - 1 - index) * distance);
  return { bars, loss, blocks: tops, block, x, height: x + 62 };
}

function columnOf(explanation: Explanation, t: number, states: readonly StateBlock[], rows: Rows): string {
  const { tokens } = explanation;
  const token = tokens[t] as ExplainedToken;
  const left = LEFT + t * COLUMN + (COLUMN - BOX) / 2;
  const middle = left + BOX / 2;
  const { index, size } = token.vocabulary;
  const isWrong = token.gold !== undefined && token.gold !== token.tag;
  const parts = [
    `<text class="word${isWrong ? ' wrong' : ''}" x="${middle}" y="16">${short(token.tag)}${isWrong ? ` (gold ${short(token.gold ?? '')})` : ''}</text>`,
    barsOf(token, left, rows.bars),
    token.loss === undefined
      ? ''
      : `<text class="small" x="${middle}" y="${rows.loss}">loss ${token.loss.toFixed(4)}<title>${token.loss}</title></text>`,
    ...states.map((state, block) => blockOf(explanation, t, block, state, states, left, rows)),
    `<rect class="box" x="${left}" y="${rows.x}" width="${BOX}" height="22" rx="3"/>`,
    `<text x="${middle}" y="${rows.x + 15}">${index === 0 ? 'unknown' : `x: ${grouped(index)}`}<title>one-hot vector of ${grouped(size)} numbers, of which number ${grouped(index)} is 1</title></text>`,
    `<text class="word" x="${middle}" y="${rows.x + 42}">${short(token.text)}<title>${escapeHtml(token.text)}</title></text>`,
    `<text class="small" x="${middle}" y="${rows.x + 56}">t = ${t + 1}</text>`,
  ];
  return `<g data-t="${t}">${parts.join('')}${verticalArrows(states, middle, rows)}</g>`;
}

function barsOf({ probabilities }: ExplainedToken, left: number, top: number): string {
  const ranked = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return ranked
    .slice(0, BARS)
    .map(([tag, p], place) => {
      const y = top + place * BAR;
      return `<g><title>${escapeHtml(tag)}: ${p}</title><rect class="bar" x="${left}" y="${y}" width="${(BOX * p).toFixed(2)}" height="${BAR - 3}"/><text class="small start" x="${left + 3}" y="${y + 11}">${short(tag)} ${p.toFixed(3)}</text></g>`;
    })
    .join('');
}

/** Draws a block of states, its arrow to the next word in the order of reading, and the place of its error. */
function blockOf(
  { tokens, reach, network }: Explanation,
  t: number,
  block: number,
  { direction, layer }: StateBlock,
  states: readonly StateBlock[],
  left: number,
  rows: Rows,
): string {
  const numbers = tokens[t]?.hidden[block] ?? [];
  const top = rows.blocks[block] ?? 0;
  const isForward = direction === 'forward';
  const hasNext = isForward ? t + 1 < tokens.length : t > 0;
  const y = top + rows.block / 2;
  const [from, to] = isForward ? [left + BOX + 2, left + COLUMN - 2] : [left - 2, left - COLUMN + BOX + 2];
  const arrow =
    hasNext && network.cell !== 'feedforward'
      ? `<path class="arrow" d="M${from} ${y}H${to}"/><text class="small" x="${(from + to) / 2}" y="${y - 5}">Wh</text>`
      : '';
  const isTop = layer === Math.max(...states.map((each) => each.layer));
  const error =
    reach && isTop
      ? `<rect class="error" data-error="${t}" x="${left}" y="${top + rows.block + 4}" width="0" height="5"/>`
      : '';
  const title = `h of ${tokens[t]?.text}, ${direction}: ${numbers.map((number) => number.toFixed(4)).join(' ')}`;
  const name = `<text class="small" x="${left + BOX - 8}" y="${top - 5}">h${states.length > 1 ? (isForward ? '→' : '←') : ''}</text>`;
  return `${name}<g><title>${escapeHtml(title)}</title><rect class="box" x="${left - 1}" y="${top - 1}" width="${BOX + 2}" height="${rows.block + 2}"/>${cellsOf(numbers, left, top)}</g>${error}${arrow}`;
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

/** Draws arrows from x to the lowest layer, from each layer to the next, and from the highest to y. */
function verticalArrows(states: readonly StateBlock[], middle: number, rows: Rows): string {
  const top = Math.max(...states.map(({ layer }) => layer));
  const tops = (layer: number): number[] => rows.blocks.filter((_, block) => states[block]?.layer === layer);
  const arrows: string[] = [];
  for (let layer = 1; layer <= top + 1; layer++) {
    const starts = layer === 1 ? [rows.x] : tops(layer - 1);
    const ends = layer === top + 1 ? [rows.loss + 6] : tops(layer).map((y) => y + rows.block + 2);
    const name = layer === top + 1 ? 'Wy' : 'Wx';
    for (const start of starts)
      for (const end of ends) {
        const isNear = start - end < rows.block;
        const side = middle - BOX / 2 - 14;
        const d = isNear
          ? `M${middle} ${start - 2}V${end + 1}`
          : `M${middle - 20} ${start - 2}C${side} ${start - 20} ${side} ${end + 26} ${middle - 20} ${end + 1}`;
        arrows.push(`<path class="arrow" d="${d}"/>`);
        if (isNear) arrows.push(`<text class="small" x="${middle + 13}" y="${(start + end) / 2 + 4}">${name}</text>`);
      }
  }
  return arrows.join('');
}

function short(text: string): string {
  const letters = [...text];
  return escapeHtml(letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : text);
}
