import { ExitCode, UserError } from '../errors.js';
import { STANDARD_STREAM } from '../node/files.js';
import { DEFAULT_MODEL } from '../node/model-file.js';
import { forgettingReport } from '../reports/forgetting.js';
import { grouped, scoreReport } from '../reports/text.js';
import type { TrainReport } from '../train.js';
import type { Interrupt } from './interrupt.js';
import { print, say } from './streams.js';

interface ReportOptions {
  readonly output: string;
  readonly json?: true;
  readonly quiet?: true;
}

export const NOTHING_SAVED = 'stopped before the first epoch ended: nothing was saved\n';

/** Prints scores, tells what was written, and sets the exit code. */
export async function showReport(report: TrainReport, options: ReportOptions, interrupt: Interrupt): Promise<void> {
  const { best, stopped } = report;
  const quiet = options.quiet === true;
  if (stopped === 'aborted') process.exitCode = interrupt.exitCode() ?? ExitCode.interrupted;
  if (best) {
    const tables = [
      scoreReport('dev', best.dev, best.scheme),
      best.test && scoreReport('test', best.test, best.scheme),
      best.forgetting && forgettingReport(best.forgetting, best.scheme),
    ];
    const text = tables.filter(Boolean).join('\n');
    if (options.output === STANDARD_STREAM) for (const piece of best.checkpoint) await print(piece);
    if (options.json) await print(`${JSON.stringify(summary(report, options.output))}\n`);
    else if (options.output === STANDARD_STREAM) say(text, quiet);
    else await print(text);
    const speed = `${grouped(Math.round(report.trainTokensPerSecond))} tokens/s`;
    if (best.dev.gold > 0 && best.dev.correct === 0) say('warning: it finds no name of dev: try more epochs\n', quiet);
    const effort = report.wasFinished ? '' : `; ${report.seconds.toFixed(1)} s, ${speed}`;
    say(`epoch ${best.epoch} of ${report.epochs} was best${effort}\n`, quiet);
    if (options.output !== STANDARD_STREAM && !report.wasFinished)
      say(`wrote ${options.output}: try ${tagCommand(options.output)}\n`, quiet);
  }
  if (stopped === 'diverged')
    throw new UserError(`the loss is no finite number in epoch ${report.epochs + 1}: training stopped`, {
      hint: `${best ? `epoch ${best.epoch} was saved; ` : ''}try a smaller --learning-rate or --clip`,
    });
  if (stopped === 'aborted') say(describeStop(report), quiet);
}

function describeStop({ best, isSaved }: TrainReport): string {
  if (!isSaved) return best ? 'stopped: the best epoch so far was saved\n' : NOTHING_SAVED;
  const what = best ? 'the best epoch so far was saved, and where training stands' : 'where training stands was saved';
  return `stopped: ${what}\ngo on with: ${resumingCommand(process.argv.slice(2))}\n`;
}

/** The command that goes on with what the one of these arguments began, for a shell. */
function resumingCommand(args: readonly string[]): string {
  const all = args.includes('--resume') ? args : [...args, '--resume'];
  return ['rnn', ...all.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`))].join(
    ' ',
  );
}

/** What `--json` prints. */
export function summary(report: TrainReport, model: string): object {
  const { best, epochs, seconds, trainTokensPerSecond, parameters } = report;
  const rates = (scores: { precision: number; recall: number; f1: number; accuracy: number }): object => ({
    precision: scores.precision,
    recall: scores.recall,
    f1: scores.f1,
    accuracy: scores.accuracy,
  });
  return {
    model,
    epochs,
    bestEpoch: best?.epoch,
    seconds,
    trainTokensPerSecond,
    parameters,
    dev: best && rates(best.dev),
    test: best?.test && rates(best.test),
    oldDev: best?.forgetting && { before: rates(best.forgetting.before), after: rates(best.forgetting.after) },
  };
}

/** The command that tags with a checkpoint. */
function tagCommand(model: string): string {
  return model === DEFAULT_MODEL ? 'rnn tag "..."' : `rnn tag -m ${model} "..."`;
}
