import { type Command, InvalidArgumentError } from 'commander';
import type { LabelStudioAccess } from '../commands/serve/label-studio/project.js';
import type { TrainingOptions } from '../commands/serve/serve.js';
import { badInput, badUsage } from '../errors.js';
import { readBytes, STANDARD_STREAM } from '../node/files.js';
import { checkReplaceable } from '../node/writing.js';
import { sayTraining } from './serve-messages.js';

/** The flags that say whether annotation tools may train, and where Label Studio is. */
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
      'let annotation tools train: trainings go on with the first model, and the checkpoint is written here and answers',
    )
    .option(
      '--label-studio <url>',
      `where annotations are asked for if a request to train brings none; needs a token, in ${TOKEN} or a file`,
      readUrl,
    )
    .option('--label-studio-token <file>', 'file with the token for --label-studio');
}

/**
 * Returns what a server does where an annotation tool asks for a training; undefined if it refuses.
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
  await checkReplaceable(trainTo, '--train-to');
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
