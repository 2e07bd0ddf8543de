import { type CheckResult, type CheckSettings, CorpusCheck, formatOf } from '../../src/checks/corpus.js';
import type { FindingKind } from '../../src/checks/findings.js';
import type { RawFile } from '../../src/checks/lines.js';
import { PART_NAMES, type PartName } from '../../src/checks/part.js';

/** A text or bytes as a corpus file. */
export function corpusFile(content: string | Uint8Array, name = 'train.conll'): RawFile {
  return { name, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content };
}

/** Checks files in memory, which are read in pieces of some bytes. */
export function checkCorpus(
  files: Readonly<Partial<Record<PartName, readonly RawFile[]>>>,
  settings: CheckSettings,
  pieceLength = Number.POSITIVE_INFINITY,
): CheckResult {
  const corpus = new CorpusCheck(settings);
  for (const name of PART_NAMES) {
    if (!files[name]) continue;
    corpus.startPart(name);
    for (const file of files[name]) {
      const reader = corpus.readFile(file.name, formatOf(file, settings.from));
      for (let from = 0; from < file.bytes.length; from += pieceLength)
        reader.push(file.bytes.subarray(from, from + pieceLength));
      reader.end();
    }
  }
  return corpus.result();
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
