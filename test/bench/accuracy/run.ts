import { runTrainCommand } from '../command.js';
import type { Contestant, CrfsuiteContestant, OwnContestant } from './contestants.js';
import type { AccuracyCorpus, Split } from './corpora.js';
import { runCrfsuite } from './crfsuite.js';
import type { Measurement, Result, ResultsFile, RunKey } from './results.js';
import { currentCommit, versionOf } from './version.js';

/** A corpus that is on this machine, cut into its splits. */
export interface PreparedCorpus extends AccuracyCorpus {
  readonly splits: readonly Split[];
}

export interface RunOptions {
  readonly results: ResultsFile;
  /** The Python that has CRFsuite, if any: without it CRFsuite is not run. */
  readonly python: string | undefined;
  /** Only dev is scored, so that test decides nothing. */
  readonly onlyDev: boolean;
  /** Seconds for a run. */
  readonly ceiling: number;
  /** Whose missing runs are made; of others what is there is taken. */
  readonly runs: (contestant: Contestant) => boolean;
  /** What failed before is tried again. */
  readonly retries: boolean;
  readonly say: (line: string) => void;
}

/** One contestant's results on one corpus, seed by seed and in it split by split; undefined where not run. */
export interface Entry {
  readonly corpus: PreparedCorpus;
  readonly contestant: Contestant;
  readonly results: readonly (Result | undefined)[];
}

/** Every contestant's results on every corpus; what the results file does not have is run. */
export async function runAll(
  corpora: readonly PreparedCorpus[],
  contestants: readonly Contestant[],
  options: RunOptions,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const corpus of corpora)
    for (const contestant of contestants) entries.push(await runEntry(corpus, contestant, options));
  return entries;
}

async function runEntry(corpus: PreparedCorpus, contestant: Contestant, options: RunOptions): Promise<Entry> {
  const { results, say } = options;
  const found: (Result | undefined)[] = [];
  for (const seed of contestant.seeds)
    for (const split of corpus.splits) {
      const key: RunKey = {
        corpus: corpus.name,
        split: split.name,
        contestant: contestant.name,
        seed,
        version: versionOf(contestant, split),
      };
      const known = results.find(key);
      const isKnown = known !== undefined && !(options.retries && 'failed' in known);
      const canRun = contestant.kind === 'own' || options.python !== undefined;
      if (!isKnown && canRun && options.runs(contestant)) {
        const result = {
          ...key,
          commit: currentCommit(),
          ...(await attempt(corpus, contestant, seed, split, options)),
        };
        say(describe(result));
        await results.add(result);
      }
      found.push(results.find(key));
    }
  return { corpus, contestant, results: found };
}

async function attempt(
  corpus: PreparedCorpus,
  contestant: Contestant,
  seed: number,
  split: Split,
  options: RunOptions,
): Promise<{ measured: Measurement } | { failed: string }> {
  try {
    const measured =
      contestant.kind === 'own'
        ? await measureOwn(corpus, contestant, seed, split, options)
        : await measureCrfsuite(corpus, contestant, split, options);
    return { measured };
  } catch (error) {
    return { failed: (error as Error).message };
  }
}

async function measureOwn(
  { measure }: AccuracyCorpus,
  { flags, readsRaw }: OwnContestant,
  seed: number,
  { train, dev, test, raw }: Split,
  { onlyDev, ceiling }: RunOptions,
): Promise<Measurement> {
  const option = (name: string, file: string | undefined): string[] => (file === undefined ? [] : [name, file]);
  const files = [
    ...option('--dev', dev),
    ...option('--test', onlyDev ? undefined : test),
    ...option('--raw', readsRaw && raw),
  ];
  const run = await runTrainCommand(train, [...files, ...flags, '--seed', `${seed}`], ceiling);
  return {
    dev: 100 * run.dev[measure],
    test: run.test && 100 * run.test[measure],
    seconds: run.seconds,
    cpuSeconds: run.cpuSeconds,
    residentMegabytes: run.residentMegabytes,
    tokensPerSecond: run.trainTokensPerSecond,
    epochs: run.epochs,
    bestEpoch: run.bestEpoch,
  };
}

async function measureCrfsuite(
  { measure }: AccuracyCorpus,
  contestant: CrfsuiteContestant,
  split: Split,
  { python, ceiling }: RunOptions,
): Promise<Measurement> {
  if (python === undefined) throw new Error('no Python has CRFsuite');
  const { dev, test, ...usage } = await runCrfsuite(python, contestant, split, ceiling);
  return { dev: dev && 100 * dev[measure], test: 100 * test[measure], ...usage };
}

function describe(result: Result): string {
  const { corpus, split, contestant, seed } = result;
  const what = [corpus, split, contestant, `seed ${seed}`].filter(Boolean).join(', ');
  if ('failed' in result) return `${what}: ${result.failed}`;
  const { dev, test, seconds } = result.measured;
  const scores = [
    dev !== undefined && `dev ${dev.toFixed(2)}`,
    test !== undefined && `test ${test.toFixed(2)}`,
    `${seconds.toFixed(1)} s`,
  ];
  return `${what}: ${scores.filter(Boolean).join(', ')}`;
}
