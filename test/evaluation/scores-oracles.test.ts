import { describe, expect, test } from 'vitest';
import { ratesOf, type SpanCounts, scoreTags, type TagPair } from '../../src/evaluation/scores.js';
import { readPairs } from '../../src/formats/pairs.js';
import { conllevalReport } from '../../src/reports/conlleval.js';
import type { Scheme } from '../../src/text/scheme.js';
import { isWellFormedBioes, ORACLE_CASES, type OracleCase, readOracle } from '../helpers/scoring-oracles.js';

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

function pairsOf(oracle: OracleCase): TagPair[] {
  return readPairs(readOracle(oracle, 'pairs.conll'), oracle.name);
}

function seqevalOf(oracle: OracleCase): SeqevalReport {
  return JSON.parse(readOracle(oracle, 'seqeval.json')) as SeqevalReport;
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

describe('scores are those of other programs', () => {
  test.each(ORACLE_CASES)('$name: what the conlleval script prints, to the byte', (oracle) => {
    expect(conllevalReport(scoreTags(pairsOf(oracle), IOB2))).toBe(readOracle(oracle, 'conlleval.txt'));
  });

  test.each(ORACLE_CASES)("$name: seqeval's token accuracy", (oracle) => {
    expect(scoreTags(pairsOf(oracle), IOB2).accuracy).toBe(seqevalOf(oracle).accuracy);
  });

  test.each(ORACLE_CASES.filter(isWellFormedBioes))(
    "$name, which the script misreads: seqeval's scores of each label and of all",
    (oracle) => {
      const scores = scoreTags(pairsOf(oracle), BIOES);
      const report = seqevalOf(oracle).default;
      expectSeqevalRow(report['micro avg'], scores);
      expect(Object.keys(scores.byLabel)).toEqual(['LOC', 'MISC', 'ORG', 'PER']);
      for (const [label, counts] of Object.entries(scores.byLabel)) expectSeqevalRow(report[label], counts);
    },
  );
});
