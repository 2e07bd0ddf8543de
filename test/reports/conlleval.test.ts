import { describe, expect, test } from 'vitest';
import { scoreTags } from '../../src/evaluation/scores.js';
import { conllevalReport } from '../../src/reports/conlleval.js';
import { tagPairs } from '../helpers/tag-pairs.js';

function reportOf(...sentences: string[]): string[] {
  return conllevalReport(scoreTags(tagPairs(sentences), { name: 'iob2', outside: 'O' })).split('\n');
}

describe('the report is what the script prints', () => {
  test('where a rate lies in the middle between two hundredths', () => {
    expect(
      reportOf(
        ...new Array<string>(5).fill('B-A/B-A'),
        ...new Array<string>(27).fill('O/B-A'),
        ...new Array<string>(59).fill('B-B/O'),
        ...new Array<string>(5).fill('B-B/B-B'),
      ),
    ).toEqual([
      'processed 96 tokens with 69 phrases; found: 37 phrases; correct: 10.',
      'accuracy:  10.42%; precision:  27.03%; recall:  14.49%; FB1:  18.87',
      '                A: precision:  15.62%; recall: 100.00%; FB1:  27.03  32',
      '                B: precision: 100.00%; recall:   7.81%; FB1:  14.49  5',
      '',
    ]);
  });

  test('where labels look like numbers, have letters of two bytes, or are longer than their column', () => {
    expect(reportOf('B-10/B-10 B-9/B-9 B-2/O B-Személy/B-Személy B-Eigenname-Organisation/O')).toEqual([
      'processed 5 tokens with 5 phrases; found: 3 phrases; correct: 3.',
      'accuracy:  60.00%; precision: 100.00%; recall:  60.00%; FB1:  75.00',
      '               10: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
      '                2: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
      '                9: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
      'Eigenname-Organisation: precision:   0.00%; recall:   0.00%; FB1:   0.00  0',
      '         Személy: precision: 100.00%; recall: 100.00%; FB1: 100.00  1',
      '',
    ]);
  });
});
