import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRows, type TableFormat } from '../../src/node/csv-rows.js';
import { createTableWriter } from '../../src/reports/tagged-table.js';
import { drawModel } from '../helpers/small-model.js';

const LANGUAGE = drawModel().language;

async function cellsOf(text: string, format: TableFormat): Promise<(readonly string[])[]> {
  const pieces = (async function* () {
    const characters = [...text];
    for (let start = 0; start < characters.length; start += 7) yield characters.slice(start, start + 7).join('');
  })();
  const rows: (readonly string[])[] = [];
  for await (const group of readRows(pieces, format, 'table')) rows.push(...group.map(({ cells }) => cells));
  return rows;
}

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

test.each([
  ['a,b\n1,"x\n', 'table:2: the quotes of a cell are never closed'],
  ['a,b\n1,"x"y\n', 'table:2: expected a comma, a tab or a line end after the quotes of a cell'],
  [`a,b\n1,${'x'.repeat(1_000_001)}\n`, 'table:2: the row is over 1 MB long'],
])('a table that is none is refused', async (text, message) => {
  await expect(cellsOf(text, 'csv')).rejects.toMatchObject({ name: 'UserError', exitCode: 3, message });
});
