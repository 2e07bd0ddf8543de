import { createHash } from 'node:crypto';

/**
 * Trainings on the starter corpus, and the SHA-256 of the checkpoints that they write on every machine, engine and number
 * of threads. These may change only where training or the checkpoint is meant to change, and then the changelog says so.
 */
export const GOLDEN = [
  {
    network: 'the default network, smaller',
    args: ['--hidden', '8', '--form-width', '8', '--affix-width', '4', '--average', '0.9', '--epochs', '1'],
    sha256: 'c6ca6d0eb9a3ce291f46613ead888f3d8992f114206351de0a2adac6924b26fa',
  },
  {
    network: 'the textbook network, smaller',
    args: ['--preset', 'textbook', '--hidden', '16', '--epochs', '2'],
    sha256: '013158a58879b613bca6c130fa46f52971741fe6c5c60ee7ec26b97a07c95ac9',
  },
] as const;

/** SHA-256 in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
