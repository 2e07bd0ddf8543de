import { expect, test } from 'vitest';
import { rowsOf } from '../helpers/table-rows.js';

test.each<[string, string, string[]]>([
  ['line ends of old programs', 'text,b\r"x\ny",1\rz,2\r', ['1: text|b', '2: x\ny|1', '3: z|2']],
  ['such line ends behind quotes with a line feed', '"te""\nxt",b\rz,2\r', ['1: te"\nxt|b', '2: z|2']],
  ['a carriage return in quotes', '"te\rxt",b\nz,2\n', ['1: te\rxt|b', '2: z|2']],
  ['line ends of two carriage returns and a line feed', 'text,b\r\r\nz,2\r\r\n', ['1: text|b\r', '2: z|2\r']],
  ['empty lines', '\n\r\ntext;b\nz;2\n', ['3: text|b', '4: z|2']],
  ['empty lines of old programs', '\r\rtext;b\rz;2\r', ['3: text|b', '4: z|2']],
  ['a comma in quotes', '"a, b";c\r\n1;2', ['1: a, b|c', '2: 1|2']],
  ['a quote in the midst of a cell', 'a 5" b;c\n1;2', ['1: a 5" b|c', '2: 1|2']],
  ['the separator that Excel is told', '\ufeffsep=;\r\na,b;c\r\n1;2', ['2: a,b|c', '3: 1|2']],
  ['the separator in quotes', '\n"sep=:"\na,b:c\n1:2', ['3: a,b|c', '4: 1|2']],
  ['a separator that regular expressions know', 'SEP=^\na,b^c\n1^2', ['2: a,b|c', '3: 1|2']],
  ['a tab as separator', 'sep=\t\na,b\tc\n1\t2', ['2: a,b|c', '3: 1|2']],
  ['a column named like the separator', 'sep=;id\n1;2', ['1: sep=|id', '2: 1|2']],
  ['a separator and nothing else', 'sep=;\n', []],
])('the first lines say how a table is written, in pieces of any size: %s', async (_, text, expected) => {
  for (const size of [1, 2, 3, 1_000]) {
    const rows = await rowsOf(text, 'csv', size);
    expect(rows.map((row) => ('cells' in row ? `${row.line}: ${row.cells.join('|')}` : row))).toEqual(expected);
  }
});

test('quotes that nothing closes do not hide the line ends', async () => {
  expect(await rowsOf('"text\tb\rx\t1\r', 'tsv')).toEqual([
    { line: 1, cells: ['"text', 'b'] },
    { line: 2, cells: ['x', '1'] },
  ]);
});
