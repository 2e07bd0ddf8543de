import type { Finding, SpanWithText } from '../evaluation/finding.js';
import { groupFindings, type ShownDoubts, summaryOf, titleOf } from './doubt-text.js';
import { excerptOf, rangeOf } from './finding-excerpt.js';
import { escapeHtml, htmlPage } from './html.js';

/** Tokens that are shown on each side. */
const AROUND = 40;

/** Returns doubts as a self-contained HTML page: no script, no other files, no network. */
export function doubtHtml(doubts: ShownDoubts, title: string): string {
  const groups = groupFindings(doubts.findings).map(
    ([mistake, findings]) =>
      `<section>\n<h2>${escapeHtml(titleOf(mistake, findings.length, doubts.scheme))}</h2>\n${findings.map(findingHtml).join('')}</section>\n`,
  );
  const body = `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(summaryOf(doubts))}</p>\n${groups.join('')}`;
  return htmlPage(title, body, STYLE);
}

function findingHtml(finding: Finding): string {
  const { file, line, doubt, given, suggested } = finding;
  const heading = `${file}:${line}, doubt ${doubt.toFixed(3)}`;
  return `<article>
<h3>${escapeHtml(heading)}</h3>
<dl>
<dt>given</dt><dd dir="auto">${readingHtml(finding, given, 'wrong')}</dd>
<dt>suggested</dt><dd dir="auto">${readingHtml(finding, suggested, 'right')}</dd>
</dl>
</article>
`;
}

function readingHtml(finding: Finding, span: SpanWithText | null, kind: 'right' | 'wrong'): string {
  const { before, words, behind } = excerptOf(finding, span ?? rangeOf(finding), AROUND);
  const text = escapeHtml(words);
  const marked = span
    ? `<mark class="${kind}">${text} <b>${escapeHtml(span.label)}</b></mark>`
    : `<mark class="none">${text}</mark>`;
  return [escapeHtml(before), marked, escapeHtml(behind)].filter((piece) => piece !== '').join(' ');
}

const STYLE = `
article { border-top: 1px solid var(--line); padding: 0.6rem 0; }
h3 { font-size: 0.9rem; font-weight: 400; margin: 0 0 0.3rem; color: var(--quiet); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 0.8rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
mark { color: inherit; border-radius: 0.2rem; padding: 0.05rem 0.25rem; }
mark b { font-size: 0.7rem; letter-spacing: 0.03em; }
.right { background: var(--right); }
.wrong { background: var(--wrong); text-decoration: underline dotted; }
.none { background: none; outline: 1px dashed var(--quiet); }
`;
