import type { OwnContestant } from './contestants.js';
import { fixed, type Grid, signed } from './grid.js';
import type { Summary } from './summary.js';
import { UNCHANGED, type Variation } from './variations.js';

/** Settings whose ingredients are weighed: a preset, and options on top of it. */
export interface Base {
  readonly preset: string;
  readonly base: readonly string[];
}

/** Settings with a variation's options, as a contestant. */
export function variedContestant(settings: Base, { name, flags }: Variation, seeds: readonly number[]): OwnContestant {
  const { preset, base } = settings;
  const all = ['--preset', preset, ...base, ...flags];
  return { kind: 'own', name: `${titleOf(settings)}, ${name}`, flags: all, seeds };
}

function titleOf({ preset, base }: Base): string {
  return [preset, ...base].join(' ');
}

/** What each variation costs or brings on dev, a line a variation, against the unchanged settings. */
export function ablationGrid(
  base: Base,
  corpora: readonly string[],
  variations: readonly Variation[],
  summaries: readonly Summary[],
): Grid {
  const find = (corpus: string, { name }: Variation): Summary | undefined =>
    summaries.find((summary) => summary.corpus === corpus && summary.contestant === `${titleOf(base)}, ${name}`);
  const rows = [UNCHANGED, ...variations].map((variation) => {
    const differences: number[] = [];
    const cells = corpora.flatMap((corpus) => {
      const [varied, unchanged] = [find(corpus, variation), find(corpus, UNCHANGED)];
      const difference =
        varied?.dev === undefined || unchanged?.dev === undefined ? undefined : varied.dev - unchanged.dev;
      if (difference !== undefined) differences.push(difference);
      return [fixed(varied?.dev, 2), variation === UNCHANGED ? '' : signed(difference), fixed(varied?.seconds)];
    });
    const isWhole = variation !== UNCHANGED && differences.length === corpora.length;
    const total = differences.reduce((sum, difference) => sum + difference, 0);
    const failures = new Set(corpora.flatMap((corpus) => find(corpus, variation)?.failures ?? []));
    return [
      variation.name,
      variation.flags.join(' '),
      ...cells,
      isWhole ? signed(total / corpora.length) : '',
      [...failures].map((failure) => failure.split('\n')[0]).join('; '),
    ];
  });
  return {
    title: `What a change to ${titleOf(base)} does on dev`,
    head: [
      ':change',
      ':options',
      ...corpora.flatMap((corpus) => [corpus, 'difference', 's']),
      'mean difference',
      ':note',
    ],
    rows,
  };
}
