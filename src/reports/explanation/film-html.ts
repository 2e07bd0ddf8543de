import type { ExplainedToken } from '../../explanation/explanation.js';
import type { Film, Frame } from '../../explanation/film.js';
import { CHART_STYLE, chartHtml } from '../chart-svg.js';
import { escapeHtml, htmlPage } from '../html.js';
import { EXPLANATION_STYLE } from './explanation-style.js';
import { frameText } from './film-text.js';
import { pictureSection, scrollingPicture } from './picture-section.js';
import { picturesOf } from './pictures.js';
import { stepControls } from './step-controls.js';
import { ARROW_HEAD } from './unrolled-svg.js';

/**
 * Returns a page that shows a sentence in the network epoch by epoch. Without a script, it shows the network after the last
 * epoch, and the tags after each.
 *
 * @param script that of the page, which the build makes
 */
export function filmHtml(film: Film, script: string): string {
  const last = film.at(-1) ?? film[0];
  const [picture] = picturesOf(last.explanation, nameOf(last));
  const title = picture.tokens.map(({ text }) => text).join(' ');
  const earlier = film
    .slice(0, -1)
    .map(
      (frame) =>
        `<div data-epoch="${frame.epoch}" data-told="${escapeHtml(frameText(frame))}" hidden>${scrollingPicture(picturesOf(frame.explanation, nameOf(frame))[0])}</div>\n`,
    );
  const body = `<h1>${escapeHtml(title)}</h1>
<svg width="0" height="0" class="heads" aria-hidden="true">${ARROW_HEAD}</svg>
${stepControls(picture, epochControls(last))}
<p class="quiet">Arrow keys step through the sentence, and with Shift through the epochs.</p>
${earlier.join('')}<div data-epoch="${last.epoch}" data-told="${escapeHtml(frameText(last))}">${scrollingPicture(picture)}</div>
<h2>Epoch by epoch</h2>
<div class="charts">${lossChart(film)}</div>
${tagTable(film)}
<h2>After the last epoch</h2>
<section>${pictureSection(picture, false)}</section>
<script type="module">${script.replaceAll('</script', '<\\/script')}</script>
`;
  return htmlPage(title, body, CHART_STYLE + EXPLANATION_STYLE + FILM_STYLE);
}

/** Makes the slider of epochs, and the button that lets them run. */
function epochControls(last: Frame): string {
  return `<div class="controls" hidden><button type="button" id="play">Play</button><label>Epoch <input id="epoch" type="range" min="0" max="${last.epoch}" value="${last.epoch}"></label>
<output id="told" for="epoch">${escapeHtml(frameText(last))}</output></div>
`;
}

function nameOf({ epoch }: Frame): string {
  return epoch === 0 ? 'before the first step' : `after epoch ${epoch}`;
}

function lossChart(film: Film): string {
  const training = film.flatMap(({ epoch, trainingLoss }) =>
    trainingLoss === undefined ? [] : [{ x: epoch, y: trainingLoss }],
  );
  const own = film.flatMap(({ epoch, explanation: { loss } }) => (loss === undefined ? [] : [{ x: epoch, y: loss }]));
  const series = [
    { name: 'of a training sentence, in the mean', points: training },
    ...(own.length > 0 ? [{ name: 'of this sentence', points: own }] : []),
  ];
  return chartHtml({ title: 'Loss', labelX: 'epoch', series, formatY: String });
}

/** Shows the tags after each epoch, the right ones marked if gold tags are known. */
function tagTable(film: Film): string {
  const [{ explanation }] = film;
  const rows = film.map(({ epoch, explanation: { tokens, loss } }) => {
    const cells = tokens.map((token) => `<td class="${judgementOf(token)}">${escapeHtml(token.tag)}</td>`);
    const own = loss === undefined ? '' : `<td>${loss.toFixed(3)}</td>`;
    return `<tr data-epoch="${epoch}"><th scope="row">${epoch}</th>${own}${cells.join('')}</tr>\n`;
  });
  const gold = explanation.tokens.some((token) => token.gold !== undefined)
    ? `<tr><th scope="row">gold</th><td></td>${explanation.tokens.map((token) => `<td>${escapeHtml(token.gold ?? '')}</td>`).join('')}</tr>\n`
    : '';
  const head = [
    'epoch',
    ...(explanation.loss === undefined ? [] : ['loss']),
    ...explanation.tokens.map(({ text }) => text),
  ];
  return `<div class="scroll" tabindex="0" role="group" aria-label="Tags after each epoch"><table><thead><tr>${head.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('')}${gold}</tbody></table></div>
`;
}

function judgementOf({ tag, gold }: ExplainedToken): string {
  if (gold === undefined) return '';
  return tag === gold ? 'right' : 'wrong';
}

const FILM_STYLE = `
.right { background: var(--right); } .wrong { background: var(--wrong); }
tr.now th { outline: 2px solid var(--ink); outline-offset: -2px; }
.charts { margin-bottom: 1rem; }
`;
