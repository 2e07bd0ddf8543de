import type { ExplainedToken, Explanation } from '../explanation/explanation.js';
import { counted, grouped } from '../text/counts.js';
import { escapeHtml, htmlPage } from './html.js';
import { COLUMN, unrolledSvg } from './unrolled-svg.js';

/** The equations of each cell, and the names that rnn inspect gives their parameters. */
const EQUATIONS: Readonly<Record<string, readonly string[]>> = {
  elman: ['h⟨t⟩ = tanh(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b)', 'Wh: forward.weights'],
  feedforward: ['h⟨t⟩ = tanh(Wx·x⟨t⟩ + b)', 'no Wh: nothing is remembered'],
  gru: [
    'r⟨t⟩, s⟨t⟩ = σ(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b), n⟨t⟩ = tanh(Wx·x⟨t⟩ + r⟨t⟩ ∘ (Wn·h⟨t-1⟩ + bn) + b), h⟨t⟩ = (1 - s⟨t⟩) ∘ n⟨t⟩ + s⟨t⟩ ∘ h⟨t-1⟩',
    'Wh: forward.gates, Wn: forward.candidate',
  ],
  lstm: [
    'i⟨t⟩, f⟨t⟩, o⟨t⟩ = σ(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b), g⟨t⟩ = tanh(Wx·x⟨t⟩ + Wh·h⟨t-1⟩ + b), c⟨t⟩ = f⟨t⟩ ∘ c⟨t-1⟩ + i⟨t⟩ ∘ g⟨t⟩, h⟨t⟩ = o⟨t⟩ ∘ tanh(c⟨t⟩)',
    'Wh: forward.weights',
  ],
};

/** Returns a page that shows the network unrolled over the sentence. It needs no connection, and no script to be read. */
export function explanationHtml(explanation: Explanation, model: string): string {
  const { tokens, loss, reach, network, states } = explanation;
  const isBoth = states.some(({ direction }) => direction === 'backward');
  const title = `${tokens.map(({ text }) => text).join(' ')}`;
  const [equation = '', names = ''] = EQUATIONS[network.cell] ?? [];
  const body = `<h1>${escapeHtml(title)}</h1>
<p class="quiet">${escapeHtml(model)}: ${network.networks > 1 ? `${network.networks} networks, of which the first is drawn; ` : ''}${network.cell}, ${counted(network.hidden, 'state')}, ${network.decoder === 'crf' ? 'conditional random field' : 'softmax'}${loss === undefined ? '' : `; loss ${loss.toFixed(4)}`}</p>
<div id="steps" hidden><label>Step <input id="step" type="range" min="0" max="${(reach ? 2 : 1) * tokens.length}" value="0"></label>
<output id="said" aria-live="polite"></output></div>
<div class="scroll" tabindex="0" role="group" aria-label="The network, unrolled">${unrolledSvg(explanation)}</div>
<p>Orange cells of h are above 0, blue ones below; the stronger, the nearer to 1 or -1. Numbers show where the pointer rests.${isBoth ? ' States that are read backward know the words to the right.' : ''}${reach ? ' Steps beyond the last word carry the error of each word back, that of the last word first: red bars are shares of the largest norm.' : ''}</p>
<p><code>${escapeHtml(equation)}</code><br><code>y⟨t⟩ = ${network.decoder === 'crf' ? 'marginals of Wy·h⟨t⟩ + by and the transitions' : 'softmax(Wy·h⟨t⟩ + by)'}</code></p>
<p class="quiet">In <code>rnn inspect</code>: Wx: input.*; b: input.bias; ${names}${isBoth ? ' (and backward.* for the way back)' : ''}; Wy: output.weights; by: output.bias.</p>
${wordTable(tokens)}${reach ? reachTable(tokens, reach) : ''}<script>${scriptOf(explanation)}</script>
`;
  return htmlPage(title, body, STYLE);
}

