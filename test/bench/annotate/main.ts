// npm run bench:annotate -- --help
import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { readLabelledCorpus } from '../../../src/corpora/read-corpus.js';
import { makeScratchFolder } from '../../../src/node/scratch-folder.js';
import { choose } from '../accuracy/arguments.js';
import { CORPORA } from '../accuracy/corpora.js';
import { fixed, renderMarkdown, renderText } from '../accuracy/grid.js';
import { CORPORA_FOLDER } from '../corpora.js';
import { isReached, type NamedFigure, renderTable, toJson } from '../table.js';
import { measureLoop } from './loop.js';
import { type GoldCorpus, simulate } from './simulate.js';
import { type RunName, StepsFile } from './steps-file.js';
import { type Comparison, compare, meanOf } from './summary.js';

const EXAMPLES = `Examples:
  npm run bench:annotate                                 four corpora, two orders, three seeds: hours
  npm run bench:annotate -- --only wnut17 --seeds 1      one corpus
  npm run bench:annotate -- --loop --only starter        times of the loop at 500 sentences: a minute
  npm run bench:annotate -- --print --to markdown        the table of what was run before
`;

/** The part of the F1 of all the data that is to be reached. */
const PART = 0.9;

interface Arguments {
  readonly only: string;
  readonly seeds: string;
  readonly most?: string;
  readonly results: string;
  readonly to: 'text' | 'markdown' | 'json';
  readonly loop?: true;
  readonly print?: true;
}

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const given = new Command('npm run bench:annotate --')
  .description(
    'Lets a simulated annotator label the training parts of corpora, least certain or random sentences first, and compares how many tokens it must read. Each training goes to the results file as it ends; a stopped run goes on behind the last one.',
  )
  .addHelpText('before', EXAMPLES)
  .option('--only <list>', 'corpora', 'wikigold,bc5cdr,wnut17,uner-pt-bosque')
  .option('--seeds <list>', 'seeds', '1,2,3')
  .option('--most <n>', 'take only so many sentences of the training part, to try it out')
  .option('--results <file>', 'file of JSON lines', join(cache, 'rnn-tagger', 'annotate.jsonl'))
  .option('--to <format>', 'what is printed: text, markdown or json', 'text')
  .option('--loop', 'measure instead how long a person waits for the next sentence, and for what a model has learnt')
  .option('--print', 'run nothing')
  .parse()
  .opts<Arguments>();
const seeds = given.seeds.split(',').map(Number);
const most = given.most === undefined ? undefined : Number(given.most);

async function readGold(name: string, train: string, test: string): Promise<GoldCorpus> {
  const { sentences, scheme } = await readLabelledCorpus([train], {});
  const { sentences: tested } = await readLabelledCorpus([test], {});
  return { name, scheme, train: sentences.slice(0, most), test: tested };
}

const parts = mkdtempSync(join(tmpdir(), 'bench-annotate-'));
process.on('exit', () => rmSync(parts, { recursive: true }));
process.once('SIGINT', () => process.exit(130));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** The corpora that are wanted and here, each with its gold answers. */
async function* goldCorpora(): AsyncGenerator<GoldCorpus> {
  for (const { name, prepare } of choose(CORPORA, given.only.split(','), 'corpus')) {
    const [split] = (await prepare(parts)) ?? [];
    if (split) yield await readGold(name, split.train, split.test);
    else say(`${name} is not in ${CORPORA_FOLDER}: name the folder in BENCH_CORPORA`);
  }
}

if (given.loop) {
  const figures: NamedFigure[] = [];
  for await (const corpus of goldCorpora()) {
    const place = mkdtempSync(join(parts, 'loop-'));
    figures.push(...(await measureLoop(corpus, place)).map((figure) => ({ section: corpus.name, ...figure })));
  }
  process.stdout.write(given.to === 'json' ? toJson(figures, []) : renderTable(figures, []));
  process.exit(figures.some((figure) => isReached(figure) === false) ? 1 : 0);
}

const steps = await StepsFile.open(given.results);
const folder = await makeScratchFolder();
const comparisons: Comparison[] = [];
for await (const corpus of goldCorpora()) {
  const { name } = corpus;
  const runOf = (order: RunName['order'], seed: number): RunName => ({ corpus: name, order, seed, most });
  const fullOf = (seed: number): number | undefined => steps.of(runOf('all', seed)).at(-1)?.f1;
  const run = (order: RunName['order'], seed: number, full: number | undefined): Promise<void> =>
    given.print ? Promise.resolve() : simulate(corpus, runOf(order, seed), { steps, folder, full, say });
  for (const seed of seeds) await run('all', seed, undefined);
  const full = meanOf(seeds.map(fullOf));
  if (full === undefined) continue;
  for (const seed of seeds) for (const order of ['uncertain', 'random'] as const) await run(order, seed, full);
  const runsOf = (order: RunName['order']) => seeds.map((seed) => steps.of(runOf(order, seed)));
  comparisons.push(compare(name, full, PART, { uncertain: runsOf('uncertain'), random: runsOf('random') }));
}

const percent = (value: number | undefined): string => fixed(value === undefined ? undefined : 100 * value);
const grid = {
  title: `Tokens read to reach ${100 * PART} % of the F1 of all the data, mean of ${seeds.length} seeds`,
  head: [':corpus', 'F1 of all', 'uncertain', 'random', 'uncertain / random (%)'],
  rows: [
    ...comparisons.map(({ corpus, full, uncertain, random, ratio }) => {
      return [corpus, percent(full), fixed(uncertain, 0), fixed(random, 0), percent(ratio)];
    }),
    ['mean', '', '', '', percent(meanOf(comparisons.map(({ ratio }) => ratio)))],
  ],
};
const render = given.to === 'markdown' ? renderMarkdown : renderText;
process.stdout.write(given.to === 'json' ? `${JSON.stringify(comparisons, null, 2)}\n` : render(grid));
