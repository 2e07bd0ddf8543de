import type { Explanation } from '../../explanation/explanation.js';
import { counted, grouped } from '../../text/counts.js';
import { escapeHtml } from '../html.js';
import { noGates } from './cell-names.js';
import { equationsOf, parameterNames } from './equations.js';
import type { Picture } from './pictures.js';
import { unrolledSvg } from './unrolled-svg.js';

/**
 * Describes one picture: the facts of its network, the network unrolled, its equations, and its numbers as tables.
 *
 * @param isDrawn false if the picture stands elsewhere
 */
export function pictureSection(picture: Picture, isDrawn = true): string {
  const equations = equationsOf(picture).map((equation) => `<code>${escapeHtml(equation)}</code>`);
  return `<p class="quiet">${escapeHtml(factsOf(picture))}</p>
${isDrawn ? scrollingPicture(picture) : ''}
<p>${escapeHtml(legendOf(picture))}</p>
<p>${equations.join('<br>')}</p>
<p class="quiet">In <code>rnn inspect</code>: ${escapeHtml(parameterNames(picture))}.</p>
<div class="numbers">
${wordTable(picture)}${picture.reach ? reachTable(picture.tokens, picture.reach) : ''}</div>
`;
}

/** Draws a picture in a frame that scrolls. */
export function scrollingPicture(picture: Picture): string {
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(`The network, unrolled: ${picture.name}`)}">${unrolledSvg(picture)}</div>`;
}

function factsOf({ network, isBoth, tokens }: Picture): string {
  const { cell, hidden, decoder, networks } = network;
  const loss = tokens.every((token) => token.loss !== undefined)
    ? `, loss ${tokens.reduce((sum, token) => sum + (token.loss ?? 0), 0).toFixed(4)}`
    : '';
  const what = networks > 1 ? `${networks} networks of ${cell}` : cell;
  return `${what}, ${counted(hidden, 'state')}${isBoth ? ' each way' : ''}, ${decoder === 'crf' ? 'conditional random field' : 'softmax'}${loss}`;
}

/** Tells how the picture is read. */
function legendOf({ network, isBoth, states, tokens, opinions, reach }: Picture): string {
  const hasGates = tokens.some(({ gates }) => gates !== undefined);
  const parts = [
    ...(opinions.length > 0
      ? [
          `The bars below y are the answers of the ${opinions.length} networks, each by itself; y is that of the mean of their scores.`,
        ]
      : ['Orange cells of h are above 0, blue ones below; the stronger, the nearer to 1 or -1.']),
    ...(states.length === 0
      ? []
      : [hasGates ? 'Bars below h tell how open each gate is, as a mean over its numbers.' : noGates(network.cell)]),
    ...(isBoth && states.length > 0 ? ['States that are read backward know the words to the right.'] : []),
    network.decoder === 'crf'
      ? 'Probabilities are marginals of the conditional random field: each is a sum over all ways to tag the sentence.'
      : 'Probabilities are the softmax of the scores of each word.',
    ...(reach
      ? [
          'Steps beyond the last word carry the error of each word back, that of the last word first: red bars are shares of the largest norm.',
        ]
      : []),
    'Numbers show where the pointer rests.',
  ];
  return parts.join(' ');
}

function wordTable({ tokens }: Picture): string {
  const hasLoss = tokens.some(({ loss }) => loss !== undefined);
  const rows = tokens.map(({ text, tag, gold, vocabulary: { index, size }, probabilities, loss }, t) => {
    const place = index === 0 ? 'unknown' : `${grouped(index)} of ${grouped(size)}`;
    const cells = [text, place, tag, (probabilities[tag] ?? 0).toFixed(4)];
    if (hasLoss) cells.push(gold ?? '', loss?.toFixed(4) ?? '');
    return `<tr><th scope="row">${t + 1}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>\n`;
  });
  const head = ['', 'word', 'place of the 1 in x', 'tag', 'probability', ...(hasLoss ? ['gold', 'loss'] : [])];
  return `<h2>Word by word</h2>
<div class="scroll"><table><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('')}</tbody></table></div>
`;
}

function reachTable(tokens: Picture['tokens'], reach: NonNullable<Explanation['reach']>): string {
  const rows = reach.map((row, t) => {
    const largest = Math.max(...row);
    const cells = row.map((norm) => {
      const share = largest > 0 ? norm / largest : 0;
      return norm === 0
        ? '<td></td>'
        : `<td style="--share:${Math.round(100 * share)}" title="${norm}">${norm.toPrecision(2)}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(tokens[t]?.text ?? '')}</th>${cells.join('')}</tr>\n`;
  });
  return `<h2>Back-propagation through time</h2>
<p>The norm of the gradient of each word's loss (row) by the hidden state of the top layer at each step (column).</p>
<div class="scroll"><table class="reach"><thead><tr><th></th>${tokens.map(({ text }) => `<th scope="col">${escapeHtml(text)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('')}</tbody></table></div>
`;
}
