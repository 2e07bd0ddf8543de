import type { Agreement, AgreementFigures } from '../evaluation/agreement-figures.js';
import type { Interval } from '../evaluation/bootstrap.js';
import { at } from '../text/at.js';
import { counted, grouped } from '../text/counts.js';
import { hasSpans, type Scheme } from '../text/scheme.js';
import { twoDecimals } from './numbers.js';
import type { ReportTable, Section } from './report-structure.js';

/** What a report of agreement tells. */
export interface AgreementResult {
  readonly annotators: readonly string[];
  readonly scheme: Scheme;
  readonly sentences: number;
  readonly tokens: number;
  readonly agreement: Agreement;
  readonly disputes: { readonly length: number };
}

/** Returns the sections of a report of agreement. */
export function agreementSections({
  annotators,
  scheme,
  sentences,
  tokens,
  agreement,
  disputes,
}: AgreementResult): Section[] {
  const ofSpans = hasSpans(scheme);
  const names = annotators.map((name, index) => `${index + 1} ${name}`);
  const spanCounts = agreement.spans.map((count, index) => [at(names, index), grouped(count)]);
  return [
    {
      title: 'Annotators',
      table: ofSpans
        ? { head: ['annotator', 'entities'], rows: spanCounts }
        : { head: ['annotator'], rows: names.map((name) => [name]) },
      notes: [`${counted(sentences, 'sentence')}, ${counted(tokens, 'token')}, ${counted(disputes.length, 'dispute')}`],
    },
    { title: 'Pairs', table: pairTable(agreement, ofSpans), notes: ["kappa is Cohen's, of tokens"] },
    {
      title: 'All annotators',
      table: {
        head: ['label', ...(ofSpans ? ['mean F1'] : []), 'kappa', 'alpha', '95 % interval'],
        rows: [...agreement.byLabel, ['all', agreement] as const].map(([label, figures]) =>
          rowOf(label, figures, ofSpans),
        ),
      },
      notes: [
        "kappa is Fleiss', alpha Krippendorff's with its interval",
        'both are of tokens: 1 is agreement, 0 what chance gives',
        'a dash stands where there is nothing to agree about',
      ],
    },
  ];
}

function pairTable({ f1, cohen, intervals }: AgreementFigures, ofSpans: boolean): ReportTable {
  const rows = f1.flatMap((row, a) =>
    row.flatMap((_, b) => {
      if (b <= a) return [];
      const f1Cells = [percentOf(f1[a]?.[b]), intervalOf(intervals.f1[a]?.[b], percentOf)];
      const kappaCells = [figureOf(cohen[a]?.[b]), intervalOf(intervals.cohen[a]?.[b], figureOf)];
      return [[`${a + 1} and ${b + 1}`, ...(ofSpans ? f1Cells : []), ...kappaCells]];
    }),
  );
  return {
    head: ['annotators', ...(ofSpans ? ['F1', '95 % interval'] : []), 'kappa', '95 % interval'],
    rows,
  };
}

function rowOf(label: string, { f1, fleiss, alpha, intervals }: AgreementFigures, ofSpans: boolean): string[] {
  const pairs = f1.flatMap((row, a) => row.filter((_, b) => b > a)).filter((each) => each !== undefined);
  const mean = pairs.length > 0 ? pairs.reduce((sum, each) => sum + each, 0) / pairs.length : undefined;
  return [
    label,
    ...(ofSpans ? [percentOf(mean)] : []),
    ...[figureOf(fleiss), figureOf(alpha), intervalOf(intervals.alpha, figureOf)],
  ];
}

function percentOf(fraction: number | undefined): string {
  return fraction === undefined ? '-' : twoDecimals(100 * fraction);
}

function figureOf(figure: number | undefined): string {
  return figure === undefined ? '-' : figure.toFixed(3);
}

function intervalOf(interval: Interval | undefined, show: (figure: number) => string): string {
  return interval ? `${show(interval.low)} to ${show(interval.high)}` : '-';
}
