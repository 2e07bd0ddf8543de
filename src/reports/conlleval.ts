import { type Rates, rowsByLabel, type Scores, type SpanCounts } from '../evaluation/scores.js';
import { twoDecimals } from './numbers.js';

/**
 * Returns what the conlleval script of 2004 prints for the same pairs, to the byte. The script's source is the
 * specification: https://www.cnts.ua.ac.be/conll2000/chunking/conlleval.txt
 */
export function conllevalReport(scores: Scores): string {
  const { precision, recall, f1 } = percentages(scores);
  const accuracy = accuracyPercentage(scores);
  const lines = [
    `processed ${scores.tokens} tokens with ${scores.gold} phrases; found: ${scores.predicted} phrases; correct: ${scores.correct}.\n`,
    `accuracy: ${fixed(accuracy)}%; precision: ${fixed(precision)}%; recall: ${fixed(recall)}%; FB1: ${fixed(f1)}\n`,
  ];
  for (const [label, counts] of rowsByLabel(scores)) {
    const rates = percentages(counts);
    lines.push(
      `${padToBytes(label, 17)}: precision: ${fixed(rates.precision)}%; recall: ${fixed(rates.recall)}%; FB1: ${fixed(rates.f1)}  ${counts.predicted}\n`,
    );
  }
  return lines.join('');
}

/** Returns the token accuracy in per cent, computed as in the script. */
export function accuracyPercentage({ tokens, correctTokens }: Scores): number {
  return tokens > 0 ? (100 * correctTokens) / tokens : 0;
}

/** Returns rates in per cent, computed with the script's operations in its order, so that they round the same way. */
export function percentages({ gold, predicted, correct }: SpanCounts): Rates {
  const precision = predicted > 0 ? (100 * correct) / predicted : 0;
  const recall = gold > 0 ? (100 * correct) / gold : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1 };
}

function fixed(value: number): string {
  return twoDecimals(value).padStart(6);
}

/** Pads a label to a width in bytes of UTF-8, which the script counts instead of characters. */
function padToBytes(label: string, width: number): string {
  return ' '.repeat(Math.max(0, width - new TextEncoder().encode(label).length)) + label;
}
