import { expect, test } from 'vitest';
import { readTable, type TableReading } from '../../src/commands/tag-tables.js';
import type { ConversionIssue } from '../../src/formats/format.js';
import type { FailedRecord, FieldRecord } from '../../src/text/record.js';

/** Reads a table, and what was told of it. */
async function read(
  text: string,
  reading: TableReading,
): Promise<{ records: (FieldRecord | FailedRecord)[]; issues: ConversionIssue[] }> {
  const issues: ConversionIssue[] = [];
  const records: (FieldRecord | FailedRecord)[] = [];
  const onIssue = (issue: ConversionIssue): void => void issues.push(issue);
  for await (const group of readTable([text], { onIssue, ...reading }, 'in')) records.push(...group);
  return { records, issues };
}

const SWALLOWED = 'text\tb\n"Anna said hi\t1\nBob in New York\t2\nMine is 5"\t3\n';

test('rows between two quotes of a TSV that may be text are told, with the line of the first', async () => {
  const { records, issues } = await read(`${SWALLOWED}"x\ty\r\nz"\t4\n`, { format: 'tsv' });
  expect(records).toHaveLength(2);
  expect(issues).toEqual([
    {
      kind: 'record',
      place: 'in:2',
      what: '2 rows have a cell in quotes that holds tabs and line ends: if the quotes belong to the text, other rows stand in that cell; such quotes are written twice, in a cell in quotes (the next at in:5)',
    },
  ]);
});

test('they are told before a later row that is refused', async () => {
  const issues: ConversionIssue[] = [];
  const reading = { format: 'tsv', onIssue: (issue: ConversionIssue) => void issues.push(issue) } as const;
  await expect(read(`${SWALLOWED}x\n`, reading)).rejects.toThrow('in:5: expected 2 columns, found 1 column');
  expect(issues).toHaveLength(1);
});

test.each([
  ['text\tb\n"two\nlines"\t1\n"a\ttab"\t2\n5" and 6"\t3\n', 'tsv'],
  ['text,b\n"a\ttab\nand a line",1\n', 'csv'],
] as const)('quotes that nobody doubts are not told: %j', async (text, format) => {
  expect((await read(text, { format })).issues).toEqual([]);
});

test.each([
  ['text,b\n', 'in:2'],
  ['', 'in:1'],
])('the hint of a row that is too long speaks of its length, behind %j', async (before, place) => {
  await expect(read(`${before}${'x'.repeat(1_000_001)}\n`, { format: 'csv' })).rejects.toMatchObject({
    message: `${place}: the row is over 1 MB long`,
    hint: 'divide its text among several rows',
  });
});
