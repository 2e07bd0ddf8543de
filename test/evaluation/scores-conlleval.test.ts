import { describe, expect, test } from 'vitest';
import { scoreTags } from '../../src/evaluation/scores.js';
import { conllevalReport } from '../../src/reports/conlleval.js';
import { tagPairs } from '../helpers/tag-pairs.js';

/** Sentences as `gold/predicted`, and what the conlleval script printed for them. */
const CASES: [string, string[], string[]][] = [
  [
    'a right span, a wrong label, a wrong end, one missed, one invented',
    ['B-PER/B-PER I-PER/I-PER O/O B-LOC/B-ORG', 'B-ORG/B-ORG I-ORG/I-ORG I-ORG/O O/O', 'B-LOC/O O/B-MISC O/O'],
    [
      'processed 11 tokens with 4 phrases; found: 4 phrases; correct: 1.',
      'accuracy:  63.64%; precision:  25.00%; recall:  25.00%; FB1:  25.00',
      '              LOC: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
      '             MISC: precision:   0.00%; recall:   0.00%; FB1:   0.00  1',
      '              ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  2',
      '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
    ],
  ],
  [
    'IOB1, touching spans run together',
    ['I-PER/I-PER B-PER/I-PER O/O I-LOC/I-LOC B-LOC/B-LOC', 'I-PER/I-PER I-LOC/I-LOC'],
    [
      'processed 7 tokens with 6 phrases; found: 5 phrases; correct: 4.',
      'accuracy:  85.71%; precision:  80.00%; recall:  66.67%; FB1:  72.73',
      '              LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  3',
      '              PER: precision:  50.00%; recall:  33.33%; FB1:  40.00  2',
    ],
  ],
  [
    'ill-formed gold and predicted tags',
    ['O/I-PER B-PER/I-PER I-PER/I-PER O/O', 'B-LOC/B-LOC I-LOC/I-PER I-LOC/I-LOC', 'I-ORG/B-ORG I-ORG/I-ORG'],
    [
      'processed 9 tokens with 3 phrases; found: 5 phrases; correct: 1.',
      'accuracy:  55.56%; precision:  20.00%; recall:  33.33%; FB1:  25.00',
      '              LOC: precision:   0.00%; recall:   0.00%; FB1:   0.00  2',
      '              ORG: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
      '              PER: precision:   0.00%; recall:   0.00%; FB1:   0.00  2',
    ],
  ],
  [
    'IOB1 against IOB2: the spans are alike, the tags are not',
    ['I-PER/B-PER I-PER/I-PER O/O I-LOC/B-LOC B-LOC/B-LOC'],
    [
      'processed 5 tokens with 3 phrases; found: 3 phrases; correct: 3.',
      'accuracy:  60.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00',
      '              LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  2',
      '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
    ],
  ],
  [
    'spans that end with their sentence',
    ['O/O B-PER/B-PER', 'I-PER/I-PER O/O', 'I-PER/B-PER'],
    [
      'processed 5 tokens with 3 phrases; found: 3 phrases; correct: 3.',
      'accuracy:  80.00%; precision: 100.00%; recall: 100.00%; FB1: 100.00',
      '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  3',
    ],
  ],
  [
    'hyphenated labels, and labels that every JavaScript object has',
    [
      'B-creative-work/B-creative-work I-creative-work/I-creative-work B-B-side/B-B-side',
      'I-I-beam/I-B-side B-__proto__/B-__proto__ B-constructor/O',
    ],
    [
      'processed 6 tokens with 5 phrases; found: 4 phrases; correct: 3.',
      'accuracy:  66.67%; precision:  75.00%; recall:  60.00%; FB1:  66.67',
      '           B-side: precision:  50.00%; recall: 100.00%; FB1:  66.67  2',
      '           I-beam: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
      '        __proto__: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
      '      constructor: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
      '    creative-work: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
    ],
  ],
  [
    'BIOES, which the script misreads',
    ['B-PER/B-PER E-PER/E-PER S-PER/S-PER O/O', 'S-LOC/S-LOC S-LOC/S-LOC O/O B-ORG/B-ORG I-ORG/E-ORG E-ORG/O'],
    [
      'processed 10 tokens with 3 phrases; found: 3 phrases; correct: 2.',
      'accuracy:  80.00%; precision:  66.67%; recall:  66.67%; FB1:  66.67',
      '              LOC: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
      '              ORG: precision:   0.00%; recall:   0.00%; FB1:   0.00  1',
      '              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
    ],
  ],
  [
    'no span at all',
    ['O/O O/O', 'O/O'],
    [
      'processed 3 tokens with 0 phrases; found: 0 phrases; correct: 0.',
      'accuracy: 100.00%; precision:   0.00%; recall:   0.00%; FB1:   0.00',
    ],
  ],
  [
    'none predicted',
    ['B-PER/O O/O'],
    [
      'processed 2 tokens with 1 phrases; found: 0 phrases; correct: 0.',
      'accuracy:  50.00%; precision:   0.00%; recall:   0.00%; FB1:   0.00',
      '              PER: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
    ],
  ],
  [
    'none in the gold tags',
    ['O/B-PER O/O'],
    [
      'processed 2 tokens with 0 phrases; found: 1 phrases; correct: 0.',
      'accuracy:  50.00%; precision:   0.00%; recall:   0.00%; FB1:   0.00',
      '              PER: precision:   0.00%; recall:   0.00%; FB1:   0.00  1',
    ],
  ],
];

describe('scores are what the conlleval script prints', () => {
  test.each(CASES)('%s', (_, sentences, lines) => {
    const scores = scoreTags(tagPairs(sentences), { name: 'iob2', outside: 'O' });
    expect(conllevalReport(scores)).toBe(`${lines.join('\n')}\n`);
  });
});
