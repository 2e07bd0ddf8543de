import { createHash } from 'node:crypto';

/**
 * Trainings on the starter corpus, and the SHA-256 of the checkpoints that they write on every machine, engine and number
 * of threads. These may change only where training or the checkpoint is meant to change, and then the changelog says so.
 */
export const GOLDEN = [
  {
    network: 'the default network, smaller',
    args: ['--hidden', '8', '--form-width', '8', '--affix-width', '4', '--average', '0.9', '--epochs', '1'],
    sha256: '213d39bfcc854b278899d5f483073825d0f4d53db217f7686e0a71f288e0ed39',
  },
  {
    network: 'the textbook network, smaller',
    args: ['--preset', 'textbook', '--hidden', '16', '--epochs', '2'],
    sha256: '710f4edfc4c37929b67e0b1e517dbc8f4ad373b8922972af88bffe4364373122',
  },
] as const;

/** SHA-256 in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
