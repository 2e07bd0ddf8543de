import { badUsage } from '../errors.js';
import { exists, STANDARD_STREAM } from '../node/files.js';
import { placeOfSettingsSchema } from '../node/package-files.js';
import { writeWhole } from '../node/writing.js';
import { type SettingsFile, settingsTemplate } from '../settings/settings-file.js';

export interface InitOptions {
  /** Where the file goes; `-` leaves it to the caller. */
  readonly output: string;
  /** Settings that the file sets; all others are comments in it. */
  readonly given: SettingsFile;
  /** Whether a file that is there is replaced. */
  readonly force?: boolean | undefined;
}

/**
 * Writes a file of all settings.
 *
 * @returns its text
 * @throws UserError if there is a file already, exit code 2, or none can be written
 */
export async function initialiseSettings({ output, given, force }: InitOptions): Promise<string> {
  const text = settingsTemplate(given, placeOfSettingsSchema(output === STANDARD_STREAM ? undefined : output));
  if (output === STANDARD_STREAM) return text;
  if (!force && (await exists(output)))
    throw badUsage(`${output} is there already`, 'name another file with -o, or replace it with --force');
  await writeWhole(output, text);
  return text;
}
