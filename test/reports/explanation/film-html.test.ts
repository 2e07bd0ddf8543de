import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { filmHtml } from '../../../src/reports/explanation/film-html.js';
import { filmText } from '../../../src/reports/explanation/film-text.js';
import { columnsOf } from '../../../src/reports/lines.js';
import { explained, GOLD } from '../../helpers/explained.js';
import { drawModel } from '../../helpers/small-model.js';

const HOSTILE = ['</script>', 'lives', 'in', '<b>&"', 'Bridge', '.'];
const filmWith = (gold?: readonly string[]) => {
  const [before, ...after] = [1, 2, 3].map((seed) => explained(drawModel({ seed }), HOSTILE, gold));
  const dev = { precision: 0, recall: 0, f1: 0, accuracy: 0 };
  return [
    { epoch: 0, explanation: before },
    ...after.map((explanation, index) => ({ epoch: index + 1, trainingLoss: 3 - index, dev, explanation })),
  ] as const;
};

test.each([[GOLD], [undefined]])(
  'the page of a film is well-formed, and has a picture for each epoch: gold %j',
  (gold) => {
    const html = filmHtml(filmWith(gold), 'const closed = "</script>";');
    const errors: string[] = [];
    parse(html, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    expect(html).not.toMatch(/https?:|src=|href=|@import|<b>|NaN|undefined|Infinity/);
    expect(html.match(/<svg data-name/g)).toHaveLength(3);
    expect(html.match(/<div data-epoch="\d" .*? hidden>/g)).toHaveLength(2);
    expect(/class="(right|wrong)"/.test(html)).toBe(gold !== undefined);
  },
);

test('in the terminal, a film tells losses and what tags become, in 60 columns', () => {
  const text = filmText(filmWith(GOLD), 60);
  for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(60);
  expect(text).toMatch(/^before the first step, of this sentence \d+\.\d{3}, \d of 6 tags\s+right\n/);
  expect(text).toMatch(/^epoch 2, loss of training 2\.000, of this sentence/m);
  expect(filmText(filmWith(), 60)).not.toContain('right');
});