function wordTable(tokens: readonly ExplainedToken[]): string {
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

function reachTable(tokens: readonly ExplainedToken[], reach: readonly (readonly number[])[]): string {
  const rows = reach.map((row, t) => {
    const largest = Math.max(...row);
    const cells = row.map((norm) => {
      const share = largest > 0 ? norm / largest : 0;
      const heat = `color-mix(in srgb, var(--error) ${Math.round(100 * share)}%, transparent)`;
      return `<td style="background:${heat}" title="${norm}">${norm === 0 ? '' : norm.toPrecision(2)}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(tokens[t]?.text ?? '')}</th>${cells.join('')}</tr>\n`;
  });
  return `<h2>Back-propagation through time</h2>
<p>The norm of the gradient of each word's loss (row) by the hidden state of the top layer at each step (column).</p>
<div class="scroll"><table class="reach"><thead><tr><th></th>${tokens.map(({ text }) => `<th scope="col">${escapeHtml(text)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('')}</tbody></table></div>
`;
}

/** What the script says of each step, and the shares of errors that it draws. */
function scriptOf({ tokens, reach }: Pick<Explanation, 'tokens' | 'reach'>): string {
  const said = tokens.map(({ text, tag, probabilities }, t) => {
    return `Word ${t + 1}, ${text}: ${tag}, ${(100 * (probabilities[tag] ?? 0)).toFixed(1)} %`;
  });
  const back = reach ? tokens.map(({ text, loss = 0 }) => `Back from ${text}, whose loss is ${loss.toFixed(4)}`) : [];
  const shares = (reach ?? []).map((row) => row.map((norm) => Number((norm / (Math.max(...row) || 1)).toPrecision(3))));
  const data = JSON.stringify({ said, back, shares, column: COLUMN }).replaceAll('<', '\\u003c');
  return `const data = ${data};
const slider = document.getElementById('step'), T = data.said.length;
const say = (text) => { document.getElementById('said').textContent = text; };
const show = () => {
  const step = Number(slider.value), from = step > T ? 2 * T - step : -1;
  for (const each of document.querySelectorAll('[data-t]')) each.classList.toggle('later', step > 0 && step <= T && Number(each.dataset.t) >= step);
  for (const each of document.querySelectorAll('[data-error]')) each.setAttribute('width', from < 0 ? 0 : 80 * data.shares[from][Number(each.dataset.error)]);
  for (const each of document.querySelectorAll('[data-t]')) each.classList.toggle('source', Number(each.dataset.t) === (from < 0 ? step - 1 : from));
  say(step === 0 ? 'The whole sentence; step forward with the arrow keys' : from < 0 ? data.said[step - 1] : data.back[from]);
  const now = from < 0 ? step - 1 : from;
  if (now >= 0) document.querySelector('.scroll').scrollLeft = (now - 1) * data.column;
};
document.getElementById('steps').hidden = false;
slider.addEventListener('input', show);
addEventListener('keydown', (event) => {
  if (event.target === slider || !/^Arrow(Left|Right)$/.test(event.key)) return;
  slider.value = Number(slider.value) + (event.key === 'ArrowRight' ? 1 : -1);
  event.preventDefault();
  show();
});
show();`;
}

const STYLE = `
:root { --above: #d9730d; --below: #2b6cb0; --error: #e5484d; }
@media (prefers-color-scheme: dark) { :root { --above: #f59e42; --below: #60a5fa; } }
.quiet { color: var(--quiet); }
.scroll { overflow-x: auto; max-width: 100%; }
#steps { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; min-height: 3.2rem; }
#steps[hidden] { display: none; }
#steps label { display: flex; gap: 0.5rem; align-items: center; }
code { overflow-wrap: anywhere; font-size: 0.9rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.6rem; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; }
.reach th, .reach td { padding: 0.2rem 0.35rem; font-size: 0.8rem; text-align: right; }
svg { display: block; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); text-anchor: middle; }
svg .small { font-size: 10px; fill: var(--quiet); }
svg .small.start { text-anchor: start; fill: var(--ink); }
svg .word { font-weight: 600; font-size: 13px; }
svg .box { fill: var(--soft); stroke: var(--line); }
svg .source .box { stroke: var(--ink); }
svg .arrow { fill: none; stroke: var(--quiet); stroke-width: 1.2; marker-end: url(#tip); }
svg #tip path { fill: var(--quiet); }
svg .above { fill: var(--above); } svg .below { fill: var(--below); }
svg .bar { fill: var(--heat-colour); }
svg .error { fill: var(--error); }
svg .wrong { fill: var(--error); }
svg .later { opacity: 0.12; }
`;
