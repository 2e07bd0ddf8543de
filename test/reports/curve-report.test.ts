import { describe, expect, test } from 'vitest';
import { describeCurve, type MeasuredCurve } from '../../src/evaluation/learning-curve.js';
import { Random } from '../../src/numerics/random.js';
import { curveReportHtml, curveReportText } from '../../src/reports/curve-report.js';
import { BROWSER, probeFrames } from '../helpers/browser.js';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const SCORES = [
  [0.3, 0.32],
  [0.4, 0.41],
  [0.48, 0.47],
  [0.55, 0.54],
];

/** A curve of as many seeds as told, at an eighth, a quarter, a half and all of 800 sentences. */
function curveOf(seeds: number, scores = SCORES): MeasuredCurve {
  const points = scores.map((each, index) => {
    const part = 2 ** (index + 1 - scores.length);
    return { part, sentences: 800 * part, tokens: 9000 * part, scores: each.slice(0, seeds) };
  });
  const curve = describeCurve(points, new Random(1));
  return { ...curve, measure: 'f1', scored: 'dev', seeds: [1, 2].slice(0, seeds) };
}

test('the text has a line a part, and what twice the data would bring with its interval', () => {
  const text = curveReportText(curveOf(2));
  expect(text).toMatch(/^part +sentences +tokens +dev F1 +deviation\n1\/8 +100 +1,125 +31\.00 +1\.41\n/);
  expect(text).toMatch(
    /^Twice the data \(1,600 sentences\) would give F1 \d\d\.\d\d \(95 % interval \d\d\.\d\d to \d\d\.\d\d\): \+\d\.\d\d \(95 % interval \+\d\.\d\d to \+\d\.\d\d\) over the 54\.50 measured\.$/m,
  );
  expect(text).not.toContain('Do not rely on it');
});

test('a loss is told against the score measured, not as a gain over it', () => {
  const text = curveReportText(
    curveOf(2, [
      [0.4, 0.41],
      [0.41, 0.4],
      [0.4, 0.41],
      [0.41, 0.4],
      [0.5, 0.51],
    ]),
  );
  expect(text).toMatch(/: -\d\.\d\d \(95 % interval .*\) against the 50\.50 measured\.$/m);
});

test('the text says where it knows little', () => {
  expect(curveReportText(curveOf(1))).toContain('With one seed there is no interval');
  expect(curveReportText(curveOf(2, SCORES.slice(1)))).toContain('A curve with three parameters fits any three parts');
  expect(curveReportText(curveOf(2, SCORES.slice(2)))).toContain('A curve needs three parts or more');
  expect(
    curveReportText(
      curveOf(2, [
        [0, 0],
        [0, 0],
        [0.05, 0.06],
        [0.23, 0.22],
      ]),
    ),
  ).toContain('Do not rely on it');
  expect(
    curveReportText(
      curveOf(2, [
        [0.5, 0.49],
        [0.49, 0.5],
        [0.5, 0.51],
        [0.5, 0.49],
      ]),
    ),
  ).toContain('do not rule out that it brings nothing');
});

test('the text warns where the fit misses a score by more than 1.5 points, by chance or not, and names the part', () => {
  const missing = curveReportText(
    curveOf(2, [
      [0.3, 0.4],
      [0.4, 0.5],
      [0.41, 0.51],
      [0.58, 0.68],
    ]),
  );
  expect(missing).toMatch(
    /^Rely on it with caution: the fitted curve misses the score measured with 1\/\d of the data by [2-9]\.\d\d\./m,
  );
  expect(curveReportText(curveOf(2))).not.toContain('misses');
});

interface Shown {
  readonly width: number;
  readonly scrollWidth: number;
  readonly ink: string;
  readonly dots: number;
}

const PROBE = `{
  width: page.documentElement.clientWidth,
  scrollWidth: page.documentElement.scrollWidth,
  ink: style('svg text').fill,
  dots: page.querySelectorAll('svg circle').length,
}`;

describe.skipIf(BROWSER === undefined)('the HTML report in Chromium (skipped where it is missing)', () => {
  test('fits a wide and a narrow screen, in light and dark, with its points', async () => {
    folder.write('curve.html', curveReportHtml(curveOf(2), '<names>'));
    const frames = await probeFrames<Shown>(folder, 'curve.html', PROBE);
    expect(frames.map(({ width }) => width)).toEqual([1000, 390]);
    for (const { width, scrollWidth, dots } of frames) {
      expect(scrollWidth).toBeLessThanOrEqual(width);
      expect(dots).toBe(5);
    }
    expect(frames[0].ink).not.toBe(frames[1].ink);
  });
});
