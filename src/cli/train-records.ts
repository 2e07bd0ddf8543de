import type { Command } from 'commander';
import type { TrainReport } from '../commands/train/best.js';
import type { TrainEvent } from '../commands/train/events.js';
import type { RunsReport } from '../commands/train/runs.js';
import { badUsage } from '../errors.js';
import { isSamePlace, STANDARD_STREAM } from '../node/files.js';
import { statePlaces } from '../node/state-file.js';
import { writeWhole } from '../node/writing.js';
import { historyText } from '../reports/history-text.js';
import { type EpochFigures, trainingHtml } from '../reports/training-html.js';
import { measureOf } from '../text/measure.js';
import { checkFileArguments } from './common-options.js';
import { EpochLog } from './epoch-log.js';
import { columnsOf, say } from './streams.js';
import { runsOf } from './train-report.js';

export interface RecordOptions {
  readonly log?: string;
  readonly report?: string;
  readonly output: string;
  /** Whether the log is continued, not begun anew. */
  readonly resume?: true;
  readonly quiet?: true;
}

export function addRecordOptions(command: Command): Command {
  return command
    .option('--log <file>', 'write JSON lines: a record an epoch, network by network, and a summary')
    .option('--report <file>', 'write an HTML page: curves, scores, confusion, worst sentences, settings, times');
}

/**
 * Opens what is written of a training beside its checkpoint: a log, a report, and a curve for the terminal.
 *
 * @param inputs files that are read
 * @throws UserError if a file cannot be written, or is another file of the command as well
 */
export async function openRecords(
  options: RecordOptions,
  inputs: readonly (string | undefined)[],
): Promise<TrainRecords> {
  const { log, report, output, resume } = options;
  for (const [name, path] of [
    ['--log', log],
    ['--report', report],
  ] as const) {
    if (path === undefined) continue;
    if (path === STANDARD_STREAM) throw badUsage(`${name} - would stand among the scores on stdout`, 'name a file');
    for (const other of [output, ...(name === '--report' && log !== undefined ? [log] : [])])
      if (await isSamePlace(path, other))
        throw badUsage(`${path} is to be written twice`, `name another file with ${name}`);
    for (const place of await statePlaces(output))
      if (await isSamePlace(path, place))
        throw badUsage(`${path} is where the training saves its state`, `name another file with ${name}`);
    await checkFileArguments(inputs, path, name);
  }
  return new TrainRecords(options, log === undefined ? undefined : await EpochLog.open(log, resume === true));
}

class TrainRecords {
  readonly #options: RecordOptions;
  readonly #log: EpochLog | undefined;
  readonly #epochs: EpochFigures[] = [];
  #tokens = 0;
  #trainSeconds = 0;
  #stage: Pick<EpochFigures, 'run' | 'seed' | 'network'> = { network: 1 };

  constructor(options: RecordOptions, log: EpochLog | undefined) {
    this.#options = options;
    this.#log = log;
  }

  async show(event: TrainEvent): Promise<void> {
    if (event.kind === 'stage') {
      const { run, seed, network } = event;
      this.#stage = run === undefined ? { network } : { run, seed, network };
    } else if (event.kind === 'step') {
      this.#tokens += event.tokens;
      this.#trainSeconds += event.seconds;
    } else if (event.kind === 'epoch') {
      const figures: EpochFigures = {
        ...this.#stage,
        ...event.record,
        isBest: event.isBest,
        seconds: this.#trainSeconds + event.seconds,
        tokensPerSecond: this.#speed,
        memory: process.memoryUsage.rss(),
      };
      this.#beginEpoch();
      this.#epochs.push(figures);
      await this.#log?.writeEpoch(figures);
    } else if (event.kind === 'whole-epoch') {
      const { epoch, loss } = event;
      const figures = { ...this.#stage, epoch, loss, seconds: this.#trainSeconds, tokensPerSecond: this.#speed };
      this.#beginEpoch();
      await this.#log?.writeWholeEpoch(figures);
    }
  }

  get #speed(): number {
    return this.#trainSeconds > 0 ? this.#tokens / this.#trainSeconds : 0;
  }

  #beginEpoch(): void {
    this.#tokens = 0;
    this.#trainSeconds = 0;
  }

  /** @param summary the object that `--json` prints */
  async finish(report: TrainReport | RunsReport, summary: object): Promise<void> {
    await this.#log?.end(summary);
    const { quiet, report: path, output } = this.#options;
    const { best } = report;
    if (!best) return;
    if (process.stderr.isTTY) {
      const measure = measureOf(best.scheme);
      say(historyText(best.model.history, measure, columnsOf(process.stderr)), quiet);
    }
    if (path === undefined) return;
    const html = trainingHtml({
      title: `Training of ${output === STANDARD_STREAM ? 'a model' : output}`,
      ...{ model: best.model, epochs: this.#epochs, ...best.evaluate(), forgetting: best.forgetting },
      runs: runsOf(report),
      ...{ seconds: report.seconds, tokensPerSecond: report.trainTokensPerSecond, parameters: report.parameters },
    });
    await writeWhole(path, html, '--report');
    say(`wrote ${path}\n`, quiet);
  }
}
