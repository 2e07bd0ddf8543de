import { type Evaluation, evaluateTags, type ScoringOptions } from '../../src/evaluation/evaluation.js';
import type { PairedSentence } from '../../src/text/sentence.js';

const IOB2 = { name: 'iob2', outside: 'O' } as const;

/** Sentences written as `token/gold/predicted token/gold/predicted ...`, a line each. */
export function pairedSentences(lines: readonly string[]): PairedSentence[] {
  return lines.map((text, index) => {
    const cells = text.split(' ').map((cell) => cell.split('/') as [string, string, string]);
    return {
      tokens: cells.map(([token]) => token),
      gold: cells.map(([, gold]) => gold),
      predicted: cells.map(([, , predicted]) => predicted),
      line: index + 1,
    };
  });
}

/** An evaluation of such sentences. */
export function evaluationOf(lines: readonly string[], options: Partial<ScoringOptions> = {}): Evaluation {
  return evaluateTags(pairedSentences(lines), { scheme: IOB2, seed: 1, ...options });
}

/** Sentences with something for each part of a report, and with what HTML and Markdown could misread. */
export const HOSTILE = [
  'Ada/B-PER/B-PER Lovelace/I-PER/I-PER met/O/O <b>/B-ORG/O &amp;/I-ORG/O |x|/B-<i>/B-LOC',
  "```/B-LOC/B-LOC it's/O/O *so*/O/I-PER",
  'New/B-LOC/B-LOC York/I-LOC/O ,/O/O Rome/B-LOC/B-LOC',
];
