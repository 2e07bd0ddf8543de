import { describe, expect, test } from 'vitest';
import { evaluationHtml } from '../../src/reports/evaluation-html.js';
import { BROWSER, probeFrames } from '../helpers/browser.js';
import { Folder } from '../helpers/cli.js';
import { evaluationOf, HOSTILE } from '../helpers/evaluations.js';

const folder = new Folder();

/** What a frame of some width and colour scheme, which runs no script, shows of the report. */
interface Shown {
  readonly width: number;
  readonly scrollWidth: number;
  readonly paper: string;
  readonly ink: string;
  readonly heat: string;
  readonly marks: number;
  readonly firstCells: string[];
}

const PROBE = `{
  width: page.documentElement.clientWidth,
  scrollWidth: page.documentElement.scrollWidth,
  paper: style('body').backgroundColor,
  ink: style('body').color,
  heat: style('.heat td[style]').backgroundColor,
  marks: page.querySelectorAll('mark').length,
  firstCells: [...page.querySelectorAll('tbody tr:first-child')].map((row) => row.textContent),
}`;

describe.skipIf(BROWSER === undefined)('the HTML report in Chromium (skipped where it is missing)', () => {
  test('without JavaScript, fits a wide and a narrow screen, in light and dark, with heat and highlights', async () => {
    folder.write('report.html', evaluationHtml(evaluationOf(HOSTILE), 'names'));
    const frames = await probeFrames<Shown>(folder, 'report.html', PROBE);
    expect(frames.map(({ width }) => width)).toEqual([1000, 390]);
    for (const { width, scrollWidth, marks, heat } of frames) {
      expect(scrollWidth).toBeLessThanOrEqual(width);
      expect(marks).toBeGreaterThan(5);
      expect(heat).not.toBe('rgba(0, 0, 0, 0)');
    }
    const [light, dark] = frames;
    expect([light.paper, dark.paper]).toEqual(['rgb(255, 255, 255)', 'rgb(17, 21, 26)']);
    expect(light.ink).not.toBe(dark.ink);
    expect(light.firstCells[0]).toMatch(/^&lt;i&gt;0\.00/);
  });
});
