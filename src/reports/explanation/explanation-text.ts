import type { ExplainedToken, Explanation, NamedRows, StateBlock } from '../../explanation/explanation.js';
import { counted, grouped } from '../../text/counts.js';
import { wrapLine } from '../lines.js';
import { noGates } from './cell-names.js';
import { differencesText } from './differences-text.js';
import { featureName } from './feature-name.js';
import { reachText } from './reach-text.js';
import { nearestText, reasonsText } from './reasons-text.js';
import { shadeLegend, shadeOf } from './shades.js';

/** The names of the values of the casing feature. */
const CASINGS = [
  'lower case',
  'upper case',
  'first letter upper case',
  'digits',
  'some digits',
  'begins with upper case',
  'other letters',
  'no letters',
];

/** The limits of the shades of hidden states. */
const STATE_LIMITS = [-0.5, -0.1, 0.1, 0.5];

/** The largest number of tags whose probabilities are shown, and the least probability of one that is not the best. */
const SHOWN_TAGS = 4;
const LEAST_SHOWN = 0.0005;

/**
 * Describes an explanation for a terminal, word by word.
 *
 * @param columns the width of the terminal
 * @param emphasise marks a word and its tag
 */
export function explanationText(
  explanation: Explanation,
  columns: number,
  emphasise: (text: string) => string = (text) => text,
): string {
  const { tokens, reach } = explanation;
  const numberWidth = `${tokens.length}`.length;
  const words = tokens.map((token, t) => {
    const { text, tag, gold } = token;
    const judged = gold === undefined || gold === tag ? '' : `  gold ${gold}`;
    const head = `${`${t + 1}`.padStart(numberWidth)}  ${emphasise(`${text}  ${tag}`)}${judged}\n`;
    return head + wordText(explanation, t, columns);
  });
  const differences = differencesText(explanation);
  const sections = [
    headText(explanation, columns),
    differences === '' ? '' : `${wrapLine(differences, columns)}\n`,
    ...words,
    readingsText(explanation, columns),
  ];
  if (reach) sections.push(lossText(explanation, columns), reachText(tokens, reach, columns, isLstm(explanation)));
  sections.push(reasonsText(explanation, columns), nearestText(explanation, columns));
  return sections.filter((section) => section !== '').join('\n');
}

function isLstm({ network }: Explanation): boolean {
  return network.cell === 'lstm';
}

function headText({ network, states, tokens }: Explanation, columns: number): string {
  const { cell, hidden, decoder, networks } = network;
  const layers = Math.max(...states.map(({ layer }) => layer));
  const isBoth = states.some(({ direction }) => direction === 'backward');
  const facts = [
    `${counted(tokens.length, 'word')}`,
    `${networks > 1 ? `${networks} networks of ` : ''}${cell}, ${layers > 1 ? `${layers} layers of ` : ''}${hidden} states${isBoth ? ' each way' : ''}`,
    decoder === 'crf' ? 'conditional random field' : 'softmax',
  ];
  const legend = [
    `x is the word's place in the one-hot vector, h the hidden state from -1 to 1 (${shadeLegend(STATE_LIMITS)}), y the probability of each tag.`,
    decoder === 'crf'
      ? 'y is a marginal of the conditional random field: a sum over all ways to tag the sentence. softmax is the probability by the scores of the word alone, before transitions.'
      : 'y is the softmax of the scores of the word.',
    ...(tokens.some(({ gates }) => gates !== undefined) ? [] : [noGates(cell)]),
    ...(networks > 1 ? ['h is that of the first network; --json has all. y is that of all together.'] : []),
  ];
  return [facts.join(' · '), legend.join(' ')].map((line) => `${wrapLine(line, columns)}\n`).join('');
}

/** Describes what the network reads, remembers and answers at one word. */
function wordText(explanation: Explanation, t: number, columns: number): string {
  const { tokens, states, opinions, network } = explanation;
  const token = tokens[t] as ExplainedToken;
  const { index, size } = token.vocabulary;
  const lines = [
    line(
      'x',
      index === 0 ? `unknown (row 0 of ${grouped(size)})` : `row ${grouped(index)} of ${grouped(size)}`,
      columns,
    ),
  ];
  const others = token.features.filter(({ table }) => table !== 'form');
  if (others.length > 0) lines.push(line('rows', others.map((rows) => rowsText(rows)).join(', '), columns));
  for (const [block, { network: number, ...place }] of states.entries()) {
    if (number > 1) continue;
    const name = blockName(place, states);
    lines.push(strip(`h${name}`, token.hidden[block] ?? [], columns));
    const gates = Object.entries(token.gates?.[block] ?? {});
    if (gates.length > 0)
      lines.push(
        line('', `gates open: ${gates.map(([gate, open]) => `${gate} ${open.toFixed(2)}`).join(', ')}`, columns),
      );
  }
  lines.push(line('y', probabilitiesText(token), columns));
  if (opinions)
    lines.push(line('each', opinions.map(({ probabilities }) => bestText(probabilities[t] ?? {})).join(', '), columns));
  if (token.path) {
    const { tag, emission, softmax, transition } = token.path;
    const before = t === 0 ? 'the start' : (tokens[t - 1]?.path?.tag ?? '');
    const end = t === tokens.length - 1 ? `, ${signed(explanation.end ?? 0)} to the end` : '';
    const score = `score ${signed(emission)} (softmax ${percentText(softmax)})`;
    lines.push(line('path', `${tag}: ${score}, ${signed(transition)} from ${before}${end}`, columns));
  }
  if (token.loss !== undefined) {
    const given = network.decoder === 'crf' && t > 0 ? ' given the gold tags before' : '';
    lines.push(line('loss', `${token.loss.toFixed(4)} = -log P(${token.gold}${given})`, columns));
  }
  return lines.join('');
}

