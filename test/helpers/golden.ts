import { createHash } from 'node:crypto';

/**
 * Trainings on the starter corpus, and the SHA-256 of the checkpoints that they write on every machine, engine and number
 * of threads. These may change only where training or the checkpoint is meant to change, and then the changelog says so.
 */
export const GOLDEN = [
  {
    network: 'the default network, smaller',
    args: ['--hidden', '8', '--form-width', '8', '--affix-width', '4', '--average', '0.9', '--epochs', '1'],
    sha256: '174b3757f8e891ce3ef21ba7f26113a5382dc9fd3ad12b825bf8907b29927b8a',
  },
  {
    network: 'the textbook network, smaller',
    args: ['--preset', 'textbook', '--hidden', '16', '--epochs', '2'],
    sha256: '7c77dd30c9a6d6a9c0bb1507e3af79bb7be92b1640b817e42436db7bdbf84af7',
  },
] as const;

/** SHA-256 in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
