import { describe, expect, test } from 'vitest';
import { KnownEntities } from '../../src/model/known-entities.js';
import { evaluationText } from '../../src/reports/evaluation-text.js';
import { evaluationOf, HOSTILE } from '../helpers/evaluations.js';

const MANY = Array.from({ length: 12 }, (_, index) => `a/B-LABEL${index}/B-LABEL${(index * 5) % 12} b/O/O`);

describe('the text report', () => {
  test('has scores, interval, averages, matching, lengths, confusion and the worst sentences', () => {
    expect(evaluationText(evaluationOf(['Ada/B-PER/B-PER met/O/O Bob/B-PER/B-LOC', 'in/O/O Rome/B-LOC/O']))).toBe(
      `label  precision  recall     F1  gold  found  correct
LOC         0.00    0.00   0.00     1      1        0
PER       100.00   50.00  66.67     2      1        1
all        50.00   33.33  40.00     3      2        1
2 sentences, 5 tokens, token accuracy 60.00 %
F1 40.00, 95 % interval 0.00 to 50.00 (1,000 bootstrap samples of sentences, seed 1)

Averages over labels (seqeval)
average   precision  recall     F1
micro         50.00   33.33  40.00
macro         50.00   25.00  33.33
weighted      66.67   33.33  44.44

Matching (nervaluate)
match      strict   exact  partial   type
correct         1       2        2      1
incorrect       1       0        0      1
partial         0       0        0      0
missed          1       1        1      1
spurious        0       0        0      0
precision   50.00  100.00   100.00  50.00
recall      33.33   66.67    66.67  33.33
F1          40.00   80.00    80.00  40.00

Length in tokens
tokens  precision  recall     F1  gold  found  correct
1           50.00   33.33  40.00     3      2        1

Confusion
gold \\ found  LOC  PER  (missed)
LOC             .    .         1
PER             1    1         .
Overlapping entities are paired, whatever their boundaries; missed ones overlap no entity found, spurious ones no gold entity.

Worst sentences
line 1: 2 errors
  gold   [Ada](PER) met [Bob](PER)
  found  [Ada](PER) met [Bob](LOC)
line 2: 1 error
  gold   in [Rome](LOC)
  found  in Rome
`,
    );
  });

  test('says how ill-formed tags were read and what the other rules give', () => {
    const report = evaluationText(evaluationOf(['Ada/B-PER/I-PER met/O/O Rome/B-LOC/B-LOC']));
    expect(report).toContain('Ill-formed in IOB2 (BIO): 0 gold tags, 1 predicted tag.');
    expect(report).toContain(
      "F1 100.00.\nSeqeval's strict mode, which ignores entities that are not well-formed: F1 66.67.\n",
    );
    expect(report).toContain('micro, strict');
  });

  test('says what the conlleval script would make of BIOES', () => {
    const scheme = { name: 'bioes', outside: 'O' } as const;
    const report = evaluationText(evaluationOf(['Ada/S-PER/S-PER L./S-PER/O met/O/O'], { scheme }));
    expect(report).toContain('The conlleval script itself, which does not support BIOES: F1 0.00.');
  });

  test('says what half a point for partial matches would give', () => {
    const report = evaluationText(evaluationOf(['New/B-LOC/B-LOC York/I-LOC/O']));
    expect(report).toContain('if it counts 0.5, as in nervaluate 1.2 and SemEval-2013, partial F1 is 50.00.');
  });

  test('lists mistakes where the matrix of labels is too wide', () => {
    const report = evaluationText(evaluationOf(MANY));
    expect(report).toMatch(/\ngold +found +times\nLABEL1 +LABEL5 +1\n/);
    expect(report).not.toContain('gold \\ found');
  });

  test('keeps tables within 76 columns and cuts long sentences to what surrounds their first mistake', () => {
    const words = Array.from(
      { length: 500 },
      (_, index) => `w${index}/O/${[200, 202, 204].includes(index) ? 'B-PER' : 'O'}`,
    ).join(' ');
    const report = evaluationText(evaluationOf([words, ...MANY]));
    const [tables = '', sentences = ''] = report.split('Worst sentences\n');
    for (const line of tables.split('\n').filter((each) => /\d$/.test(each)))
      expect(line.length).toBeLessThanOrEqual(76);
    expect(sentences).toContain('tokens 186 to 245 of 500');
    expect(sentences).toContain('found  … w185 ');
    expect(sentences).toContain(' [w200](PER) ');
  });

  test('tells seen from unseen entities where the training data is known', () => {
    const known = new KnownEntities([{ label: 'PER', surfaces: ['Ada'] }]);
    const report = evaluationText(evaluationOf(['Ada/B-PER/B-PER met/O/O Bob/B-PER/O'], { known }));
    expect(report).toMatch(/Seen in training\nentity .*\nseen +100.00 +100.00 .*\nother label .*\nunseen +0.00 +0.00 /);
    expect(evaluationText(evaluationOf(HOSTILE))).not.toContain('Seen in training');
  });

  test('speaks of tokens where tags are parts of speech', () => {
    const scheme = { name: 'plain', outside: undefined };
    const report = evaluationText(evaluationOf(['the/DT/DT run/NN/VB ends/VBZ/VBZ'], { scheme } as never));
    expect(report).toMatch(/\nall +66\.67 +66\.67 +66\.67 +3 +3 +2\n/);
    expect(report).toContain('Rows are gold labels, columns are labels found.');
    expect(report).toContain('  gold   the run/NN ends\n  found  the run/VB ends\n');
    expect(report).not.toContain('Matching');
    expect(report).not.toContain('Length');
  });

  test('counts by how many errors a sentence has changed against another tagger', () => {
    const other = { name: 'other', predicted: [['B-PER'], ['O', 'O'], ['B-PER', 'B-LOC']] };
    const lines = ['Ada/B-PER/O', 'Bob/B-PER/B-PER Rome/B-LOC/B-LOC', 'Eve/B-PER/B-PER Oslo/B-LOC/O'];
    const report = evaluationText(evaluationOf(lines, { other }));
    expect(report).toContain('line 1: 1 more error\n');
    expect(report).toContain('line 2: 2 fewer errors\n');
  });

  test('of nothing at all is a report too', () => {
    const report = evaluationText(evaluationOf(['a/O/O']));
    expect(report).toContain('all         0.00    0.00  0.00     0      0        0\n');
    expect(report).not.toMatch(/Length|Confusion|Worst/);
  });
});
