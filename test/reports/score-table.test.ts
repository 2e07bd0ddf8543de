import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreTags } from '../../src/evaluation/scores.js';
import { conllevalReport } from '../../src/reports/conlleval.js';
import { scoreReport } from '../../src/reports/score-table.js';
import type { Scheme } from '../../src/text/scheme.js';
import { tagPairs } from '../helpers/tag-pairs.js';

const IOB2: Scheme = { name: 'iob2', outside: 'O' };

describe('the score report', () => {
  test('has a row for each label and one for all, and the token accuracy', () => {
    const scores = scoreTags(
      tagPairs(['B-PER/B-PER I-PER/I-PER O/O B-LOC/B-ORG', 'B-ORG/B-ORG O/O', 'B-creative-work/O']),
      IOB2,
    );
    expect(scoreReport('test', scores, IOB2)).toBe(
      [
        'test           precision  recall      F1  gold  found  correct',
        'LOC                 0.00    0.00    0.00     1      0        0',
        'ORG                50.00  100.00   66.67     1      2        1',
        'PER               100.00  100.00  100.00     1      1        1',
        'creative-work       0.00    0.00    0.00     1      0        0',
        'all                66.67   50.00   57.14     4      3        2',
        '3 sentences, 7 tokens, token accuracy 71.43 %',
        '',
      ].join('\n'),
    );
  });

  test('tells the interval of F1, and how far it can be off where entities are few', () => {
    const scores = scoreTags(tagPairs([...new Array<string>(8).fill('B-X/B-X'), 'B-X/O', 'B-X/O']), IOB2);
    const interval = { low: 0.7, high: 1 };
    const lines = scoreReport('dev', { ...scores, interval }, IOB2)
      .trimEnd()
      .split('\n');
    expect(lines.slice(-3)).toEqual([
      '10 sentences, 10 tokens, token accuracy 80.00 %',
      'F1 88.89, 95 % interval 70.00 to 100.00',
      '10 entities: this score can be off by 19 points',
    ]);
    const many = scoreTags(tagPairs(new Array<string>(100).fill('B-X/B-X')), IOB2);
    expect(scoreReport('dev', { ...many, interval }, IOB2)).not.toContain('off by');
  });

  test('has the row for all alone where there is no span', () => {
    expect(scoreReport('dev', scoreTags(tagPairs(['O/O']), IOB2), IOB2)).toBe(
      [
        'dev  precision  recall    F1  gold  found  correct',
        'all       0.00    0.00  0.00     0      0        0',
        '1 sentence, 1 token, token accuracy 100.00 %',
        '',
      ].join('\n'),
    );
  });

  test('has the token accuracy alone where each token has a label', () => {
    const scheme: Scheme = { name: 'plain', outside: undefined };
    const scores = scoreTags(tagPairs(['DT/DT NN/NNS VBZ/VBZ', ...new Array<string>(1200).fill('./.')]), scheme);
    expect(scoreReport('test', scores, scheme)).toBe('test: 1,201 sentences, 1,203 tokens\ntoken accuracy 99.92 %\n');
  });

  test('rounds as the conlleval script does where a rate lies in the middle between two hundredths', () => {
    const missed = new Array<string>(75).fill('B-Y/O');
    const invented = new Array<string>(62).fill('O/B-X');
    const pairs = tagPairs(['B-X/B-X', ...invented, ...missed, ...new Array<string>(22).fill('O/O')]);
    const lines = scoreReport('x', scoreTags(pairs, IOB2), IOB2).split('\n');
    expect(lines[1]).toBe('X         1.59  100.00  3.13     1     63        1');
    expect(lines[4]).toBe('160 sentences, 160 tokens, token accuracy 14.38 %');
  });

  test('has the figures of the conlleval script, whatever the counts', () => {
    const counts = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300));
    fc.assert(
      fc.property(counts, ([correct, missed, invented]) => {
        const pairs = [
          ...new Array<string>(correct).fill('B-X/B-X'),
          ...new Array<string>(missed).fill('B-X/O'),
          ...new Array<string>(invented).fill('O/B-X'),
        ];
        const scores = scoreTags(tagPairs(pairs), IOB2);
        const [, rates = ''] = conllevalReport(scores).split('\n');
        const [accuracy, ...others] = [...rates.matchAll(/\d+\.\d+/g)].map(([figure]) => figure);
        const lines = scoreReport('x', scores, IOB2).split('\n');
        expect(lines.at(-3)?.split(/ +/).slice(1, 4)).toEqual(others);
        expect(lines.at(-2)).toContain(`token accuracy ${accuracy} %`);
      }),
    );
  });
});
