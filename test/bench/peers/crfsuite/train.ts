import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { preparePython } from '../venv.js';

export const ALGORITHMS = ['averaged-perceptron', 'lbfgs'] as const;

export type Algorithm = (typeof ALGORITHMS)[number];

export interface Job {
  readonly train: readonly (readonly [tokens: readonly string[], tags: readonly string[]])[];
  /** The tokens of the sentences to tag with what was learnt. */
  readonly tag: readonly (readonly string[])[];
  /** The clusters of every token, which become features. */
  readonly clusters?: Readonly<Record<string, readonly number[]>>;
}

/** What `peer.py` answers. */
export interface Answer {
  /** Wall time of making the features of train and of training. */
  readonly seconds: number;
  /** The processor's share of it: what the seconds would be on a machine that does nothing else. */
  readonly cpuSeconds: number;
  readonly residentMegabytes: number;
  readonly tags: readonly (readonly string[])[];
}

/** The Python that has CRFsuite, installed first where needed, or why there is none. */
export function prepareCrfsuite(): Promise<{ readonly python: string } | { readonly skipped: string }> {
  return preparePython('crfsuite', new URL('requirements.txt', import.meta.url));
}

/**
 * Trains CRFsuite and tags with it, in a process of its own.
 *
 * @param ceiling seconds after which it is stopped
 * @throws where it fails or is stopped
 */
export function trainCrfsuite(python: string, algorithm: Algorithm, job: Job, ceiling: number): Promise<Answer> {
  const peer = fileURLToPath(new URL('peer.py', import.meta.url));
  return new Promise((resolve, reject) => {
    const limits = { timeout: 1000 * ceiling, maxBuffer: Number.POSITIVE_INFINITY };
    const child = execFile(python, ['-B', peer, algorithm], limits, (error, stdout, stderr) => {
      if (!error) resolve(JSON.parse(stdout) as Answer);
      else if (error.killed) reject(new Error(`stopped after ${ceiling} s`));
      else reject(new Error(stderr.trim().split('\n').at(-1) || `ended by ${error.signal ?? error.code}`));
    });
    child.stdin?.on('error', () => {});
    child.stdin?.end(JSON.stringify(job));
  });
}
