import { type Mistake, mistakeOf } from '../evaluation/doubts.js';
import type { Finding, SpanWithText } from '../evaluation/finding.js';
import { counted, grouped } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { excerptOf, rangeOf } from './finding-excerpt.js';
import { wrapLines } from './lines.js';

/** What a report of doubts shows. */
export interface ShownDoubts {
  readonly sentences: number;
  readonly spans: number;
  readonly scheme: Scheme;
  /** The findings that are shown, the most doubtful first. */
  readonly findings: readonly Finding[];
  /** The number of all findings. */
  readonly count: number;
}

/** Tokens that are shown on each side. */
const AROUND = 6;

/**
 * Returns doubts as text, those of a kind together and the kind with the most doubtful one first.
 *
 * @param width of the terminal in columns; undefined if there is none
 */
export function doubtText(doubts: ShownDoubts, width: number | undefined): string {
  if (doubts.count === 0) return `${summaryOf(doubts)}\n`;
  const groups = groupFindings(doubts.findings).map(
    ([mistake, findings]) => `${titleOf(mistake, findings.length, doubts.scheme)}\n${findings.map(linesOf).join('')}`,
  );
  return wrapLines([`${summaryOf(doubts)}\n`, ...groups].join('\n'), width);
}

/** Groups findings by the mistake that each is of, in the order of the first of each kind. */
export function groupFindings(findings: readonly Finding[]): [Mistake, Finding[]][] {
  const groups = new Map<Mistake, Finding[]>();
  for (const finding of findings) {
    const mistake = mistakeOf({ given: finding.given ?? undefined, suggested: finding.suggested ?? undefined });
    const group = groups.get(mistake);
    if (group) group.push(finding);
    else groups.set(mistake, [finding]);
  }
  return [...groups];
}

const TITLES: Readonly<Record<Mistake, string>> = {
  missing: 'Missing',
  'wrong label': 'Wrong label',
  'wrong ends': 'Wrong ends',
  'label and ends': 'Wrong label and ends',
  spurious: 'No entity there',
};

/** Returns the title of a kind of findings with their number. */
export function titleOf(mistake: Mistake, count: number, scheme: Scheme): string {
  return `${hasSpans(scheme) ? TITLES[mistake] : 'Wrong tag'}: ${grouped(count)}`;
}

/** Returns a sentence that says how much is doubtful, and what of it is shown. */
export function summaryOf({ sentences, spans, scheme, findings, count }: ShownDoubts): string {
  const entities = hasSpans(scheme)
    ? spans === 1
      ? '1 entity'
      : `${grouped(spans)} entities`
    : counted(spans, 'token');
  const corpus = `${counted(sentences, 'sentence')} with ${entities}`;
  if (count === 0) return `No label is doubtful: ${corpus}.`;
  const shown =
    findings.length < count ? `; the ${grouped(findings.length)} most doubtful are shown, and --top shows more` : '';
  return `${counted(count, 'label')} to look at in ${corpus}${shown}.`;
}

function linesOf(finding: Finding): string {
  const { before, words, behind } = excerptOf(finding, rangeOf(finding), AROUND);
  const { file, line, doubt } = finding;
  const shown = [before, `[${words}]`, behind].filter((piece) => piece !== '').join(' ');
  return `  ${file}:${line}: ${readingsOf(finding)} (doubt ${doubt.toFixed(3)})\n      ${shown}\n`;
}

/** Describes what is given and what is suggested instead, with words only where these differ. */
function readingsOf({ given, suggested }: Finding): string {
  if (!given) return `nothing given, suggested ${nameOf(suggested)}`;
  if (!suggested) return `given ${nameOf(given)}, suggested nothing`;
  const isSameText = given.start === suggested.start && given.end === suggested.end;
  return `given ${nameOf(given)}, suggested ${isSameText ? suggested.label : nameOf(suggested)}`;
}

function nameOf(span: SpanWithText | null): string {
  return span ? `${span.label} "${span.text}"` : 'nothing';
}
