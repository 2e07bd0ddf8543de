import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../built.js';
import { findCorpus } from '../corpora.js';
import { type MeasuredProcess, runMeasured } from '../measured-process.js';
import { prepareReleaseBefore } from '../release-before.js';
import type { Figure, Section } from '../section.js';
import { describeOthers, median, watchOthers } from '../timing.js';

const ROUNDS = 3;

/** The network of the release before: what it knew of a token, and nothing else. */
const SAME_NETWORK = ['--features', 'form,affixes,shape,casing,letters', '--workers', '2', '--quiet'];
/** What this release does besides where nobody says. */
const ONLY_NOW = ['--clusters', 'none'];

interface Corpus {
  readonly name: string;
  readonly train: string | undefined;
  readonly dev: string | undefined;
  readonly options: readonly string[];
  /** The ratio of wall times that it must reach. */
  readonly atLeast: number;
}

/** `rnn train` of this tree and of the release before, by turns: the default network of then on one corpus. */
export const sections: Section[] = [
  {
    name: 'training-before',
    async run() {
      const before = await prepareReleaseBefore();
      if ('skipped' in before) return before;
      const figures: Figure[] = [];
      for (const corpus of corpora()) figures.push(...(await compare(before.root, corpus)));
      return figures;
    },
  },
];

function corpora(): Corpus[] {
  const starter = (part: string): string => join(ROOT, 'data/starter', `${part}.conll`);
  return [
    { name: 'the starter corpus', train: starter('train'), dev: starter('dev'), options: [], atLeast: 1.5 },
    {
      name: 'bosque, 3 epochs',
      train: findCorpus('uner-pt-bosque/train.conll'),
      dev: findCorpus('uner-pt-bosque/dev.conll'),
      options: ['--epochs', '3'],
      atLeast: 1.25,
    },
  ];
}

/** By turns, so that what disturbs one disturbs the other. */
async function compare(rootBefore: string, { name, train, dev, options, atLeast }: Corpus): Promise<Figure[]> {
  if (train === undefined || dev === undefined) return [];
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const command = ['train', train, '--dev', dev, '-o', join(folder, 'model.json'), ...SAME_NETWORK, ...options];
  const run = (root: string, ...more: string[]): Promise<MeasuredProcess> =>
    runMeasured([join(root, 'bin/rnn.js'), ...command, ...more]);
  try {
    const others = watchOthers();
    const rounds: { readonly before: MeasuredProcess; readonly now: MeasuredProcess }[] = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ before: await run(rootBefore), now: await run(ROOT, ...ONLY_NOW) });
    const of = (which: (round: (typeof rounds)[number]) => number): number => median(rounds.map(which));
    return [
      {
        what: `training ${name}, two workers, against the release before`,
        measured: of(({ before, now }) => before.seconds / now.seconds),
        unit: 'x',
        atLeast,
        note:
          `${of(({ now }) => now.seconds).toFixed(1)} against ${of(({ before }) => before.seconds).toFixed(1)} s, processor time ` +
          `${of(({ before, now }) => before.cpuSeconds / now.cpuSeconds).toFixed(2)} x; ${describeOthers(others())}, ours among them`,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
