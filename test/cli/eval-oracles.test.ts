import { describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';
import { hasOracle, ORACLE_CASES, oraclePath, readOracle, SKIPPED } from '../helpers/scoring-oracles.js';

const folder = new Folder();

/** The same but for last digits, since other programs sum in another order; null where there is none. */
function closeTo(theirs: number | null): unknown {
  return theirs === null ? null : expect.closeTo(theirs, 12);
}

/** What stdout holds. */
async function evalPairs(name: string, to: string): Promise<string> {
  const { stdout } = await folder.mustRun(['eval', '--pairs', oraclePath(name, 'pairs.conll'), '--quiet', '--to', to]);
  return stdout;
}

describe.skipIf(ORACLE_CASES.length === 0)(`rnn eval --pairs ${SKIPPED}`, { concurrent: true }, () => {
  test.each(ORACLE_CASES)('%s: --to conlleval is what the script prints, to the byte', async (name) => {
    expect(await evalPairs(name, 'conlleval')).toBe(readOracle(name, 'conlleval.txt'));
  });

  test.each(ORACLE_CASES)("%s: --to json has seqeval's and nervaluate's F1", async (name) => {
    const { accuracy, seqeval, matching } = JSON.parse(await evalPairs(name, 'json'));
    const theirs = JSON.parse(readOracle(name, 'seqeval.json'));
    expect(accuracy).toBe(theirs.accuracy);
    for (const mode of ['default', 'strict'].filter((each) => each in theirs)) {
      for (const average of ['micro', 'macro', 'weighted'])
        expect(seqeval[mode][average].f1).toEqual(closeTo(theirs[mode][`${average} avg`]['f1-score']));
    }
    if (!hasOracle(name, 'nervaluate.json')) return;
    const { overall } = JSON.parse(readOracle(name, 'nervaluate.json'));
    expect(matching.type.f1).toBeCloseTo(overall.ent_type.f1, 12);
    for (const way of ['strict', 'exact', 'partial']) expect(matching[way].f1).toBeCloseTo(overall[way].f1, 12);
  });
});
