import { createHash } from 'node:crypto';

/**
 * Trainings on the starter corpus, and the SHA-256 of the checkpoints that they write on every machine, engine and number
 * of threads. These may change only where training or the checkpoint is meant to change, and then the changelog says so.
 */
export const GOLDEN = [
  {
    network: 'the default network, smaller',
    args: ['--hidden', '8', '--form-width', '8', '--affix-width', '4', '--average', '0.9', '--epochs', '1'],
    sha256: 'fc154b1619c86b6fc2df2ab0d8539e51281800758b0adc0a00b7c626114c206a',
  },
  {
    network: 'the textbook network, smaller',
    args: ['--preset', 'textbook', '--hidden', '16', '--epochs', '2'],
    sha256: '28547b5b1c30c361cf5723c12ce3d236dc3f93076cf863ad245323527a603e56',
  },
] as const;

/** SHA-256 in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
