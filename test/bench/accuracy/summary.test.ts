import { expect, test } from 'vitest';
import type { Contestant } from './contestants.js';
import type { AccuracyCorpus, Split } from './corpora.js';
import { judgeFast } from './quick.js';
import type { Result } from './results.js';
import type { Entry, PreparedCorpus } from './run.js';
import { isGood, judge, type Summary, summarise } from './summary.js';

const SPLIT: Split = { name: '', train: '', dev: '', test: '' };

function corpusWith(target: AccuracyCorpus['targets']['default'], splits = 1): PreparedCorpus {
  const targets = { default: target, accurate: target };
  return { name: 'corpus', measure: 'f1', targets, prepare: async () => [], splits: Array(splits).fill(SPLIT) };
}

function measured(test: number, seconds = 10): Result {
  const key = { corpus: 'corpus', split: '', contestant: '', seed: 1, version: '', commit: '' };
  return { ...key, measured: { dev: test - 1, test, seconds, cpuSeconds: seconds, residentMegabytes: 100 } };
}

function failed(why: string): Result {
  return { corpus: 'corpus', split: '', contestant: '', seed: 1, version: '', commit: '', failed: why };
}

function summary(corpus: PreparedCorpus, name: string, results: Entry['results']): Summary {
  const contestant: Contestant = { kind: 'own', name, flags: [], seeds: [1] };
  return summarise({ corpus, contestant, results });
}

const PERCEPTRON = 'crfsuite-averaged-perceptron';
const LBFGS = 'crfsuite-lbfgs';

test('scores are the mean of the seeds, and deviate as seeds do, not as folds', () => {
  const results = [measured(40), measured(60), measured(42), measured(62)];
  const { test: score, deviation, runs } = summary(corpusWith({ atLeast: 0 }, 2), 'default', results);
  expect(score).toBe(51);
  expect(deviation).toBeCloseTo(Math.SQRT2);
  expect(runs).toBe(4);
});

test('a preset is judged by the better CRFsuite', () => {
  const corpus = corpusWith({ aboveCrfsuite: 1 });
  const rivals = [summary(corpus, PERCEPTRON, [measured(50)]), summary(corpus, LBFGS, [measured(52, 30)])];
  const below = judge(corpus, [...rivals, summary(corpus, 'default', [measured(52.5)])]);
  expect(below.default).toMatchObject({ atLeast: 53, isReached: false });
  expect(below).toMatchObject({ isBetter: true, isQuicker: true });
  expect(isGood(below)).toBe(false);
  const above = judge(corpus, [...rivals, summary(corpus, 'default', [measured(53, 31)])]);
  expect(above.default?.isReached).toBe(true);
  expect(above.isQuicker).toBe(false);
  expect(isGood(above)).toBe(false);
});

test('a rival that has not run yet leaves the verdict open, one that failed does not', () => {
  const corpus = corpusWith({ aboveCrfsuite: 1 });
  const others = [summary(corpus, PERCEPTRON, [measured(50)]), summary(corpus, 'default', [measured(60)])];
  expect(judge(corpus, [...others, summary(corpus, LBFGS, [undefined])]).default?.isReached).toBeUndefined();
  const without = judge(corpus, [...others, summary(corpus, LBFGS, [failed('stopped after 2400 s')])]);
  expect(without.default).toMatchObject({ atLeast: 51, isReached: true });
  expect(without.isQuicker).toBeUndefined();
});

test('runs that are missing leave the verdict open', () => {
  const corpus = corpusWith({ atLeast: 20 });
  const verdict = judge(corpus, [summary(corpus, 'default', [measured(60), undefined])]);
  expect(verdict.default?.isReached).toBeUndefined();
  expect(isGood(verdict)).toBe(true);
});

test.each([
  ['as good in less time', 50, 9, true],
  ['better, but hardly quicker', 60, 9.1, false],
  ['quick, but worse', 49.9, 1, false],
])('the fast preset is judged by score and time: %s', (_, score, seconds, isReached) => {
  const corpus = corpusWith({ atLeast: 0 });
  const summaries = [
    summary(corpus, PERCEPTRON, [measured(50, 10)]),
    summary(corpus, 'fast', [measured(score, seconds)]),
  ];
  expect(judgeFast('corpus', summaries).isReached).toBe(isReached);
  expect(judgeFast('corpus', summaries.slice(0, 1)).isReached).toBeUndefined();
});
