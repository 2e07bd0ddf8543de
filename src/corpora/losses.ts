import type { Loss, LossKind } from '../formats/format.js';
import { grouped } from '../text/counts.js';

/** What happened once, and many times. */
const TITLES: Readonly<Record<LossKind, readonly [string, string]>> = {
  'overlapping span': ['span overlaps another and was left out', 'spans overlap others and were left out'],
  'discontinuous span': ['span has several pieces and was left out', 'spans have several pieces and were left out'],
  'span without a token': ['span covers no token and was left out', 'spans cover no token and were left out'],
  'span trimmed': ['span was trimmed to the tokens inside it', 'spans were trimmed to the tokens inside them'],
  'span over lines': ['span holds a line break and was left out', 'spans hold a line break and were left out'],
  label: ['label cannot be written and was left out', 'labels cannot be written and were left out'],
  tag: ['tag spells no span and was left out', 'tags spell no span and were left out'],
  token: ['sentence holds a token that cannot be written', 'sentences hold a token that cannot be written'],
  'token cut': [
    'token was cut where a span begins or ends inside it',
    'tokens were cut where spans begin or end inside them',
  ],
  'token boundaries': ['file has other tokens now', 'files have other tokens now'],
  record: ['record was not taken whole', 'records were not taken whole'],
};

/** One line for each kind of loss: how often, and where first. */
export function lossNotices(losses: readonly Loss[]): string[] {
  const kinds = new Map<LossKind, Loss[]>();
  for (const loss of losses) {
    const known = kinds.get(loss.kind);
    if (known) known.push(loss);
    else kinds.set(loss.kind, [loss]);
  }
  return [...kinds].map(([kind, of]) => {
    const [one, many] = TITLES[kind];
    const level = kind === 'token cut' ? '' : 'warning: ';
    const first = of[0] as Loss;
    return `${level}${grouped(of.length)} ${of.length === 1 ? one : many} (${of.length === 1 ? '' : 'first '}at ${first.place}: ${first.what})`;
  });
}

/** One loss as a line of its own. */
export function lossLine({ place, what }: Loss): string {
  return `${place}: ${what}`;
}
