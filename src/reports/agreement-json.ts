import type { AgreementFigures } from '../evaluation/agreement-figures.js';
import { type Finding, withText } from '../evaluation/finding.js';
import type { Span } from '../text/sentence.js';
import type { AgreementResult } from './agreement-sections.js';
import { findingJson } from './finding-json.js';

/** A dispute with what each annotator has there. */
type Dispute = Finding & { readonly readings: readonly (readonly Span[])[] };

/** Returns what JSON tells of agreement; null stands for figures that are not defined. */
export function agreementJson({
  annotators,
  sentences,
  tokens,
  agreement,
  disputes,
}: Omit<AgreementResult, 'disputes'> & { readonly disputes: readonly Dispute[] }): object {
  return {
    annotators,
    sentences,
    tokens,
    ...figuresJson(agreement),
    byLabel: Object.fromEntries([...agreement.byLabel].map(([label, figures]) => [label, figuresJson(figures)])),
    disputes: disputes.map((dispute) => ({
      ...findingJson(dispute),
      readings: dispute.readings.map((spans, index) => ({
        annotator: annotators[index],
        spans: spans.map((span) => withText(span, dispute.tokens)),
      })),
    })),
  };
}

function figuresJson({ spans, f1, cohen, fleiss, alpha, intervals }: AgreementFigures): object {
  const orNull = <Figure>(table: readonly (readonly (Figure | undefined)[])[]): (Figure | null)[][] =>
    table.map((row) => row.map((figure) => figure ?? null));
  return {
    entities: spans,
    f1: orNull(f1),
    kappa: { cohen: orNull(cohen), fleiss: fleiss ?? null },
    alpha: alpha ?? null,
    intervals: {
      f1: orNull(intervals.f1),
      kappa: { cohen: orNull(intervals.cohen), fleiss: intervals.fleiss ?? null },
      alpha: intervals.alpha ?? null,
    },
  };
}
