import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartHtml, ticksOf } from '../../src/reports/chart-svg.js';

test('an axis has round numbers around its values', () => {
  expect(ticksOf([1, 15])).toEqual({ low: 0, high: 15, ticks: [0, 5, 10, 15] });
  expect(ticksOf([0.28, 0.41]).ticks).toEqual([0.25, 0.3, 0.35, 0.4, 0.45]);
});

test('whatever the values, they lie on the axis, which has two to eight ticks', () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
      const { low, high, ticks } = ticksOf(values);
      const slack = 1e-6 * (high - low);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(8);
      for (const each of values) {
        expect(each).toBeGreaterThanOrEqual(low - slack);
        expect(each).toBeLessThanOrEqual(high + slack);
      }
    }),
  );
});

test('a chart has a line through its points, bars of uncertainty and escaped names', () => {
  const points = [
    { x: 0, y: 0, low: 0, high: 5 },
    { x: 10, y: 10 },
  ];
  const html = chartHtml({
    title: 'a < b',
    labelX: 'epoch',
    series: [
      { name: '"F1"', points },
      { name: 'one', points: points.slice(0, 1) },
    ],
    formatY: String,
  });
  expect(html).toContain('<polyline class="s1 line" points="48.0,210.0 430.0,10.0"/>');
  expect(html).toContain('<line class="s1" x1="48.0" x2="48.0" y1="210.0" y2="110.0"/>');
  expect(html).toContain('<circle class="s2" cx="48.0" cy="210.0" r="3.5"/>');
  expect(html).toContain('a &#60; b <span class="s1">&#34;F1&#34;</span>');
});
