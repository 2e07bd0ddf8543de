import type { BestModel, TrainReport } from '../commands/train/best.js';
import type { RunsReport } from '../commands/train/runs.js';
import { ExitCode, UserError } from '../errors.js';
import { epochScoresOf } from '../evaluation/score-tagger.js';
import type { Model } from '../model/model.js';
import { STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { type Runs, runsJson, runsReport, runsSection } from '../reports/runs-report.js';
import { forgettingReport, forgettingSection, scoreReport, scoreSection } from '../reports/score-table.js';
import { isTableFormat, TABLE_FORMATS, writeTables } from '../reports/tables.js';
import { counted, grouped } from '../text/counts.js';
import { measureOf } from '../text/measure.js';
import type { Interrupt } from './follow.js';
import { print, say } from './streams.js';

export const REPORT_FORMATS = ['text', 'json', ...TABLE_FORMATS] as const;

export interface ReportOptions {
  readonly output: string;
  readonly to: (typeof REPORT_FORMATS)[number];
  readonly quiet?: true;
}

type AnyReport = TrainReport | RunsReport;

export const NOTHING_SAVED = 'stopped before the first epoch ended: nothing was saved\n';

export const NOTHING_NEW_SAVED = 'stopped before training went on: what was saved before is unchanged\n';

/** Prints scores, tells what was written, and sets the exit code. */
export async function showReport(report: AnyReport, options: ReportOptions, interrupt: Interrupt): Promise<void> {
  const { best, stopped } = report;
  const runs = runsOf(report);
  const quiet = options.quiet === true;
  if (stopped === 'aborted') process.exitCode = interrupt.exitCode() ?? ExitCode.interrupted;
  if (best) {
    const text = scoresOf(report, best, options);
    if (options.output === STANDARD_STREAM) {
      for (const piece of best.checkpoint) await print(piece);
      say(text, quiet);
    } else await print(text);
    const speed = `${grouped(Math.round(report.trainTokensPerSecond))} tokens/s`;
    if (best.dev.gold > 0 && best.dev.correct === 0) say('warning: it finds no name of dev: try more epochs\n', quiet);
    const { folds } = best.model.settings;
    if (folds) say(foldsNotice(best.model, folds), quiet);
    const effort = report.wasFinished ? '' : `; ${report.seconds.toFixed(1)} s, ${speed}`;
    const which = runs ? `seed ${runs.kept.seed} was best, its ` : '';
    say(`${which}${bestEpochs(best.model, report.epochs)}${effort}\n`, quiet);
    if (options.output !== STANDARD_STREAM && !report.wasFinished)
      say(`wrote ${options.output}: try ${tagCommand(options.output)}\n`, quiet);
  }
  if (stopped === 'diverged') {
    const { stoppedNetwork: network } = report;
    const alone = network ? `${network.epochs + 1} of network ${network.number}` : report.epochs + 1;
    const where = 'last' in report ? `${report.last.epochs + 1} of seed ${report.last.seed}` : alone;
    const saved = runs ? savedRun(runs) : best && `epoch ${best.epoch} was saved`;
    throw new UserError(`the loss is no finite number in epoch ${where}: training stopped`, {
      hint: `${saved ? `${saved}; ` : ''}try a smaller --learning-rate or --clip`,
    });
  }
  if (stopped === 'aborted') say(describeStop(report), quiet);
}

/** Tells what dev means where networks were trained on folds, of which all or some were. */
function foldsNotice({ others = [], history }: Model, folds: number): string {
  const histories = [history, ...others.map((other) => other.history)];
  const networks = histories.length;
  const whole = histories.flatMap(({ wholeEpochs = [] }) => wholeEpochs);
  const some = whole.length < networks ? `${whole.length} of them were` : 'they were';
  const later = whole.length === 0 ? '' : `, before ${some} trained on all sentences`;
  if (networks < folds)
    return `${networks} of ${folds} networks ${networks === 1 ? 'was' : 'were'} trained: dev is what ${networks === 1 ? 'it' : 'they'} held out${later}\n`;
  const scored = `dev: each sentence was scored by the network that held it out${later}`;
  return `${scored}; together the ${folds} usually score better\n`;
}

/** Returns the scores of the model that was kept, and of the runs, in the format that was asked for. */
function scoresOf(report: AnyReport, best: BestModel, { output, to }: ReportOptions): string {
  if (to === 'json') return `${JSON.stringify(summary(report, output))}\n`;
  const { dev, test, forgetting, scheme } = best;
  const runs = runsOf(report);
  const measure = measureOf(scheme);
  if (isTableFormat(to)) {
    const sections = [
      scoreSection('dev', dev, scheme),
      test && scoreSection('test', test, scheme),
      forgetting && forgettingSection(forgetting, scheme),
      runs && runsSection(runs, measure),
    ];
    return writeTables(
      `Training of ${output}`,
      sections.filter((section) => section !== undefined),
      to,
    );
  }
  const tables = [
    scoreReport('dev', dev, scheme),
    test && scoreReport('test', test, scheme),
    forgetting && forgettingReport(forgetting, scheme),
    runs && runsReport(runs, measure),
  ];
  return tables.filter(Boolean).join('\n');
}

/** @param epochs number of epochs of the first network that came to their end */
function bestEpochs({ history, others = [], settings }: Model, epochs: number): string {
  if (others.length === 0) return `epoch ${history.bestEpoch} of ${epochs} was best`;
  const best = [history, ...others.map((other) => other.history)].map(({ bestEpoch }) => bestEpoch);
  return `${best.length} networks’ best epochs: ${best.join(', ')} of ${settings.epochs}`;
}

/** Returns the results of several runs; undefined if there was to be only one, or no epoch of any came to its end. */
export function runsOf(report: AnyReport): Runs | undefined {
  if (!('runs' in report) || !report.kept) return undefined;
  const { runs, count, kept } = report;
  return { runs, count, kept };
}

function savedRun({ runs, count }: Runs): string {
  return `the best of ${grouped(runs.length)} of ${counted(count, 'run')} was saved`;
}

function describeStop(report: AnyReport): string {
  const { best, isSaved } = report;
  const runs = runsOf(report);
  const saved = runs ? savedRun(runs) : best && 'the best epoch so far was saved';
  if (!isSaved) return saved ? `stopped: ${saved}\n` : NOTHING_SAVED;
  const what = saved ? `${saved}, and where training stands` : 'where training stands was saved';
  return `stopped: ${what}\ngo on with: ${resumingCommand(process.argv.slice(2))}\n`;
}

/** Returns the shell command that resumes the training which the command with these arguments began. */
function resumingCommand(args: readonly string[]): string {
  const all = args.includes('--resume') ? args : [...args, '--resume'];
  return ['rnn', ...all.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`))].join(
    ' ',
  );
}

/** Makes the object that `--json` prints. */
export function summary(report: AnyReport, model: string): object {
  const { best, epochs, seconds, trainTokensPerSecond, parameters } = report;
  const runs = runsOf(report);
  return {
    model,
    epochs,
    bestEpoch: best?.epoch,
    seconds,
    trainTokensPerSecond,
    parameters,
    folds: best?.model.settings.folds,
    wholeEpochs: best?.model.history.wholeEpochs,
    dev: best && epochScoresOf(best.dev),
    test: best?.test && epochScoresOf(best.test),
    intervals: best && { dev: best.dev.interval, test: best.test?.interval },
    oldDev: best?.forgetting && {
      before: epochScoresOf(best.forgetting.before),
      after: epochScoresOf(best.forgetting.after),
      mayBeTrainedOn: best.forgetting.mayBeTrainedOn,
    },
    ...(runs && runsJson(runs)),
  };
}

/** Returns the command that tags with a checkpoint. */
function tagCommand(model: string): string {
  return model === DEFAULT_MODEL ? 'rnn tag "..."' : `rnn tag -m ${model} "..."`;
}
