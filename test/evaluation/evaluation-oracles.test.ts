import { describe, expect, test } from 'vitest';
import { type Evaluation, evaluateTags } from '../../src/evaluation/evaluation.js';
import type { Rates } from '../../src/evaluation/scores.js';
import { readPairs } from '../../src/formats/pairs.js';
import { detectScheme } from '../../src/text/scheme.js';
import { hasOracle, ORACLE_CASES, type OracleCase, readOracle } from '../helpers/scoring-oracles.js';

const MODES = ['default', 'strict'] as const;
const WAYS = [
  ['strict', 'strict'],
  ['exact', 'exact'],
  ['partial', 'partial'],
  ['type', 'ent_type'],
] as const;
const COUNTS = ['correct', 'incorrect', 'partial', 'missed', 'spurious'] as const;

type SeqevalReport = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number | null>>>>>>;
type NervaluateReport = { readonly overall: Readonly<Record<string, Readonly<Record<string, number>>>> };

function evaluateCase(oracle: OracleCase): Evaluation {
  const sentences = readPairs(readOracle(oracle, 'pairs.conll'), oracle.name);
  const tagged = sentences.map(({ gold, predicted }) => ({ tags: gold.some((tag) => tag !== 'O') ? gold : predicted }));
  return evaluateTags(sentences, { scheme: detectScheme(tagged), seed: 1 });
}

/** Other programs sum in another order, so that last digits may differ; where seqeval has NaN, we have nothing. */
function expectRates(
  rates: Rates | undefined,
  expected: Readonly<Record<string, number | null>> | undefined,
  f1: string,
): void {
  expect(expected).toBeDefined();
  if (!rates) expect([expected?.precision, expected?.recall, expected?.[f1]]).toEqual([null, null, null]);
  else
    for (const rate of ['precision', 'recall', 'f1'] as const) {
      const theirs = expected?.[rate === 'f1' ? f1 : rate];
      expect(theirs).not.toBeNull();
      expect(rates[rate]).toBeCloseTo(theirs as number, 12);
    }
}

describe('an evaluation says what other scorers say', () => {
  test.each(ORACLE_CASES)("$name: seqeval's micro, macro and weighted averages, default and strict", (oracle) => {
    const report = JSON.parse(readOracle(oracle, 'seqeval.json')) as SeqevalReport;
    const { seqeval, scores } = evaluateCase(oracle);
    expect(scores.accuracy).toBe(report.accuracy);
    for (const mode of MODES.filter((each) => report[each] !== undefined)) {
      for (const average of ['micro', 'macro', 'weighted'] as const)
        expectRates(seqeval[mode][average], report[mode]?.[`${average} avg`], 'f1-score');
    }
  });

  test.each(ORACLE_CASES.filter((oracle) => hasOracle(oracle, 'nervaluate.json')))(
    "$name: nervaluate's counts and rates, strict, exact, partial and type",
    (oracle) => {
      const { overall } = JSON.parse(readOracle(oracle, 'nervaluate.json')) as NervaluateReport;
      const { matching } = evaluateCase(oracle);
      for (const [way, theirs] of WAYS) {
        for (const count of COUNTS) expect(matching[way][count], `${way} ${count}`).toBe(overall[theirs]?.[count]);
        expectRates(matching[way], overall[theirs], 'f1');
      }
    },
  );
});
