import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ratesOf, type SpanCounts, scoreTags, type TagPair } from '../../src/evaluation/scores.js';
import { readConll } from '../../src/formats/conll.js';
import { conllevalReport } from '../../src/reports/conlleval.js';
import type { Scheme } from '../../src/text/scheme.js';
import { sharedFolder } from '../helpers/shared-folder.js';

const ORACLES = sharedFolder('oracles/scoring');
const CASES = ORACLES === undefined ? [] : readdirSync(ORACLES).sort();
const IOB2: Scheme = { name: 'iob2', outside: 'O' };
const BIOES: Scheme = { name: 'bioes', outside: 'O' };

interface SeqevalRow {
  readonly precision: number;
  readonly recall: number;
  readonly 'f1-score': number;
  readonly support: number;
}

interface SeqevalReport {
  readonly accuracy: number;
  readonly default: Readonly<Record<string, SeqevalRow>>;
}

function readText(name: string, file: string): string {
  return readFileSync(join(ORACLES ?? '', name, file), 'utf8');
}

function readPairs(name: string): TagPair[] {
  const text = readText(name, 'pairs.conll');
  const gold = readConll(text, { source: name, needsTags: true, tagColumn: 2 });
  const predicted = readConll(text, { source: name, needsTags: true, tagColumn: 3 });
  return gold.map(({ tags }, index) => ({ gold: tags, predicted: predicted[index]?.tags ?? [] }));
}

function seqevalOf(name: string): SeqevalReport {
  return JSON.parse(readText(name, 'seqeval.json')) as SeqevalReport;
}

/** Seqeval computes F1 in another order: its last digit may differ. */
function expectSeqevalRow(row: SeqevalRow | undefined, counts: SpanCounts): void {
  const { precision, recall, f1 } = ratesOf(counts);
  expect({ precision, recall, support: counts.gold }).toEqual({
    precision: row?.precision,
    recall: row?.recall,
    support: row?.support,
  });
  expect(f1).toBeCloseTo(row?.['f1-score'] ?? Number.NaN, 14);
}

const SKIPPED = '(skipped where ../shared/oracles is missing)';

describe.skipIf(ORACLES === undefined)(`scores are those of other programs ${SKIPPED}`, () => {
  test.each(CASES)('%s: what the conlleval script prints, to the byte', (name) => {
    expect(conllevalReport(scoreTags(readPairs(name), IOB2))).toBe(readText(name, 'conlleval.txt'));
  });

  test.each(CASES)("%s: seqeval's token accuracy", (name) => {
    expect(scoreTags(readPairs(name), IOB2).accuracy).toBe(seqevalOf(name).accuracy);
  });

  test("BIOES, which the script misreads: seqeval's scores of each label and of all", () => {
    const scores = scoreTags(readPairs('iobes-light-noise'), BIOES);
    const report = seqevalOf('iobes-light-noise').default;
    expectSeqevalRow(report['micro avg'], scores);
    expect(Object.keys(scores.byLabel)).toEqual(['LOC', 'MISC', 'ORG', 'PER']);
    for (const [label, counts] of Object.entries(scores.byLabel)) expectSeqevalRow(report[label], counts);
  });
});
