// npm run bench:accuracy -- --help
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORPORA_FOLDER } from '../corpora.js';
import { prepareCrfsuite } from '../peers/crfsuite/train.js';
import { ablationGrid, variedContestant } from './ablation.js';
import { choose, readArguments } from './arguments.js';
import { contestantGrid, verdictGrid } from './comparison.js';
import { CONTESTANTS } from './contestants.js';
import { CORPORA } from './corpora.js';
import { FEW_LABELS_CONTESTANTS, fewLabelsGrids, prepareFewLabels } from './few-labels.js';
import { type Grid, renderMarkdown, renderText } from './grid.js';
import { judgeFast, quickGrid } from './quick.js';
import { ResultsFile } from './results.js';
import { type PreparedCorpus, type RunOptions, runAll } from './run.js';
import { isGood, judge, summarise } from './summary.js';
import { UNCHANGED, VARIATIONS } from './variations.js';

type CommonOptions = Omit<RunOptions, 'runs' | 'python'>;

const given = readArguments();

/** Presets, cells and CRFsuite on test, against each other and what they have to reach. */
async function compare(corpora: readonly PreparedCorpus[], options: CommonOptions): Promise<void> {
  const wanted = choose(CONTESTANTS, given.contestants, 'contestant').map(({ name }) => name);
  const running = given.print ? [] : wanted;
  const contestants = CONTESTANTS.map((contestant) =>
    contestant.kind === 'own' ? { ...contestant, seeds: given.seeds ?? contestant.seeds } : contestant,
  );
  const runs: RunOptions['runs'] = ({ name }) => running.includes(name);
  const python = running.some((name) => name.startsWith('crfsuite')) ? await findCrfsuite() : undefined;
  const summaries = (await runAll(corpora, contestants, { ...options, runs, python })).map(summarise);
  const known = summaries.filter(({ runs, failures }) => runs > 0 || failures.length > 0);
  const verdicts = corpora.map((corpus) => judge(corpus, summaries));
  const quick = corpora.map(({ name }) => judgeFast(name, summaries));
  print([verdictGrid(verdicts), quickGrid(quick), contestantGrid(known)], { verdicts, quick, contestants: known });
  if (!verdicts.every(isGood) || quick.some(({ isReached }) => isReached === false)) process.exitCode = 1;
}

/** Variations of some settings, on dev. */
async function ablate(corpora: readonly PreparedCorpus[], options: CommonOptions): Promise<void> {
  const variations = choose(VARIATIONS, given.variations, 'variation');
  const seeds = given.seeds ?? [1, 2];
  const contestants = [UNCHANGED, ...variations].map((variation) => variedContestant(given, variation, seeds));
  const runs = (): boolean => !given.print;
  const summaries = (await runAll(corpora, contestants, { ...options, runs, python: undefined })).map(summarise);
  const names = corpora.map(({ name }) => name);
  print([ablationGrid(given, names, variations, summaries)], { variations: summaries });
}

/** Everybody on few labelled sentences. */
async function compareOnFewLabels(corpora: readonly PreparedCorpus[], options: CommonOptions): Promise<void> {
  const contestants = choose(FEW_LABELS_CONTESTANTS, given.contestants, 'contestant');
  const python = given.print ? undefined : await findCrfsuite();
  const all = await runAll(corpora, FEW_LABELS_CONTESTANTS, {
    ...options,
    python,
    runs: (contestant) => !given.print && contestants.includes(contestant),
  });
  const summaries = all.map(summarise);
  print([...fewLabelsGrids(summaries, given.sizes), contestantGrid(summaries.filter((summary) => summary.runs > 0))], {
    contestants: summaries,
  });
}

function print(grids: readonly Grid[], data: object): void {
  const render = given.to === 'markdown' ? renderMarkdown : renderText;
  process.stdout.write(given.to === 'json' ? `${JSON.stringify(data, null, 2)}\n` : grids.map(render).join('\n'));
}

/** The Python that has CRFsuite; where it cannot be installed, says so. */
async function findCrfsuite(): Promise<string | undefined> {
  const found = await prepareCrfsuite();
  if ('python' in found) return found.python;
  process.stderr.write(`without CRFsuite: ${found.skipped}\n`);
  return undefined;
}

async function prepareCorpora(folder: string): Promise<PreparedCorpus[]> {
  const prepared: PreparedCorpus[] = [];
  for (const corpus of choose(CORPORA, given.ablation ?? given.only, 'corpus')) {
    const splits = await corpus.prepare(folder);
    if (splits) prepared.push({ ...corpus, splits });
    else process.stderr.write(`${corpus.name} is not in ${CORPORA_FOLDER}: name the folder in BENCH_CORPORA\n`);
  }
  return prepared;
}

const folder = mkdtempSync(join(tmpdir(), 'bench-accuracy-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
process.once('SIGINT', () => process.exit(130));
const corpora = given.fewLabels
  ? await prepareFewLabels(choose(CORPORA, given.only, 'corpus'), folder, given.sizes, given.samples)
  : await prepareCorpora(folder);
const task = given.fewLabels ? compareOnFewLabels : given.ablation ? ablate : compare;
await task(corpora, {
  results: await ResultsFile.open(given.results, given.anyVersion === true),
  onlyDev: given.ablation !== undefined,
  ceiling: 60 * given.ceiling,
  retries: given.retry === true,
  say: (line) => process.stderr.write(`${line}\n`),
});
