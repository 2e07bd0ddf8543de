import { expect, test } from 'vitest';
import type { TableFormat } from '../../src/node/table-beginning.js';
import { rowsOf } from '../helpers/table-rows.js';

const FAR_OPEN = 'the quotes of a cell are not closed within 1 MB';
const LONG = 'the row is over 1 MB long';

test.each([7_000, 400_000, 3_000_000])(
  'a stray quote far behind the start of its row is text, in pieces of %i',
  async (size) => {
    const long = 'x'.repeat(3_000);
    const rest = Array.from({ length: 1_000 }, () => 'y'.repeat(1_500));
    const rows = await rowsOf(`${long}\t"stray\n${rest.join('\n')}\n`, 'tsv', size);
    expect(rows[0]).toEqual({ line: 1, cells: [long, '"stray'] });
    expect(rows.slice(1)).toEqual(rest.map((cell, index) => ({ line: index + 2, cells: [cell] })));
  },
);

/** What a reader makes of a row, in one line, since a row of 1 MB is no message. */
const briefly = (rows: Awaited<ReturnType<typeof rowsOf>>): string[] =>
  rows.map((row) =>
    'cells' in row ? `${row.line}: ${row.cells.map((cell) => cell.length)}` : `${row.line}: ${row.problem}`,
  );

test.each([
  ['', '', LONG],
  ['"', '"', FAR_OPEN],
  ['a,"""', '"', FAR_OPEN],
])('a row of 1 MB is read and a longer one is not, whatever the pieces: %s...%s', async (before, after, problem) => {
  for (const end of ['\r\n', ''])
    for (const over of [-1, 0, 1, 2]) {
      const content = 'x'.repeat(1_000_000 + over - before.length - after.length);
      const text = `id\n${before}${content}${after}${end}b\n`;
      const rows = briefly(await rowsOf(text, 'csv', 2_000_000));
      for (const size of [250_001, 1_000_003]) expect(briefly(await rowsOf(text, 'csv', size))).toEqual(rows);
      if (end === '') continue;
      expect(rows.slice(2)).toEqual(['3: 1']);
      if (over > 0) expect(rows[1]).toBe(`2: ${problem}`);
      else expect(rows[1]).not.toContain(problem);
    }
});

test.each<[string, string, TableFormat]>([
  ['a long cell of quotes and line ends', `"${'x""\n'.repeat(190_000)}"\n`, 'csv'],
  ['a long row of cells with line ends', `${'"x\n",'.repeat(160_000)}y\n`, 'csv'],
  ['a long cell that nothing closes', `"${'x"" and so on ""\n'.repeat(60_000)}`, 'tsv'],
])('%s is read in time that grows with it, in small pieces', async (_, text, format) => {
  const read = async (size: number): Promise<[string[], number]> => {
    const start = performance.now();
    const rows = await rowsOf(text, format, size);
    return [briefly(rows), (performance.now() - start) / 1000];
  };
  const [rows, seconds] = await read(2_000_000);
  const [same, atMost] = await read(20);
  expect(same).toEqual(rows);
  expect(atMost).toBeLessThan(3 + 10 * seconds);
});
