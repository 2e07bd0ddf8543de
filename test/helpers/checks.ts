import { type CheckSettings, checkCorpus } from '../../src/checks/corpus.js';
import type { FindingKind } from '../../src/checks/findings.js';
import type { RawFile } from '../../src/checks/lines.js';

/** A text or bytes as a corpus file. */
export function corpusFile(content: string | Uint8Array, name = 'train.conll'): RawFile {
  return { name, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}

/** Texts of the parts of a corpus. */
export interface Texts {
  readonly train: string | Uint8Array;
  readonly dev?: string;
  readonly test?: string;
}

/** What a check finds of some kinds, as `kind file:line: what`; of all kinds but rare labels where none is named. */
export function found(
  texts: Texts | string,
  kinds: readonly FindingKind[] = [],
  settings: CheckSettings = {},
): string[] {
  const { train, dev, test } = typeof texts === 'string' ? { train: texts } : texts;
  const files = {
    train: [corpusFile(train)],
    ...(dev !== undefined && { dev: [corpusFile(dev, 'dev.conll')] }),
    ...(test !== undefined && { test: [corpusFile(test, 'test.conll')] }),
  };
  return checkCorpus(files, settings)
    .findings.filter(({ kind }) => (kinds.length === 0 ? kind !== 'rare-label' : kinds.includes(kind)))
    .flatMap(({ kind, files: inFiles }) =>
      inFiles.flatMap(({ file, places }) => places.map(({ line, what }) => `${kind} ${file}:${line}: ${what}`)),
    );
}

/** Sentences of tokens that alternate with their tags, as CoNLL lines. */
export function corpusOf(...sentences: readonly string[]): string {
  return sentences
    .map((sentence) => {
      const fields = sentence.split(' ');
      const lines = fields.flatMap((token, index) => (index % 2 === 0 ? [`${token}\t${fields[index + 1]}\n`] : []));
      return `${lines.join('')}\n`;
    })
    .join('');
}
