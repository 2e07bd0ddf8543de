import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Sentence } from '../../src/text/sentence.js';
import { ROOT } from './built.js';
import { findCorpus } from './corpora.js';

export const BINARY = join(ROOT, 'bin/rnn.js');

/** A model on the corpus of the bench; how long it was trained makes no difference to its speed. */
export interface TaggingModel {
  readonly path: string;
  /** For other files. */
  readonly folder: string;
  remove(): void;
}

/** @param preset the default preset if it is undefined */
export async function trainTaggingModel(preset?: string): Promise<TaggingModel> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'model.json');
  const corpus = findCorpus('uner-pt-bosque/train.conll');
  await promisify(execFile)(process.execPath, [
    BINARY,
    'train',
    ...(corpus !== undefined && existsSync(corpus) ? [corpus] : []),
    ...(preset === undefined ? [] : ['--preset', preset]),
    ...['--epochs', '2', '--quiet', '-o', path],
  ]);
  return { path, folder, remove: () => rmSync(folder, { recursive: true }) };
}

/** Sentences as raw text, a line each: punctuation stands at its word. */
export function linesOf(sentences: readonly Sentence[]): string {
  return sentences.map(({ tokens }) => `${tokens.join(' ').replace(/ ([.,;:!?)»])/g, '$1')}\n`).join('');
}

/**
 * Raw text without end, in pieces of about equal length: the sentences again and again, each time with other rare words,
 * as in a large text new ones always come.
 */
export function* endlessLines(sentences: readonly Sentence[]): Generator<string, never, undefined> {
  const text = linesOf(sentences);
  for (let round = 1; ; round++) {
    let word = 0;
    const ending = [...`${round}`].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    yield text.replace(/\p{L}{6,}/gu, (found) => (++word % 20 === 0 ? found + ending : found));
  }
}
