import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartText, historyText } from '../../src/reports/history-text.js';

const style = { title: 'loss', width: 20, height: 4, format: (value: number) => value.toFixed(1) };

test('a curve that falls evenly falls evenly', () => {
  const drawn = chartText([3, 2, 1, 0], style);
  expect(drawn).toBe(`loss
3.0 ┤───╮
    ┤   ╰───╮
    ┤       ╰────╮
0.0 ┤            ╰──
`);
});

test('a jump is drawn as one, and a flat line lies at the bottom', () => {
  expect(chartText([0, 9, 0], { ...style, width: 8, height: 3 })).toBe('loss\n9.0 ┤ ╭╮\n    ┤ ││\n0.0 ┤─╯╰\n');
  expect(chartText([5, 5], { ...style, width: 9, height: 2 })).toBe('loss\n5.0 ┤\n5.0 ┤────\n');
});

test('whatever the values, a curve fits its width and has its height', () => {
  const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 20, max: 90 }),
      (values, width) => {
        const lines = chartText(values, { ...style, width }).split('\n');
        expect(lines.length).toBe(6);
        for (const line of lines.slice(1)) expect(line.length).toBeLessThanOrEqual(Math.max(width, 16));
      },
    ),
  );
});

test('a history has two curves, and none of too few epochs', () => {
  const epochs = [0.1, 0.5, 0.25].map((f1, index) => {
    return { epoch: index + 1, loss: 3 - index, dev: { precision: 0, recall: 0, f1, accuracy: 0.9 } };
  });
  const text = historyText({ epochs }, 'f1', 60);
  expect(text).toMatch(/^loss, epochs 1 to 3\n3\.000 ┤/);
  expect(text).toMatch(/^dev F1, epochs 1 to 3\n50\.00 ┤/m);
  for (const line of text.split('\n')) expect(line.length).toBeLessThan(60);
  expect(historyText({ epochs: epochs.slice(1) }, 'f1', 60)).toBe('');
});
