import type { Explanation } from '../../explanation/explanation.js';
import { wrapLine } from '../lines.js';
import { featureName } from './feature-name.js';

/** The number of contributions that are shown, and the least of which is worth it. */
const SHOWN = 10;
const LEAST_SHOWN = 0.005;

/** The number of words that are shown on each side of a near word. */
const NEIGHBOURS = 3;

/** Tells what speaks for the tags that are asked about. */
export function reasonsText({ reasons = [], tokens }: Explanation, columns: number): string {
  const sections = reasons.map(({ token, tag, against, score, contributions }) => {
    const shown = contributions.slice(0, SHOWN).filter(({ adds }) => Math.abs(adds) >= LEAST_SHOWN);
    const rest = contributions.slice(shown.length).reduce((sum, { adds }) => sum + adds, 0);
    const hasProducts = contributions.some(({ gradientTimesInput }) => gradientTimesInput !== undefined);
    const product = (sum: number): string => (hasProducts ? `  ${signed(sum)}` : '');
    const rows = shown.map(({ token: from, table, adds, gradientTimesInput = 0 }) => {
      const named = tokens[from]?.features.find((each) => each.table === table) ?? { table };
      return `  ${signed(adds)}${product(gradientTimesInput)}  ${featureName(named)} of ${wordOf(tokens, from)}`;
    });
    const restOfProducts = contributions
      .slice(shown.length)
      .reduce((sum, { gradientTimesInput = 0 }) => sum + gradientTimesInput, 0);
    return [
      `Why ${wordOf(tokens, token)} is ${tag} and not ${against}: ${score.toFixed(2)}`,
      ...(hasProducts ? ['  removed, gradient times input'] : []),
      ...rows,
      `  ${signed(rest)}${product(restOfProducts)}  the ${contributions.length - shown.length} others together`,
    ];
  });
  if (sections.length === 0) return '';
  const hasGradients = reasons.some(({ contributions }) => contributions[0]?.gradientTimesInput !== undefined);
  const legend =
    'The score is the logarithm of how many times as probable the tag is as the next best. What a feature adds is the score with it minus the score without it, from running the network again; as features work together, these need not add up to the score.';
  const gradients =
    'Gradient times input is the gradient of the score by the one-hot vector of the feature, times what this has beyond that of an unknown value: what the feature would add if the network were linear.';
  return [...sections.flat(), legend, ...(hasGradients ? [gradients] : [])]
    .map((line) => `${wrapLine(line, columns, '  ')}\n`)
    .join('');
}

/** Tells which sentences of a corpus are near in the hidden state. */
export function nearestText({ nearest = [], tokens }: Explanation, columns: number): string {
  const sections = nearest.map(({ token, sentences }) => {
    const what = token === undefined ? 'the sentence, on the mean of its words' : wordOf(tokens, token);
    const rows = sentences.map(({ file, line, tokens: words, tags, token: near = 0, similarity }) => {
      const from = token === undefined ? 0 : Math.max(0, near - NEIGHBOURS);
      const to = token === undefined ? 2 * NEIGHBOURS + 1 : near + NEIGHBOURS + 1;
      const shown = words.slice(from, to).map((word, place) => {
        return token !== undefined && from + place === near ? `${word}/${tags[near]}` : word;
      });
      const text = `${from > 0 ? '... ' : ''}${shown.join(' ')}${to < words.length ? ' ...' : ''}`;
      return `  ${similarity.toFixed(3)}  ${file}:${line}  ${text}`;
    });
    return [`Nearest in the corpus to ${what} (cosine of the top layer's states)`, ...rows];
  });
  return sections
    .flat()
    .map((line) => `${wrapLine(line, columns, '         ')}\n`)
    .join('');
}

function wordOf(tokens: Explanation['tokens'], token: number): string {
  return `${token + 1} ${tokens[token]?.text}`;
}

function signed(score: number): string {
  return `${score < 0 ? '-' : '+'}${Math.abs(score).toFixed(2)}`;
}
