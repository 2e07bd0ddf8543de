import { describe, expect, test } from 'vitest';
import { ratesOf, type SpanCounts, scoreTags, type TagPair } from '../../src/evaluation/scores.js';
import { readPairs } from '../../src/formats/pairs.js';
import { conllevalReport } from '../../src/reports/conlleval.js';
import type { Scheme } from '../../src/text/scheme.js';
import { ORACLE_CASES, readOracle, SKIPPED } from '../helpers/scoring-oracles.js';

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

function pairsOf(name: string): TagPair[] {
  return readPairs(readOracle(name, 'pairs.conll'), name);
}

function seqevalOf(name: string): SeqevalReport {
  return JSON.parse(readOracle(name, 'seqeval.json')) as SeqevalReport;
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

describe.skipIf(ORACLE_CASES.length === 0)(`scores are those of other programs ${SKIPPED}`, () => {
  test.each(ORACLE_CASES)('%s: what the conlleval script prints, to the byte', (name) => {
    expect(conllevalReport(scoreTags(pairsOf(name), IOB2))).toBe(readOracle(name, 'conlleval.txt'));
  });

  test.each(ORACLE_CASES)("%s: seqeval's token accuracy", (name) => {
    expect(scoreTags(pairsOf(name), IOB2).accuracy).toBe(seqevalOf(name).accuracy);
  });

  test("BIOES, which the script misreads: seqeval's scores of each label and of all", () => {
    const scores = scoreTags(pairsOf('iobes-light-noise'), BIOES);
    const report = seqevalOf('iobes-light-noise').default;
    expectSeqevalRow(report['micro avg'], scores);
    expect(Object.keys(scores.byLabel)).toEqual(['LOC', 'MISC', 'ORG', 'PER']);
    for (const [label, counts] of Object.entries(scores.byLabel)) expectSeqevalRow(report[label], counts);
  });
});
