import type { ConversionIssue, ConversionIssueKind } from '../formats/format.js';
import { grouped } from '../text/counts.js';

/** What to say of an issue that occurs once, and of one that occurs many times. */
const TITLES: Readonly<Record<ConversionIssueKind, readonly [string, string]>> = {
  'overlapping span': ['span overlaps another and was left out', 'spans overlap others and were left out'],
  'discontinuous span': ['span has several pieces and was left out', 'spans have several pieces and were left out'],
  'span without a token': ['span covers no token and was left out', 'spans cover no token and were left out'],
  'span trimmed': ['span was trimmed to the tokens inside it', 'spans were trimmed to the tokens inside them'],
  'span over lines': ['span holds a line break and was left out', 'spans hold a line break and were left out'],
  label: ['label cannot be written and was left out', 'labels cannot be written and were left out'],
  tag: ['tag spells no span and was left out', 'tags spell no span and were left out'],
  token: ['sentence holds a token that cannot be written', 'sentences hold a token that cannot be written'],
  'token cut': [
    'token was cut where a span begins or ends inside it',
    'tokens were cut where spans begin or end inside them',
  ],
  'token boundaries': ['file has other tokens now', 'files have other tokens now'],
  record: ['record was not taken whole', 'records were not taken whole'],
};

/** Sums issues up: a line for each kind, with how often it occurs and where first. */
export function issueNotices(issues: readonly ConversionIssue[]): string[] {
  const kinds = new Map<ConversionIssueKind, { readonly first: ConversionIssue; count: number }>();
  for (const issue of issues) {
    const known = kinds.get(issue.kind);
    if (known) known.count++;
    else kinds.set(issue.kind, { first: issue, count: 1 });
  }
  return [...kinds].map(([kind, { first, count }]) => {
    const [one, many] = TITLES[kind];
    const level = kind === 'token cut' ? '' : 'warning: ';
    return `${level}${grouped(count)} ${count === 1 ? one : many} (${count === 1 ? '' : 'first '}at ${issueLine(first)})`;
  });
}

/** Describes one issue in a line. */
export function issueLine({ place, what }: ConversionIssue): string {
  return `${place}: ${what}`;
}
