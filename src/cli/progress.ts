import cliProgress from 'cli-progress';
import type { Notice } from '../commands/story.js';
import type { TrainEvent, WholeEpoch } from '../commands/train/events.js';
import { MEASURE_NAMES } from '../reports/history-text.js';
import { bytesText, percent } from '../reports/numbers.js';
import { grouped } from '../text/counts.js';
import type { EpochProgress, StepProgress } from '../training/loop.js';
import { Pace } from './pace.js';

export interface ProgressDisplay {
  show(event: Exclude<TrainEvent, Notice>): void;
  /** Ends the bar, and gives the cursor back. */
  end(): void;
}

/** Shows a bar on a terminal and a line for each epoch elsewhere; shows nothing if told to be quiet. */
export function createProgressDisplay(stream: NodeJS.WriteStream, quiet: boolean): ProgressDisplay {
  if (quiet) return { show() {}, end() {} };
  const pace = new Pace();
  const display = stream.isTTY ? createBar(stream, pace) : createLines(stream, pace);
  return {
    show(event) {
      if (event.kind === 'stage') {
        display.end();
        pace.enter(event);
        stream.write(`${event.text}\n`);
      } else {
        if (event.kind !== 'whole-epoch') pace.count(event);
        display.show(event);
      }
    },
    end: display.end,
  };
}

interface Drawing {
  show(event: StepProgress | EpochProgress | WholeEpoch): void;
  end(): void;
}

function createLines(stream: NodeJS.WriteStream, pace: Pace): Drawing {
  let epochs = 0;
  return {
    show(event) {
      if (event.kind === 'step') epochs = event.epochs;
      else {
        const text = event.kind === 'epoch' ? describeEpoch(event, epochs) : describeWholeEpoch(event);
        stream.write(`${text}${speedText(pace)}\n`);
      }
    },
    end() {},
  };
}

/** Returns the speed after a comma; nothing if there was no step, as after a stop between the last step and the scoring of dev. */
function speedText({ tokensPerSecond }: Pace): string {
  return tokensPerSecond > 0 ? `, ${grouped(Math.round(tokensPerSecond))} tokens/s` : '';
}

function describeEpoch({ record, measure, isBest }: EpochProgress, epochs: number): string {
  const score = `dev ${MEASURE_NAMES[measure]} ${percent(record.dev[measure])}${isBest ? ' (best so far)' : ''}`;
  return `epoch ${record.epoch}/${epochs}: loss ${record.loss.toFixed(3)}, ${score}`;
}

function describeWholeEpoch({ epoch, epochs, loss }: WholeEpoch): string {
  return `epoch ${epoch}/${epochs}, over all sentences: loss ${loss.toFixed(3)}`;
}

/** Fewest columns of the bar beside which memory is shown. */
const NARROW = 11;

function createBar(stream: NodeJS.WriteStream, pace: Pace): Drawing {
  let latest: StepProgress | undefined;
  let score = '';
  const bar = new cliProgress.SingleBar({
    stream,
    hideCursor: true,
    gracefulExit: false,
    linewrap: null,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    format: (options, { progress }) => {
      if (!latest) return '';
      const width = (stream.columns || 80) - 1;
      const before = `epoch ${latest.epoch}/${latest.epochs}`;
      const speed = `${thousands(pace.tokensPerSecond)} tok/s`;
      const loss = `loss ${latest.loss.toFixed(2)}`;
      const figures = fitting([loss, score, pace.timeLeft, speed], width - before.length);
      const memory = fitting([bytesText(process.memoryUsage.rss())], width - before.length - figures.length - NARROW);
      const after = `${figures}${memory}`;
      const room = width - before.length - after.length - 1;
      if (room < 3) return `${before}${after}`.slice(0, width);
      return `${before} ${cliProgress.Format.BarFormat(progress, { ...options, barsize: Math.min(room, 30) })}${after}`;
    },
  });
  return {
    show(event) {
      if (event.kind === 'epoch')
        score = `dev ${MEASURE_NAMES[event.measure]} ${percent(event.record.dev[event.measure])}`;
      else if (event.kind === 'step') {
        if (!latest) bar.start(pace.total, 0);
        latest = event;
      }
      bar.update(pace.done);
    },
    end() {
      if (latest) bar.stop();
      latest = undefined;
      score = '';
    },
  };
}

/** Joins as many figures as fit into a width, each after a space. */
function fitting(figures: readonly string[], width: number): string {
  let text = '';
  for (const figure of figures) {
    if (figure === '') continue;
    if (text.length + 1 + figure.length > width) break;
    text += ` ${figure}`;
  }
  return text;
}

/** Writes 12345 as `12.3k`. */
function thousands(count: number): string {
  return count < 1000 ? String(Math.round(count)) : `${(count / 1000).toFixed(1)}k`;
}
