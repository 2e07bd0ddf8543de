import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BrokenRow, TableRow } from '../../src/node/csv-rows.js';
import type { TableFormat } from '../../src/node/table-beginning.js';
import { createTableWriter } from '../../src/reports/tagged-table.js';
import { drawModel } from '../helpers/small-model.js';
import { cellsOf, rowsOf } from '../helpers/table-rows.js';

const LANGUAGE = drawModel().language;

const COMMAS = { delimiter: ',', textColumn: 'text', hasErrors: false } as const;

const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', ';', '\t', '\n', '\r', '🦋', '=') });
const formats = fc.constantFrom<[TableFormat, ',' | '\t']>(['csv', ','], ['tsv', '\t']);

test('what is written is read back cell by cell, whatever the cells hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1 }),
      formats,
      async (records, [format, delimiter]) => {
        const writer = createTableWriter(LANGUAGE, { delimiter, textColumn: 'text', hasErrors: false });
        const written = records.map(([own, text]) =>
          writer.write({ text, tokens: [], spans: [], fields: `"a,b":${JSON.stringify(own)},` }),
        );
        expect(await cellsOf(written.join(''), format)).toEqual([
          ['a,b', 'text', 'LOC', 'PER'],
          ...records.map(([own, text]) => [own, text, '', '']),
        ]);
      },
    ),
  );
});

test('names stand in the column of their label, which has another name where that is taken', () => {
  const writer = createTableWriter(LANGUAGE, COMMAS);
  const spans = [
    { label: 'PER', start: 0, end: 3, text: 'Ada' },
    { label: 'PER', start: 8, end: 11, text: 'Bob' },
  ];
  const written = writer.write({ text: 'Ada met Bob', tokens: [], spans, fields: '"PER":3,' });
  expect(written).toBe('PER,text,LOC,PER found\r\n3,Ada met Bob,,Ada; Bob\r\n');
  expect(writer.write({ kind: 'failed', error: 'wrong', fields: '"PER":"x",' })).toBe('x,,,\r\n');
});

test('a record that could not be read keeps its text, and the last column says why', () => {
  const writer = createTableWriter(LANGUAGE, { ...COMMAS, hasErrors: true });
  expect(writer.write({ text: 'Ada', tokens: [], spans: [], fields: '"id":1,"error":2,' })).toBe(
    'id,error,text,LOC,PER,error found\r\n1,2,Ada,,,\r\n',
  );
  expect(writer.write({ kind: 'failed', error: 'a cell, too', fields: '"id":2,', text: 'Bob' })).toBe(
    '2,,Bob,,,"a cell, too"\r\n',
  );
  expect(writer.notices()).toEqual([]);
});

test('fields that the first record does not have are told by name, with their number and the first place', () => {
  const writer = createTableWriter(LANGUAGE, COMMAS);
  const write = (fields: string): string => writer.write({ text: 'Ada', tokens: [], spans: [], fields });
  write('"a":1,');
  expect(write('"a":1,"b":1,')).toBe('1,Ada,,\r\n');
  for (const fields of ['', '"c":1,', '"b":1,']) expect(write(fields)).toMatch(/^,Ada,,\r\n$/);
  const columns = 'the table has the columns of its first record';
  expect(writer.notices()).toEqual([
    `"b" is left out in 2 records (first in record 2): ${columns}`,
    `"c" is left out in record 4: ${columns}`,
  ]);
  for (let index = 0; index < 30; index++) write(`"field ${index}":1,`);
  expect(writer.notices()).toHaveLength(21);
  expect(writer.notices().at(-1)).toBe('12 fields of other names were left out, too');
});

test.each([
  [
    'a;b\n"1,2";3\n',
    [
      ['a', 'b'],
      ['1,2', '3'],
    ],
  ],
  [
    '\ufeffa,b\r\n1,"x\r\ny"\r\n\r\n',
    [
      ['a', 'b'],
      ['1', 'x\r\ny'],
    ],
  ],
  ['a', [['a']]],
  ['', []],
])('%j is read as spreadsheets write it', async (text, rows) => {
  expect(await cellsOf(text, 'csv')).toEqual(rows);
});

test.each<[string, TableFormat, (TableRow | BrokenRow)[]]>([
  ['5" pipe,the "best"\n', 'csv', [{ line: 1, cells: ['5" pipe', 'the "best"'] }]],
  ['5" pipe\tthe "best"\n', 'tsv', [{ line: 1, cells: ['5" pipe', 'the "best"'] }]],
  [
    '"Go" he said\t"x"\r\n"\t"a\n',
    'tsv',
    [
      { line: 1, cells: ['"Go" he said', 'x'] },
      { line: 2, cells: ['"', '"a'] },
    ],
  ],
  ['"a\tb"\t"c""d\ne"', 'tsv', [{ line: 1, cells: ['a\tb', 'c"d\ne'] }]],
])('quotes that are text are text: %j', async (text, format, rows) => {
  expect(await rowsOf(text, format)).toEqual(rows);
});

const LINE = `${'y'.repeat(100)}\n`;
const QUOTES = 'a quote inside of quotes is written twice';
const NEVER = { problem: 'the quotes of a cell are never closed', hint: QUOTES };
const FAR_OPEN = { problem: 'the quotes of a cell are not closed within 1 MB', hint: QUOTES };
const BEHIND = { problem: 'expected a comma, a tab or a line end after the quotes of a cell', hint: QUOTES };
const LONG = { problem: 'the row is over 1 MB long', hint: 'divide its text among several rows' };

test.each<[string, (TableRow | BrokenRow)[]]>([
  [
    'a,b\n1,"x\n2,y\n',
    [
      { line: 1, cells: ['a', 'b'] },
      { line: 2, ...NEVER },
      { line: 3, cells: ['2', 'y'] },
    ],
  ],
  [
    '"x\ny",b\n\n1,"x"y\n2,z',
    [
      { line: 1, cells: ['x\ny', 'b'] },
      { line: 4, ...BEHIND },
      { line: 5, cells: ['2', 'z'] },
    ],
  ],
  [
    `a\n${'x'.repeat(1_000_001)}\n"${LINE.repeat(10_000)}z\n`,
    [
      { line: 1, cells: ['a'] },
      { line: 2, ...LONG },
      { line: 3, ...FAR_OPEN },
      ...Array.from({ length: 9_999 }, (_, index) => ({ line: 4 + index, cells: [LINE.trim()] })),
      { line: 10_003, cells: ['z'] },
    ],
  ],
])('a line that is no row stands alone, and the next line begins a row: %#', async (text, rows) => {
  expect(await rowsOf(text, 'csv', 60_000)).toEqual(rows);
});

test('rows do not depend on the pieces in which their text comes', async () => {
  const text = fc
    .array(fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r\n', '\r', '""', '",', '\n"', 'sep=;', '\ufeff'))
    .map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.constantFrom<TableFormat>('csv', 'tsv'),
      fc.integer({ min: 1, max: 5 }),
      async (content, format, size) => {
        expect(await rowsOf(content, format, size)).toEqual(await rowsOf(content, format, 1000));
      },
    ),
    { numRuns: 1000 },
  );
});
