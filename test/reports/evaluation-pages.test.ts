import { describe, expect, test } from 'vitest';
import { evaluationHtml } from '../../src/reports/evaluation-html.js';
import { evaluationMarkdown } from '../../src/reports/evaluation-text.js';
import { evaluationOf, HOSTILE } from '../helpers/evaluations.js';

describe('the Markdown report', () => {
  const report = evaluationMarkdown(evaluationOf(HOSTILE), 'a|b on <c>');

  test('has as many cells in each row of a table as in its head', () => {
    const rows = report.split('\n').filter((line) => line.startsWith('|'));
    const widths = report
      .split('\n\n')
      .filter((block) => block.startsWith('|'))
      .map(
        (block) =>
          new Set(
            block
              .trim()
              .split('\n')
              .map((row) => row.split(/(?<!\\)\|/).length),
          ),
      );
    expect(rows.length).toBeGreaterThan(15);
    for (const width of widths) expect(width.size).toBe(1);
  });

  test('takes their meaning from characters of the data', () => {
    expect(report).toContain('# a\\|b on \\<c\\>');
    expect(report).toContain('| \\<i\\> |');
    expect(report).toContain('\n````text\n');
  });
});

describe('the HTML report', () => {
  const report = evaluationHtml(evaluationOf(HOSTILE), 'a "b" <c>');

  test('is one file: no script, no link, nothing from elsewhere', () => {
    expect(report).not.toMatch(/<(?:script|link|img|iframe|base)|\s(?:src|href|on\w+)=|url\(|@import|https?:/i);
  });

  test('shows data as text', () => {
    expect(report).toContain('<title>a &#34;b&#34; &#60;c&#62;</title>');
    expect(report).toContain('&#60;b&#62; &#38;amp;');
    expect(report).not.toContain('<i>');
  });

  test('highlights what is right and what is not, and paints the confusion', () => {
    expect(report).toContain('<mark class="right">Ada Lovelace <b>PER</b></mark>');
    expect(report).toContain('<mark class="wrong">&#60;b&#62; &#38;amp; <b>ORG</b></mark>');
    expect(report).toContain('<td style="--heat:1.000">1</td>');
  });
});