const INDENT = '    ';
const NAME_WIDTH = 6;

function line(name: string, text: string, columns: number): string {
  const indent = INDENT + ' '.repeat(NAME_WIDTH);
  return `${wrapLine(INDENT + name.padEnd(NAME_WIDTH) + text, columns, indent)}\n`;
}

/** Draws numbers from -1 to 1 as shaded cells. */
function strip(name: string, numbers: readonly number[], columns: number): string {
  const width = Math.max(8, columns - INDENT.length - NAME_WIDTH - 2);
  const cells = numbers.map((number) => shadeOf(number, STATE_LIMITS));
  const lines: string[] = [];
  for (let from = 0; from < cells.length; from += width)
    lines.push(
      `${INDENT}${(from === 0 ? name : '').padEnd(NAME_WIDTH)}|${cells.slice(from, from + width).join('')}|\n`,
    );
  return lines.join('');
}

/** Names a block of states: `2←` is the second layer, read backward; empty if there is only one. */
function blockName({ layer, direction }: Omit<StateBlock, 'network'>, states: readonly StateBlock[]): string {
  const number = states.some((each) => each.layer > 1) ? `${layer}` : '';
  const arrow = states.some((each) => each.direction === 'backward') ? (direction === 'forward' ? '→' : '←') : '';
  return number + arrow;
}

function rowsText(named: NamedRows): string {
  const { table, label, rows } = named;
  const [first] = rows;
  if (label !== undefined) return `${featureName(named)}: ${first?.value?.replace(/, (.*)/, ' ($1)') ?? 'in no name'}`;
  if (rows.length > 1) {
    const letters = rows.slice(0, rows.length / 2).filter(({ value }) => value !== '');
    const unknown = letters.filter(({ row }) => row === 0).length;
    return `${table} ${letters.length}${unknown > 0 ? ` (${unknown} unknown)` : ''}`;
  }
  if (!first || first.value === undefined) return `${table} unknown`;
  return `${table} ${table === 'casing' ? (CASINGS[Number(first.value) - 1] ?? first.value) : first.value}`;
}

function probabilitiesText({ probabilities }: ExplainedToken): string {
  const ranked = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  const shown = ranked.filter(([, p], rank) => rank === 0 || (rank < SHOWN_TAGS && p >= LEAST_SHOWN));
  const rest = ranked.length - shown.length;
  return [
    ...shown.map(([tag, p]) => `${tag} ${percentText(p)}`),
    ...(rest > 0 ? [`${counted(rest, 'other')} ${percentText(Math.max(0, 1 - sumOf(shown)))}`] : []),
  ].join(', ');
}

function sumOf(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((sum, [, p]) => sum + p, 0);
}

function bestText(probabilities: Readonly<Record<string, number>>): string {
  const [best] = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return best ? `${best[0]} ${percentText(best[1])}` : '';
}

function percentText(p: number): string {
  return `${(100 * p).toFixed(1)} %`;
}

function signed(score: number): string {
  return `${score < 0 ? '-' : '+'}${Math.abs(score).toFixed(2)}`;
}

/** Describes the spans, and the best ways to tag the sentence. */
function readingsText({ tokens, spans, readings, network }: Explanation, columns: number): string {
  const found = spans.map(
    ({ label, start, end, confidence }) =>
      `${tokens
        .slice(start, end)
        .map(({ text }) => text)
        .join(' ')}  ${label}  ${percentText(confidence)}`,
  );
  const [best, ...others] = readings;
  const ways = others.map(({ tags, probability }, rank) => {
    const changes = tokens.flatMap(({ text }, t) => (tags[t] === best?.tags[t] ? [] : [`${text} ${tags[t]}`]));
    return `${rank + 2}.  ${percentText(probability)}  ${changes.length > 0 ? changes.join(', ') : 'the same tags'}`;
  });
  const divided =
    network.temperature === 1
      ? ''
      : ` (scores divided by ${Number(network.temperature.toPrecision(4))}, as for confidences)`;
  const lines = [
    ...(found.length > 0 ? ['Found, with confidence as rnn tag has it', ...found.map((each) => `  ${each}`)] : []),
    ...(best ? [`Ways to tag the sentence${divided}`, `  1.  ${percentText(best.probability)}  as above`] : []),
    ...ways.map((each) => `  ${each}`),
  ];
  return lines.map((each) => `${wrapLine(each, columns, '  ')}\n`).join('');
}

function lossText({ tokens, loss = 0, network, opinions }: Explanation, columns: number): string {
  const wrong = tokens.filter(({ tag, gold }) => tag !== gold).length;
  const each = opinions?.map(({ losses = [] }) => losses.reduce((sum, own) => sum + own, 0).toFixed(4)).join(', ');
  const lines = [
    `Loss ${loss.toFixed(4)}, the sum over the words; ${wrong === 0 ? 'all tags are right' : `${counted(wrong, 'tag')} wrong`}`,
    ...(network.decoder === 'crf'
      ? [
          'The loss of a word is -log P(its gold tag | the gold tags before it, the sentence); their sum is -log P(all gold tags | the sentence). A word has none where those before leave no choice.',
        ]
      : []),
    ...(each === undefined ? [] : [`Of each network on its own: ${each}`]),
  ];
  return lines.map((text) => `${wrapLine(text, columns)}\n`).join('');
}
