import { type Command, InvalidArgumentError } from 'commander';
import type { LabelStudioAccess } from '../commands/serve/label-studio/project.js';
import type { TrainingEvent } from '../commands/serve/label-studio/trainer.js';
import type { TrainingOptions } from '../commands/serve/serve.js';
import { badInput, badUsage, UserError } from '../errors.js';
import { readBytes, STANDARD_STREAM } from '../node/files.js';
import { counted } from '../text/counts.js';
import { say } from './streams.js';

/** The flags that say whether Label Studio may train, and where it is. */
export interface LabelStudioFlags {
  readonly trainTo?: string;
  readonly labelStudio?: string;
  readonly labelStudioToken?: string;
}

/** The variable of the environment that holds the token; Label Studio's own tools read it, too. */
const TOKEN = 'LABEL_STUDIO_API_KEY';

export function addLabelStudioOptions(command: Command): Command {
  return command
    .option(
      '--train-to <file>',
      'let Label Studio train: trainings go on with the first model, and the checkpoint is written here and answers',
    )
    .option(
      '--label-studio <url>',
      `where annotations are asked for if a request to train brings none; needs a token, in ${TOKEN} or a file`,
      readUrl,
    )
    .option('--label-studio-token <file>', 'file with the token for --label-studio');
}

/**
 * Returns what a server does where Label Studio asks for a training; undefined if it refuses.
 *
 * @param inputs the checkpoint to go on with, and the dictionaries
 * @throws {UserError} if flags are missing, exit code 2; if there is no token, exit code 3
 */
export async function trainingOf(
  { trainTo, labelStudio, labelStudioToken }: LabelStudioFlags,
  inputs: readonly string[],
  quiet: boolean | undefined,
): Promise<TrainingOptions | undefined> {
  if (labelStudio !== undefined && trainTo === undefined)
    throw badUsage('--label-studio is about trainings, which go nowhere', 'name a file for them with --train-to');
  if (labelStudioToken !== undefined && labelStudio === undefined)
    throw badUsage('--label-studio-token is for --label-studio, which is not given', 'add --label-studio URL');
  if (trainTo === undefined) return undefined;
  if ([trainTo, ...inputs].includes(STANDARD_STREAM))
    throw badUsage(
      '--train-to needs files: with each training, the model and its dictionaries are read again',
      'name files in the place of -',
    );
  const access = labelStudio === undefined ? undefined : { url: labelStudio, token: await readToken(labelStudioToken) };
  return { output: trainTo, access, onTraining: (event) => sayTraining(event, quiet) };
}

async function readToken(file: string | undefined): Promise<LabelStudioAccess['token']> {
  const text = file === undefined ? process.env[TOKEN]?.trim() : (await readBytes(file)).toString().trim();
  if (file === undefined && !text)
    throw badUsage('--label-studio needs a token', `set ${TOKEN}, or name a file with --label-studio-token`);
  // What an HTTP header cannot hold is no token, and the error of the header would show it.
  if (text && /^[\x21-\x7e]+$/.test(text)) return text;
  throw badInput(`${file ?? TOKEN}: expected one token and nothing else`);
}

/** Reads the URL of a server; one with a password would show it to all who list processes. */
function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username || url?.password)
    throw badUsage('--label-studio: expected a URL without a password', `a token belongs in ${TOKEN} or a file`);
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url.href;
  throw new InvalidArgumentError('Expected a URL, as in http://localhost:8080.');
}

function sayTraining(event: TrainingEvent, quiet: boolean | undefined): void {
  if (event.kind === 'failed') {
    const { error } = event;
    const what = error instanceof UserError ? error.message : `internal error: ${error.message}`;
    const hint = error instanceof UserError && error.hint ? `; ${error.hint}` : '';
    say(`warning: the training failed, and the earlier model answers on: ${what}${hint}\n`);
  } else if (event.kind === 'waiting') {
    const { tasks, fewest, notices } = event;
    for (const notice of notices) say(`${notice}\n`, quiet);
    say(`${counted(tasks, 'task')} of Label Studio: a model learns once ${fewest} tasks are annotated\n`, quiet);
  } else if (event.kind === 'begun') say(`training on ${counted(event.tasks, 'task')} of Label Studio\n`, quiet);
  else {
    for (const notice of event.notices) say(`${notice}\n`, quiet);
    const score = event.f1 === undefined ? '' : `: F1 ${(100 * event.f1).toFixed(2)} on sentences that were held out`;
    say(`trained${score}\n`, quiet);
  }
}

/** The number of different reasons that are told of a path in a minute. */
const MOST_REASONS = 10;

/**
 * Creates what says why Label Studio is refused, each reason once a minute, and at most ten of a path in that time.
 *
 * @param now returns the time in seconds
 */
export function createRefusalTeller(
  tell: (text: string) => void,
  now: () => number,
): (path: string, error: string) => void {
  const minutes = new Map<string, { readonly begin: number; readonly reasons: Set<string> }>();
  return (path, error) => {
    const time = now();
    const last = minutes.get(path);
    const minute = last && time - last.begin < 60 ? last : { begin: time, reasons: new Set<string>() };
    minutes.set(path, minute);
    if (minute.reasons.has(error) || minute.reasons.size >= MOST_REASONS) return;
    minute.reasons.add(error);
    tell(`warning: Label Studio: ${path}: ${error}\n`);
  };
}
