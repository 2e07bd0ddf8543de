import { shortened, wrapLine } from '../lines.js';
import { textTable } from '../table.js';
import type { NamedExplanation } from './explanation-html.js';
import { reasonsText } from './reasons-text.js';

/** The longest word that is shown whole, in columns. */
const LONGEST_WORD = 12;

/** Tells beside each other how two models tag a sentence, and what speaks for tags in the second one, if that is asked. */
export function comparedText([first, second]: readonly [NamedExplanation, NamedExplanation], columns: number): string {
  const hasLoss = first.explanation.loss !== undefined;
  const answerOf = ({ explanation }: NamedExplanation, t: number): string[] => {
    const { tag = '', probabilities = {}, loss = 0 } = explanation.tokens[t] ?? {};
    return [tag, `${(100 * (probabilities[tag] ?? 0)).toFixed(1)} %`, ...(hasLoss ? [loss.toFixed(4)] : [])];
  };
  const rows = first.explanation.tokens.map(({ text }, t) => [
    `${t + 1} ${shortened(text, LONGEST_WORD)}`,
    ...answerOf(first, t),
    ...answerOf(second, t),
  ]);
  const sums = ({ explanation: { loss = 0 } }: NamedExplanation): string[] => ['', '', loss.toFixed(4)];
  if (hasLoss) rows.push(['all', ...sums(first), ...sums(second)]);
  const own = ['y', ...(hasLoss ? ['loss'] : [])];
  const title = `The same sentence in ${first.name} (first) and ${second.name} (second)`;
  const table = `${wrapLine(title, columns)}\n${textTable(['', 'first', ...own, 'second', ...own], rows)}`;
  const reasons = reasonsText(second.explanation, columns);
  return reasons === '' ? table : `${table}\n${wrapLine(`In ${second.name}:`, columns)}\n${reasons}`;
}
