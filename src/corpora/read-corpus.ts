import { badInput } from '../errors.js';
import type { CorpusReading } from '../formats/corpus-reading.js';
import type { ConversionIssue } from '../formats/format.js';
import { createSentenceCutter, sentencesOf } from '../formats/text-to-sentences.js';
import type { CorpusFingerprint } from '../model/model.js';
import { createDigest } from '../node/digest.js';
import { nameOf } from '../node/files.js';
import type { Scheme } from '../text/scheme.js';
import { detectScheme } from '../text/scheme-detection.js';
import { countTokens, type Sentence } from '../text/sentence.js';
import { issueNotices } from './conversion-issues.js';
import { illFormedNotice } from './notices.js';
import { readItems } from './read-items.js';

export interface Corpus {
  /** Documents are numbered over all files; a document never spans two files. */
  readonly sentences: readonly Sentence[];
  /** Name in messages of the file of each sentence. */
  readonly files: readonly string[];
  readonly fingerprint: CorpusFingerprint;
  /** What was found out about the files, and what could not be held, a line each. */
  readonly notices: readonly string[];
}

/**
 * Reads a corpus from one file or several, of any format.
 *
 * @throws UserError with file and line if a file is no corpus, exit code 3
 */
export async function readCorpus(paths: readonly string[], reading: CorpusReading = {}): Promise<Corpus> {
  const digest = createDigest();
  const sentences: Sentence[] = [];
  const files: string[] = [];
  const notices: string[] = [];
  const issues: ConversionIssue[] = [];
  const report = (issue: ConversionIssue): void => void issues.push(issue);
  for (const path of paths) {
    const firstDocument = (sentences.at(-1)?.document ?? -1) + 1;
    const before = sentences.length;
    const cut = createSentenceCutter(report);
    let formatName: string | undefined;
    for await (const { items, format, source } of readItems(path, reading, report, digest.add)) {
      if (formatName === undefined && format.name !== 'conll')
        notices.push(`${nameOf(path)}: read as ${format.name} (${format.title})`);
      formatName = format.name;
      for (const sentence of sentencesOf(items, source, cut)) {
        sentences.push(firstDocument === 0 ? sentence : { ...sentence, document: firstDocument + sentence.document });
        files.push(source);
      }
    }
    if (sentences.length === before)
      throw badInput(`${nameOf(path)}: no sentence in it`, 'each line holds a token and its tag, as in "London B-LOC"');
  }
  notices.push(...issueNotices(issues));
  const fingerprint = { sha256: digest.end(), sentences: sentences.length, tokens: countTokens(sentences) };
  return { sentences, files, fingerprint, notices };
}

/** A corpus, and how its tags spell entities. */
export interface LabelledCorpus extends Corpus {
  readonly scheme: Scheme;
}

/**
 * Reads a corpus and finds out its scheme; its notices tell of ill-formed tags too.
 *
 * @param name what messages call the corpus
 * @throws UserError as `readCorpus` does
 */
export async function readLabelledCorpus(
  paths: readonly string[],
  reading: CorpusReading,
  name = paths.map(nameOf).join(', '),
): Promise<LabelledCorpus> {
  const corpus = await readCorpus(paths, reading);
  const scheme = detectScheme(corpus.sentences, reading.outside);
  const files = corpus.files.some((file) => file !== name) ? corpus.files : undefined;
  const notices = [...corpus.notices, ...illFormedNotice(name, corpus.sentences, scheme, files)];
  return { ...corpus, scheme, notices };
}
