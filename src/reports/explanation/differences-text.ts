import type { Explanation } from '../../explanation/explanation.js';

/** The number of words that are told. */
const SHOWN = 5;

/** Tells, in one line, the words that rnn tag has otherwise than the weights of training; empty if there are none. */
export function differencesText({ differences = [], tokens }: Pick<Explanation, 'differences' | 'tokens'>): string {
  if (differences.length === 0) return '';
  const told = differences.slice(0, SHOWN).map(({ token, tag, probability: { tagging, training } }) => {
    const own = tokens[token];
    const isOther = own !== undefined && own.tag !== tag;
    return `${token + 1} ${own?.text}: ${own?.tag} ${percent(tagging)}, here ${isOther ? tag : percent(training)}`;
  });
  const rest = differences.length - told.length;
  const more = rest > 0 ? `; ${rest} more` : '';
  return `States, gates and probabilities come from the weights of training. rnn tag rounds the weights, and that shows in the softmax of single words: ${told.join('; ')}${more}.`;
}

function percent(p: number): string {
  return `${(100 * p).toFixed(1)} %`;
}
