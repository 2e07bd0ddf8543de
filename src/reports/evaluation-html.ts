import type { Evaluation } from '../evaluation/evaluation.js';
import { hasSpans } from '../text/scheme.js';
import { sectionsOf } from './evaluation-sections.js';
import { escapeHtml, htmlPage } from './html.js';
import type { ReportTable, Section, ShownSentence, ShownSpan, ShownTags } from './report-structure.js';

/** Maximum number of sentences shown. */
const SENTENCES = 50;

/** Returns an evaluation as a self-contained HTML page: no script, no other files, no network. */
export function evaluationHtml(evaluation: Evaluation, title: string): string {
  const ofSpans = hasSpans(evaluation.scheme);
  const sections = sectionsOf(evaluation, SENTENCES).map((section) => sectionHtml(section, ofSpans));
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1>\n${sections.join('')}`, SECTION_STYLE);
}

/** Returns a section of a report as HTML; `ofSpans` tells whether labels belong to spans, not to single tokens. */
export function sectionHtml({ title, table, notes = [], sentences = [] }: Section, ofSpans: boolean): string {
  const legend =
    sentences.length > 0
      ? '<p class="legend"><mark class="right">right</mark> <mark class="wrong">missed or wrong</mark></p>\n'
      : '';
  return [
    `<section>\n<h2>${escapeHtml(title)}</h2>\n`,
    table ? tableHtml(table) : '',
    ...notes.map((note) => `<p>${escapeHtml(note)}</p>\n`),
    legend,
    ...sentences.map((each) => sentenceHtml(each, ofSpans)),
    '</section>\n',
  ].join('');
}

function tableHtml({ head, rows, heat }: ReportTable): string {
  const headCells = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map(([name = '', ...cells], row) => {
    const numbers = cells.map((cell, column) => {
      const strength = heat?.[row]?.[column];
      const style = strength ? ` style="--heat:${strength.toFixed(3)}"` : '';
      return `<td${style}>${escapeHtml(cell)}</td>`;
    });
    return `<tr><th scope="row">${escapeHtml(name)}</th>${numbers.join('')}</tr>\n`;
  });
  const kind = heat ? ' class="heat"' : '';
  return `<div class="wide" tabindex="0"><table${kind}>\n<thead><tr>${headCells}</tr></thead>\n<tbody>\n${body.join('')}</tbody>\n</table></div>\n`;
}

function sentenceHtml({ heading, tokens, readings }: ShownSentence, ofSpans: boolean): string {
  const rows = readings.map(
    (reading) => `<dt>${escapeHtml(reading.name)}</dt><dd>${readingHtml(tokens, reading, ofSpans)}</dd>\n`,
  );
  return `<article>\n<h3>${escapeHtml(heading)}</h3>\n<dl>\n${rows.join('')}</dl>\n</article>\n`;
}

/** Returns the tokens with highlighted spans; for plain tags only wrong tokens are highlighted. */
function readingHtml(tokens: readonly string[], { spans }: ShownTags, ofSpans: boolean): string {
  const opened = new Map(spans.filter(({ isRight }) => ofSpans || !isRight).map((span) => [span.start, span]));
  const pieces: string[] = [];
  for (let t = 0; t < tokens.length; ) {
    const span: ShownSpan | undefined = opened.get(t);
    const end = span?.end ?? t + 1;
    const text = escapeHtml(tokens.slice(t, end).join(' '));
    pieces.push(
      span ? `<mark class="${span.isRight ? 'right' : 'wrong'}">${text} <b>${escapeHtml(span.label)}</b></mark>` : text,
    );
    t = end;
  }
  return pieces.join(' ');
}

/** The style of sections. */
export const SECTION_STYLE = `
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.2rem 0.7rem; text-align: right; white-space: nowrap; }
th:first-child { text-align: left; }
thead th { border-bottom: 1px solid var(--line); font-weight: 600; }
tbody th { font-weight: 400; }
tbody tr:hover { background: var(--soft); }
.wide { overflow-x: auto; }
.heat td { background: color-mix(in srgb, var(--heat-colour) calc(var(--heat, 0) * 100%), transparent); }
article { border-top: 1px solid var(--line); padding: 0.6rem 0; }
h3 { font-size: 0.9rem; font-weight: 400; margin: 0 0 0.3rem; color: var(--quiet); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 0.8rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
mark { color: inherit; border-radius: 0.2rem; padding: 0.05rem 0.25rem; }
mark b { font-size: 0.7rem; letter-spacing: 0.03em; }
@media (max-width: 40rem) { th, td { padding: 0.15rem 0.3rem; font-size: 0.9rem; } }
.right { background: var(--right); }
.wrong { background: var(--wrong); text-decoration: underline dotted; }
`;
