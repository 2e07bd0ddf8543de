import { showUnseen } from '../checks/unseen.js';
import type { Reload } from '../commands/serve/model-files.js';
import type { TrainingEvent } from '../commands/serve/training/trainer.js';
import { UserError } from '../errors.js';
import { nameOf } from '../node/files.js';
import type { Refusal } from '../server/refusals.js';
import { counted } from '../text/counts.js';
import { shortened } from '../text/quote.js';
import { say } from './streams.js';

/** Returns what is wrong, and what to try. */
function describe(error: Error): string {
  const message = asLine(error.message);
  if (!(error instanceof UserError)) return `internal error: ${message}`;
  return error.hint === undefined ? message : `${message}; ${error.hint}`;
}

/** Says what came of a model file that was read again. */
export function sayReload({ name, path, sha256, error }: Reload, quiet: boolean | undefined): void {
  if (error) say(`rnn: ${name}: the earlier model answers on: ${describe(error)}\n`);
  else say(`${name}: took over ${nameOf(path)}, SHA-256 ${sha256}\n`, quiet);
}

/** Says what becomes of a training. */
export function sayTraining(event: TrainingEvent, quiet: boolean | undefined): void {
  if (event.kind === 'failed')
    say(`rnn: the training failed, and the earlier model answers on: ${describe(event.error)}\n`);
  else if (event.kind === 'waiting') {
    const { count, unit, fewest, notices } = event;
    sayNotices(notices, quiet);
    const needed = `a model learns once ${counted(fewest, unit.noun)} are annotated`;
    say(`${counted(count, unit.noun)} of ${unit.of}: ${needed}\n`, quiet);
  } else if (event.kind === 'begun') {
    sayNotices(event.notices, quiet);
    say(`training on ${counted(event.count, event.unit.noun)} of ${event.unit.of}\n`, quiet);
  } else {
    sayNotices(event.notices, quiet);
    const score = event.f1 === undefined ? '' : `: F1 ${(100 * event.f1).toFixed(2)} on sentences that were held out`;
    say(`trained${score}\n`, quiet);
  }
}

/** Says what a person should know; a place in a list has a line of its own, which is indented. */
function sayNotices(notices: readonly string[], quiet: boolean | undefined): void {
  for (const notice of notices) say(`${notice.split(INDENTED).map(asLine).join(INDENTED)}\n`, quiet);
}

const INDENTED = '\n  ';

/** The largest number of characters that are told of what a request may have brought. */
const LONGEST = 300;

/**
 * Returns a text that repeats what a request brought as a line, with escapes in the place of what begins lines or moves the
 * cursor, and cut where it is long.
 */
function asLine(text: string): string {
  return showUnseen(shortened(text, LONGEST));
}

/** The number of different reasons that are told of a path in a minute. */
const MOST_REASONS = 10;

/**
 * Creates what says why annotation tools are refused, each reason once a minute, and at most ten of a path in that time.
 *
 * @param now returns the time in seconds
 */
export function createRefusalTeller(tell: (text: string) => void, now: () => number): (refusal: Refusal) => void {
  const minutes = new Map<string, { readonly begin: number; readonly reasons: Set<string> }>();
  return ({ tool, path, error }) => {
    const time = now();
    const last = minutes.get(path);
    const minute = last && time - last.begin < 60 ? last : { begin: time, reasons: new Set<string>() };
    minutes.set(path, minute);
    const reason = asLine(error);
    if (minute.reasons.has(reason) || minute.reasons.size >= MOST_REASONS) return;
    minute.reasons.add(reason);
    tell(`warning: ${tool}: ${path}: ${reason}\n`);
  };
}
