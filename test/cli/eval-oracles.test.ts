import { describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { hasOracle, type OracleCase, OWN_ORACLE_CASES, oraclePath, readOracle } from '../helpers/scoring-oracles.js';

const folder = new Folder();

/** The same but for last digits, since other programs sum in another order; null where there is none. */
function closeTo(theirs: number | null): unknown {
  return theirs === null ? null : expect.closeTo(theirs, 12);
}

/** What stdout holds. */
async function evalPairs(oracle: OracleCase, to: string): Promise<string> {
  const pairs = oraclePath(oracle, 'pairs.conll');
  return (await folder.mustRun(['eval', '--pairs', pairs, '--quiet', '--to', to])).stdout;
}

describe('rnn eval --pairs', { concurrent: true }, () => {
  test.each(OWN_ORACLE_CASES)('$name: --to conlleval is what the script prints, to the byte', async (oracle) => {
    expect(await evalPairs(oracle, 'conlleval')).toBe(readOracle(oracle, 'conlleval.txt'));
  });

  test.each(OWN_ORACLE_CASES)("$name: --to json has seqeval's and nervaluate's F1", async (oracle) => {
    const { accuracy, seqeval, matching } = JSON.parse(await evalPairs(oracle, 'json'));
    const theirs = JSON.parse(readOracle(oracle, 'seqeval.json'));
    expect(accuracy).toBe(theirs.accuracy);
    for (const mode of ['default', 'strict'].filter((each) => each in theirs)) {
      for (const average of ['micro', 'macro', 'weighted'])
        expect(seqeval[mode][average].f1).toEqual(closeTo(theirs[mode][`${average} avg`]['f1-score']));
    }
    if (!hasOracle(oracle, 'nervaluate.json')) return;
    const { overall } = JSON.parse(readOracle(oracle, 'nervaluate.json'));
    expect(matching.type.f1).toBeCloseTo(overall.ent_type.f1, 12);
    for (const way of ['strict', 'exact', 'partial']) expect(matching[way].f1).toBeCloseTo(overall[way].f1, 12);
  });
});
