import type { OwnContestant } from './contestants.js';
import { fixed, type Grid, signed } from './grid.js';
import type { Summary } from './summary.js';
import { UNCHANGED, type Variation } from './variations.js';

/** A preset with a variation's options, as a contestant. */
export function variedContestant(preset: string, { name, flags }: Variation, seeds: readonly number[]): OwnContestant {
  return { kind: 'own', name: `${preset}, ${name}`, flags: ['--preset', preset, ...flags], seeds };
}

/** What each variation costs or brings on dev, a line a variation, against the unchanged preset. */
export function ablationGrid(
  preset: string,
  corpora: readonly string[],
  variations: readonly Variation[],
  summaries: readonly Summary[],
): Grid {
  const find = (corpus: string, { name }: Variation): Summary | undefined =>
    summaries.find((summary) => summary.corpus === corpus && summary.contestant === `${preset}, ${name}`);
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
    title: `What a change to ${preset} does on dev`,
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
