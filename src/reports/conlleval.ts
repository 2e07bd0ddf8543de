import { type Rates, rowsByLabel, type Scores, type SpanCounts } from '../evaluation/scores.js';

/**
 * What the conlleval script of 2004 prints for the same pairs, to the byte (the script's source is the specification:
 * https://www.cnts.ua.ac.be/conll2000/chunking/conlleval.txt).
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

/** The token accuracy, computed as the script does. */
export function accuracyPercentage({ tokens, correctTokens }: Scores): number {
  return tokens > 0 ? (100 * correctTokens) / tokens : 0;
}

/** In the script's own order of operations, so that its roundings are ours. */
export function percentages({ gold, predicted, correct }: SpanCounts): Rates {
  const precision = predicted > 0 ? (100 * correct) / predicted : 0;
  const recall = gold > 0 ? (100 * correct) / gold : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1 };
}

/**
 * Two decimals, of a tie the even one, as `printf` has it; `toFixed` goes up. A tie is exact in binary only where the
 * fraction is an odd number of eighths.
 */
export function twoDecimals(value: number): string {
  const goesDown = (8 * value) % 4 === 1;
  return (goesDown ? value - 0.005 : value).toFixed(2);
}

function fixed(value: number): string {
  return twoDecimals(value).padStart(6);
}

/** The script counts bytes of UTF-8, not characters. */
function padToBytes(label: string, width: number): string {
  return ' '.repeat(Math.max(0, width - new TextEncoder().encode(label).length)) + label;
}
