import { createHash } from 'node:crypto';

/**
 * Trainings on the starter corpus, and the SHA-256 of the checkpoints that they write on every machine, engine and number
 * of threads. These may change only where training or the checkpoint is meant to change, and then the changelog says so.
 */
export const GOLDEN = [
  {
    network: 'the default network, smaller',
    args: ['--hidden', '8', '--form-width', '8', '--affix-width', '4', '--average', '0.9', '--epochs', '1'],
    sha256: 'db5dcadb3ee340744a5e1eb6798f0e3339701873b601c26c5400d5d6a92b3e35',
  },
  {
    network: 'the textbook network, smaller',
    args: ['--preset', 'textbook', '--hidden', '16', '--epochs', '2'],
    sha256: '8506a918b5c4bd62c734a368b6c07415200702aea3edcc11abb6f7a791f85a5b',
  },
] as const;

/** SHA-256 in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
