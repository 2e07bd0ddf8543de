import type { StateBlock } from '../../explanation/explanation.js';
import { grouped } from '../../text/counts.js';
import { escapeHtml } from '../html.js';
import { BAR, BARS, BOX, COLUMN, LEFT, LONGEST, type Rows, rowsOf, TRIANGLE_CELL } from './picture-layout.js';
import type { Picture, PictureToken } from './pictures.js';
import { statesSvg } from './states-svg.js';
import { triangleSvg } from './triangle-svg.js';

/** A drawing: the attributes of its svg element, and what stands in it. */
interface Drawing {
  readonly attributes: string;
  readonly content: string;
}

/** Draws the network unrolled as an element of a page, which must have `ARROW_HEAD` once. */
export function unrolledSvg(picture: Picture): string {
  const { attributes, content } = drawUnrolled(picture, false);
  return `<svg data-name="${escapeHtml(picture.name)}" ${attributes}>\n${content}\n</svg>`;
}

/**
 * Draws the network unrolled over the sentence: x below, the hidden states above it, y and the tag on top. The answers of
 * several networks stand in the place of hidden states.
 *
 * @param hasTriangle true if the norms of the errors, where they are known, are drawn below, as a triangle
 */
export function drawUnrolled(picture: Picture, hasTriangle: boolean): Drawing {
  const { tokens, network, reach } = picture;
  const rows = rowsOf(picture);
  const width = 2 * LEFT + COLUMN * tokens.length;
  const triangle = hasTriangle && reach ? triangleSvg(tokens, reach, rows.height) : '';
  const height = rows.height + (triangle === '' ? 0 : TRIANGLE_CELL * tokens.length + 34);
  const label = `${network.cell} network unrolled: ${tokens.map(({ text, tag }) => `${text} ${tag}`).join(', ')}`;
  return {
    attributes: `class="unrolled" style="width:${width}px" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}"`,
    content: tokens.map((_, t) => columnOf(picture, t, rows)).join('\n') + triangle,
  };
}

/** The head of arrows, for all pictures of a document. */
export const ARROW_HEAD =
  '<defs><marker id="tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0L6 3L0 6Z"/></marker></defs>';

function columnOf(picture: Picture, t: number, rows: Rows): string {
  const { tokens, states, opinions, reach } = picture;
  const token = tokens[t] as PictureToken;
  const left = LEFT + t * COLUMN + (COLUMN - BOX) / 2;
  const middle = left + BOX / 2;
  const { index, size } = token.vocabulary;
  const isWrong = token.gold !== undefined && token.gold !== token.tag;
  const parts = [
    `<text class="word${isWrong ? ' wrong' : ''}" x="${middle}" y="16">${short(token.tag)}</text>`,
    isWrong ? `<text class="small wrong" x="${middle}" y="30">gold ${short(token.gold ?? '')}</text>` : '',
    barsOf(token, left, rows.bars),
    token.loss === undefined
      ? ''
      : `<text class="small" x="${middle}" y="${rows.loss}">loss ${token.loss.toFixed(4)}<title>${token.loss}</title></text>`,
    ...states.map((_, block) => statesSvg(picture, t, block, left, rows)),
    opinions.length > 0 ? opinionsOf(picture, t, left, rows) : '',
    reach ? errorsOf(picture, t, left, rows) : '',
    `<rect class="box" x="${left}" y="${rows.x}" width="${BOX}" height="22" rx="3"/>`,
    `<text x="${middle}" y="${rows.x + 15}">${index === 0 ? 'unknown' : `x: ${grouped(index)}`}<title>one-hot vector of ${grouped(size)} numbers, of which number ${grouped(index)} is 1</title></text>`,
    `<text class="word" x="${middle}" y="${rows.x + 42}">${short(token.text)}<title>${escapeHtml(token.text)}</title></text>`,
    `<text class="small" x="${middle}" y="${rows.x + 56}">t = ${t + 1}</text>`,
    verticalArrows(picture, middle, rows),
  ];
  return `<g data-t="${t}" ${saidOf(token, t)}>${parts.join('')}</g>`;
}

/** Tells a word, and its loss, in the words that a step shows. */
function saidOf({ text, tag, probabilities, loss }: PictureToken, t: number): string {
  const said = `Word ${t + 1}, ${text}: ${tag}, ${(100 * (probabilities[tag] ?? 0)).toFixed(1)} %`;
  const back =
    loss === undefined ? '' : ` data-back="${escapeHtml(`Back from ${text}, whose loss is ${loss.toFixed(4)}`)}"`;
  return `data-said="${escapeHtml(said)}"${back}`;
}

function barsOf({ probabilities }: PictureToken, left: number, top: number): string {
  const ranked = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return ranked
    .slice(0, BARS)
    .map(([tag, p], place) => barOf(tag, p, '', left, top + place * BAR))
    .join('');
}

/** Draws the answer of each network, a bar with its tag. */
function opinionsOf({ opinions }: Picture, t: number, left: number, { blocks: [top = 0] }: Rows): string {
  return opinions
    .map(({ tags, probabilities }, index) => {
      const tag = tags[t] ?? '';
      return barOf(tag, probabilities[t]?.[tag] ?? 0, `${index + 1}: `, left, top + index * BAR);
    })
    .join('');
}

function barOf(tag: string, p: number, before: string, left: number, y: number): string {
  const title = `${before === '' ? '' : `network ${before}`}${tag}: ${p}`;
  return `<g><title>${escapeHtml(title)}</title><rect class="bar" x="${left}" y="${y}" width="${(BOX * p).toFixed(2)}" height="${BAR - 3}"/><text class="small start" x="${left + 3}" y="${y + 11}">${before}${short(tag)} ${p.toFixed(3)}</text></g>`;
}

/** Draws the place of the error that reaches the top layer from each word: its share of the largest one of that word. */
function errorsOf({ reach = [], states, tokens }: Picture, t: number, left: number, rows: Rows): string {
  const shares = reach.map((row) => Number(((row[t] ?? 0) / (Math.max(...row) || 1)).toPrecision(3)));
  const top = topLayerOf(states);
  const tops = rows.blocks.filter((_, block) => states.length === 0 || states[block]?.layer === top);
  return tops
    .map(
      (y) =>
        `<rect class="error" data-shares="${shares.join(' ')}" x="${left}" y="${y + rows.block + 4}" width="0" height="5"><title>error at ${escapeHtml(tokens[t]?.text ?? '')}</title></rect>`,
    )
    .join('');
}

function topLayerOf(states: readonly StateBlock[]): number {
  return Math.max(1, ...states.map(({ layer }) => layer));
}

/** Draws arrows from x to the lowest layer, from each layer to the next, and from the highest to y. */
function verticalArrows({ states }: Picture, middle: number, rows: Rows): string {
  const top = topLayerOf(states);
  const isMean = states.length === 0;
  const tops = (layer: number): number[] => rows.blocks.filter((_, block) => isMean || states[block]?.layer === layer);
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
        if (isNear)
          arrows.push(
            `<text class="small" x="${middle + (isMean ? 18 : 13)}" y="${(start + end) / 2 + 4}">${isMean ? (name === 'Wy' ? 'mean' : '') : `${name}<title>${MEANINGS[name]}</title>`}</text>`,
          );
      }
  }
  return arrows.join('');
}

/** What hovering tells of the names of weights. */
const MEANINGS = {
  Wx: 'Wx: from the word to the state; input.* in rnn inspect',
  Wy: 'Wy: from the state to the scores of tags; output.weights in rnn inspect',
};

function short(text: string): string {
  const letters = [...text];
  return escapeHtml(letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : text);
}
