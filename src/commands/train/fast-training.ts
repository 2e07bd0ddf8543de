import { UserError } from '../../errors.js';
import { STANDARD_STREAM } from '../../node/files.js';
import type { SettingsInput } from '../../settings/settings.js';
import { Work } from '../story.js';
import type { BestModel } from './best.js';
import type { TrainingFiles } from './data.js';
import { train } from './train.js';

export interface FastTrainingOptions {
  readonly files: TrainingFiles;
  /** A checkpoint to go on with. */
  readonly initFrom: string | undefined;
  readonly settings: SettingsInput;
  readonly workers: number;
  /** Is told what a person should know. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/**
 * Trains with `--preset fast`, for people who wait while they annotate, and writes nothing.
 *
 * @throws {UserError} if corpora, settings or files are not as they should be
 */
export async function trainFast({ onNotice, ...options }: FastTrainingOptions): Promise<BestModel> {
  const training = new Work(
    train({
      ...options,
      ...{ preset: 'fast', output: STANDARD_STREAM },
      clock: () => performance.now() / 1000,
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    }),
  );
  for await (const event of training) if (event.kind === 'notice') onNotice?.(event.text);
  const { best } = await training.result();
  if (!best) throw new UserError('no epoch came to its end');
  return best;
}
