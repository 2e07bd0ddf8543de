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
  for (const norm of explanation.reach?.flat() ?? []) expect(html).toContain(`title="${norm}"`);
  expect(explanationHtml([{ name: 'model.json', explanation: explained(model) }], SCRIPT)).not.toMatch(
    /loss \d|data-error="|propagation/,
  );
});
