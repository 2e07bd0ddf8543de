import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { explanationHtml } from '../../../src/reports/explanation/explanation-html.js';
import { explained, GOLD, VARIED_SETTINGS } from '../../helpers/explained.js';
import { drawModel } from '../../helpers/small-model.js';

const SCRIPT = 'const closed = "</script>";';
const HOSTILE = ['</script>', 'lives', 'in', '<b>&"', 'Bridge', '.'];

test.each(VARIED_SETTINGS)(
  'a page is well-formed and needs nothing from elsewhere, whatever the words: %o',
  (settings) => {
    const explanation = explained(drawModel({ settings }), HOSTILE, GOLD);
    const html = explanationHtml([{ name: 'model.json', explanation }], SCRIPT);
    const errors: string[] = [];
    parse(html, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    expect(html).not.toMatch(/https?:|src=|href=|@import|<b>/);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
    expect(html.match(/<\/script>/g)).toHaveLength(1);
  },
);

test('the picture has the numbers of the explanation, and without gold tags neither losses nor errors', () => {
  const model = drawModel({ settings: { cell: 'gru', direction: 'both' } });
  const explanation = explained(model, HOSTILE, GOLD);
  const html = explanationHtml([{ name: 'model.json', explanation }], SCRIPT);
  for (const { probabilities, loss, hidden } of explanation.tokens) {
    expect(html).toContain(`<title>${loss}</title>`);
    expect(html).toContain(`: ${Math.max(...Object.values(probabilities))}</title>`);
    for (const state of hidden) expect(html).toContain(state.map((number) => number.toFixed(4)).join(' '));
  }
  for (const norm of explanation.reach?.flat() ?? []) if (norm > 0) expect(html).toContain(`title="${norm}"`);
  expect(explanationHtml([{ name: 'model.json', explanation: explained(model) }], SCRIPT)).not.toMatch(
    /loss \d|data-error="|propagation/,
  );
});

test('several networks have a picture each, with their own numbers, and a switch between them', () => {
  const settings = { cell: 'gru', decoder: 'crf' } as const;
  const second = drawModel({ seed: 2, settings });
  const model = { ...drawModel({ settings, kernels: second.network.kernels }), others: [second] };
  const explanation = explained(model, HOSTILE, GOLD);
  const other = explained(drawModel({ settings: { cell: 'feedforward' } }), HOSTILE, GOLD);
  const html = explanationHtml(
    [
      { name: 'model.json', explanation },
      { name: 'other.json', explanation: other },
    ],
    SCRIPT,
  );
  const errors: string[] = [];
  parse(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  expect(html).not.toMatch(/https?:|src=|href=|<b>|NaN|undefined|Infinity/);
  expect(html.match(/<svg data-name="[^"]*"/g)).toEqual(
    ['model.json: mean of 2', 'model.json: network 1', 'model.json: network 2', 'other.json'].map(
      (name) => `<svg data-name="${name}"`,
    ),
  );
  expect(html.match(/type="radio"/g)).toHaveLength(5);
  for (const { probabilities, losses } of explanation.opinions ?? []) {
    for (const loss of losses ?? []) expect(html).toContain(`<title>${loss}</title>`);
    for (const each of probabilities) expect(html).toContain(`: ${Math.max(...Object.values(each))}</title>`);
  }
  for (const { gates } of explanation.tokens)
    for (const open of gates ?? []) expect(html).toContain(`<title>gate update: ${open.update} open</title>`);
});

test('a cell without gates is said to have none', () => {
  const pageOf = (cell: 'elman' | 'lstm') =>
    explanationHtml([{ name: 'model.json', explanation: explained(drawModel({ settings: { cell } })) }], SCRIPT);
  expect(pageOf('elman')).toContain('The simple recurrent cell (elman) has no gates.');
  expect(pageOf('lstm')).not.toContain('has no gates');
});

test('reasons that are asked for stand on the page, as in a terminal', () => {
  const explanation = explained(drawModel(), HOSTILE, undefined, undefined, { words: [3], gradient: true });
  const html = explanationHtml([{ name: 'model.json', explanation }], SCRIPT);
  expect(html).toMatch(/<h2>Why: model\.json<\/h2>\n<pre>Why 4 &#60;b&#62;&#38;&#34; is /);
  expect(html).not.toContain('<b>');
});
