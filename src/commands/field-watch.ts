import type { Report } from '../formats/format.js';
import { createCounter } from '../formats/issue-counter.js';
import { fieldsByName } from '../text/record.js';
import type { RecordWatch } from './record-watch.js';

/** The formats that have no place for the fields of records. */
const WITHOUT_FIELDS: readonly string[] = ['inline', 'conll', 'html', 'text', 'redacted'];

/** The number of names of fields that a report tells. */
const FEW = 5;

/**
 * Creates a watch that reports the fields, or the other columns of a table, that a format leaves out.
 *
 * @param to name of the format
 * @returns undefined for a format that keeps them
 */
export function createFieldWatch(to: string, report: Report): RecordWatch | undefined {
  if (!WITHOUT_FIELDS.includes(to)) return undefined;
  const names = new Set<string>();
  const counter = createCounter('left out', report, (count, isOne) => {
    const told = [...names].slice(0, FEW).map((name) => JSON.stringify(name));
    const fields = `${told.join(', ')}${names.size > FEW ? ' ...' : ''}`;
    const records = isOne ? 'a record has' : `${count} records have`;
    return `${records} other fields (${fields}), which --to ${to} leaves out; --json keeps them`;
  });
  return {
    see(record, source, line) {
      if (typeof record === 'string' || !('kind' in record) || record.kind !== 'fields' || record.fields === '') return;
      if (names.size <= FEW) for (const name of Object.keys(fieldsByName(record.fields))) names.add(name);
      counter.count(`${source}:${line}`);
    },
    end: counter.end,
  };
}

/** Creates a watch that reports records with spans of their own, in whose place those are written that the model finds. */
export function createSpanWatch(report: Report): RecordWatch {
  const counter = createCounter('left out', report, (count, isOne) =>
    isOne
      ? 'a record has spans of its own, which those that the model finds replace'
      : `${count} records have spans of their own, which those that the model finds replace`,
  );
  return {
    see(record, source, line) {
      if (typeof record !== 'string' && 'kind' in record && record.kind === 'fields' && record.hasSpans)
        counter.count(`${source}:${line}`);
    },
    end: counter.end,
  };
}
