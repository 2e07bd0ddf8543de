import { textTable } from '../table.js';
import type { NamedExplanation } from './explanation-html.js';

/** Tells beside each other how two models tag a sentence. */
export function comparedText([first, second]: readonly [NamedExplanation, NamedExplanation]): string {
  const hasLoss = first.explanation.loss !== undefined;
  const answerOf = ({ explanation }: NamedExplanation, t: number): string[] => {
    const { tag = '', probabilities = {}, loss = 0 } = explanation.tokens[t] ?? {};
    return [tag, `${(100 * (probabilities[tag] ?? 0)).toFixed(1)} %`, ...(hasLoss ? [loss.toFixed(4)] : [])];
  };
  const head = ({ name }: NamedExplanation): string[] => [name, 'y', ...(hasLoss ? ['loss'] : [])];
  const rows = first.explanation.tokens.map(({ text }, t) => [
    `${t + 1} ${text}`,
    ...answerOf(first, t),
    ...answerOf(second, t),
  ]);
  const sums = ({ explanation: { loss = 0 } }: NamedExplanation): string[] => ['', '', loss.toFixed(4)];
  if (hasLoss) rows.push(['all', ...sums(first), ...sums(second)]);
  return `The same sentence in both models\n${textTable(['', ...head(first), ...head(second)], rows)}`;
}
