import { badInput } from '../errors.js';
import type { PairedSentence } from '../text/sentence.js';

/** A file's name for messages and its sentences, each on consecutive lines. */
export interface AlignedFile {
  readonly source: string;
  readonly sentences: readonly Pick<PairedSentence, 'tokens' | 'gold' | 'line'>[];
}

/**
 * Checks that two files hold the same sentences, tokens and gold tags.
 *
 * @throws {UserError} if they differ, with the line numbers of the first difference in both files; exit code 3
 */
export function checkAligned(file: AlignedFile, other: AlignedFile): void {
  const count = Math.max(file.sentences.length, other.sentences.length);
  for (let index = 0; index < count; index++) {
    const sentence = file.sentences[index];
    const second = other.sentences[index];
    if (!sentence) failAtEnd(file, other, index);
    if (!second) failAtEnd(other, file, index);
    const length = Math.max(sentence.tokens.length, second.tokens.length);
    for (let t = 0; t < length; t++) {
      const [here, there] = [`${file.source}:${sentence.line + t}`, `${other.source}:${second.line + t}`];
      const [token, otherToken] = [sentence.tokens[t], second.tokens[t]];
      if (token !== otherToken) fail(`${here}: ${describe(token)}, but ${there}: ${describe(otherToken)}`);
      if (sentence.gold[t] !== second.gold[t])
        fail(`${here}: gold tag ${sentence.gold[t]}, but ${there}: ${second.gold[t]}, for ${JSON.stringify(token)}`);
    }
  }
}

function describe(token: string | undefined): string {
  return token === undefined ? 'the sentence ends' : `token ${JSON.stringify(token)}`;
}

function failAtEnd(short: AlignedFile, long: AlignedFile, index: number): never {
  const last = short.sentences[index - 1];
  const end = last ? last.line + last.tokens.length - 1 : 0;
  const next = long.sentences[index];
  fail(`${short.source} ends at line ${end}, but ${long.source}:${next?.line}: ${describe(next?.tokens[0])}`);
}

function fail(what: string): never {
  throw badInput(what, 'both files must contain the same tokens and gold tags in the same order');
}
