import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { badInput } from '../errors.js';
import type { CorpusReading } from '../formats/corpus-reading.js';
import type { Format, Loss } from '../formats/format.js';
import { createSentenceCutter, type SentenceCutter, sentencesOf } from '../formats/text-to-sentences.js';
import type { CorpusFingerprint } from '../model/model.js';
import { nameOf } from '../node/files.js';
import { countTokens, type Sentence } from '../text/sentence.js';
import { lossNotices } from './losses.js';
import { readItems } from './read-items.js';

export interface Corpus {
  /** Documents are numbered over all files; files are never one document. */
  readonly sentences: readonly Sentence[];
  /** Name of the file of each sentence, as messages call it. */
  readonly files: readonly string[];
  readonly fingerprint: CorpusFingerprint;
  /** What was found out about the files, and what could not be held, a line each. */
  readonly notices: readonly string[];
}

/**
 * Reads a corpus from one file or several, of any format.
 *
 * @throws UserError with file and line where it is no corpus, exit code 3
 */
export async function readCorpus(paths: readonly string[], reading: CorpusReading = {}): Promise<Corpus> {
  const hash = createHash('sha256');
  const sentences: Sentence[] = [];
  const files: string[] = [];
  const notices: string[] = [];
  const losses: Loss[] = [];
  for (const path of paths) {
    const firstDocument = (sentences.at(-1)?.document ?? -1) + 1;
    const before = sentences.length;
    let format: string | undefined;
    for await (const read of readSentences(path, reading, losses, (bytes) => hash.update(bytes))) {
      if (format === undefined && read.format.name !== 'conll')
        notices.push(`${nameOf(path)}: read as ${read.format.name} (${read.format.title})`);
      format = read.format.name;
      for (const sentence of read.sentences) {
        sentences.push(firstDocument === 0 ? sentence : { ...sentence, document: firstDocument + sentence.document });
        files.push(read.source);
      }
    }
    if (sentences.length === before)
      throw badInput(`${nameOf(path)}: no sentence in it`, 'each line holds a token and its tag, as in "London B-LOC"');
  }
  notices.push(...lossNotices(losses));
  const tokens = countTokens(sentences);
  const fingerprint = { sha256: hash.digest('hex'), sentences: sentences.length, tokens };
  return { sentences, files, fingerprint, notices };
}

interface ReadSentences {
  readonly sentences: readonly Sentence[];
  readonly format: Pick<Format, 'name' | 'title'>;
  readonly source: string;
}

/** The sentences of one file, piece by piece; its documents are numbered from 0. */
async function* readSentences(
  path: string,
  reading: CorpusReading,
  losses: Loss[],
  onBytes: (bytes: Uint8Array) => void,
): AsyncGenerator<ReadSentences> {
  let cut: SentenceCutter | undefined;
  const report = (loss: Loss): void => {
    losses.push(loss);
  };
  for await (const { items, format, source } of readItems(path, reading, report, onBytes)) {
    cut ??= createSentenceCutter(report);
    yield { format, source, sentences: sentencesOf(items, source, cut) };
  }
}

/** Where the starter corpus, which ships with the package, stands. */
export function starterCorpus(part: 'train' | 'dev' | 'test'): string {
  return fileURLToPath(new URL(`../../data/starter/${part}.conll`, import.meta.url));
}
