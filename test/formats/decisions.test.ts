import { describe, expect, test } from 'vitest';
import { writeRecord } from '../../src/annotation/record.js';
import { certainFormat, formatNamed } from '../../src/formats/formats.js';
import { decisionOn } from '../helpers/annotations.js';
import { Folder } from '../helpers/cli.js';
import { readAs } from '../helpers/corpus-readers.js';

const folder = new Folder();
const ADA = { label: 'PER', start: 0, end: 1 };
const RECORDS = [
  decisionOn('t:1', 'Ada left'),
  decisionOn('t:2', 'Bob 🤞 stayed', [ADA, { label: 'LOC', start: 2, end: 3 }], { order: 'random' }),
  decisionOn('t:3', 'unclear'),
  decisionOn('t:1', 'Ada left', [ADA], { note: 'of course' }),
  decisionOn('t:3', 'unclear', [], { answer: 'skip' }),
];
const COLUMNS = 'Bob\tB-PER\n🤞\tO\nstayed\tB-LOC\n\nAda\tB-PER\nleft\tO\n\n';

folder.write('annotated.jsonl', RECORDS.map(writeRecord).join(''));

describe('of the records of rnn annotate', () => {
  test('the last one of an id counts, what is skipped is left out, and both are said', async () => {
    const { stdout } = await folder.mustRun(['convert', 'annotated.jsonl', '--to', 'conll']);
    expect(stdout).toBe(COLUMNS);
    const { stderr } = await folder.mustRun(['vocab', 'annotated.jsonl']);
    expect(stderr).toMatch(/2 records are superseded by later ones:\n +annotated.jsonl:1: .*\n +annotated.jsonl:3: /);
    expect(stderr).toContain('1 record does not belong to the corpus (at annotated.jsonl:5: the answer is "skip"');
    expect(stderr).not.toContain('warning');
  });

  test('only the note is told to be lost in columns', async () => {
    folder.write('one.jsonl', writeRecord(RECORDS[3]));
    const { stderr } = await folder.mustRun(['convert', 'one.jsonl', '--to', 'conll']);
    expect(stderr).toContain('"note" (1)');
    expect(stderr).not.toMatch(/"answer"|"order"/);
  });

  test('every command that reads a corpus reads them so', async () => {
    const { stdout: vocabulary } = await folder.mustRun(['vocab', 'annotated.jsonl', '--json']);
    expect(JSON.parse(vocabulary).tokens).toBe(5);
    const { stdout: checked } = await folder.mustRun(['check', 'annotated.jsonl']);
    expect(checked).toMatch(/^sentences +2$/m);
    expect(checked).toContain('annotated.jsonl:5');
  });

  test('records of Prodigy keep their own meaning', async () => {
    folder.write('prodigy.jsonl', '{"text":"Ada","spans":[],"answer":"accept","_input_hash":1}\n');
    const { stderr } = await folder.mustRun(['vocab', 'prodigy.jsonl']);
    expect(stderr).toContain('read as prodigy');
  });
});

describe('of records with an answer', () => {
  const answered = (answer?: string) => ({ text: 'Ada left', spans: [], ...(answer && { answer }) });
  const leavingOut = ['skip', 'reject', 'ignore'].map(answered);
  const skipped = leavingOut.map(({ answer }) => `the answer is "${answer}"; left out`);
  test.each([
    ['as prodigy, where the first has an answer', 'prodigy', [answered('accept'), ...leavingOut]],
    ['as jsonl, where the first has none', 'jsonl', [{ ...answered(), unlabelled: [] }, ...leavingOut]],
  ])('those that annotators leave out are left out and told, read %s', (_, name, records) => {
    const lines = records.map((record) => JSON.stringify(record)).join('\n');
    expect(certainFormat(lines)?.name).toBe(name);
    const { items, issues } = readAs(formatNamed(name), lines);
    expect(items).toHaveLength(1);
    expect(issues.map(({ kind, what }) => `${kind}: ${what}`)).toEqual(
      skipped.map((what) => `skipped record: ${what}`),
    );
  });
});
