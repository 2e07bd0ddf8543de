import type { Scores, SpanCounts } from '../evaluation/scores.js';

/**
 * What the conlleval script of 2004 prints for the same pairs, to the byte (the script's source is the specification:
 * https://www.cnts.ua.ac.be/conll2000/chunking/conlleval.txt).
 */
export function conllevalReport(scores: Scores): string {
  const { precision, recall, f1 } = percentages(scores);
  const accuracy = scores.tokens === 0 ? 0 : (100 * scores.correctTokens) / scores.tokens;
  const lines = [
    `processed ${scores.tokens} tokens with ${scores.gold} phrases; found: ${scores.predicted} phrases; correct: ${scores.correct}.\n`,
    `accuracy: ${fixed(accuracy)}%; precision: ${fixed(precision)}%; recall: ${fixed(recall)}%; FB1: ${fixed(f1)}\n`,
  ];
  for (const [label, counts] of Object.entries(scores.byLabel)) {
    const rates = percentages(counts);
    lines.push(
      `${label.padStart(17)}: precision: ${fixed(rates.precision)}%; recall: ${fixed(rates.recall)}%; FB1: ${fixed(rates.f1)}  ${counts.predicted}\n`,
    );
  }
  return lines.join('');
}

/** In the script's own order of operations, so that its roundings are ours. */
function percentages({ gold, predicted, correct }: SpanCounts): { precision: number; recall: number; f1: number } {
  const precision = predicted > 0 ? (100 * correct) / predicted : 0;
  const recall = gold > 0 ? (100 * correct) / gold : 0;
  const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1 };
}

function fixed(value: number): string {
  return value.toFixed(2).padStart(6);
}
