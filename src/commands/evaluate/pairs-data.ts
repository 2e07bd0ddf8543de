import { illFormedNotice } from '../../corpora/notices.js';
import { kindOf, readCorpus } from '../../corpora/read-corpus.js';
import { badInput } from '../../errors.js';
import { type AlignedFile, checkAligned } from '../../evaluation/alignment.js';
import type { OtherTagger } from '../../evaluation/evaluation.js';
import type { CorpusReading } from '../../formats/format.js';
import { readPairs } from '../../formats/pairs.js';
import { decodeText, nameOf, readBytes } from '../../node/files.js';
import { at } from '../../text/at.js';
import { counted } from '../../text/counts.js';
import { countUnknown, findTagReading, withoutUnknown } from '../../text/possible-labels.js';
import {
  describeScheme,
  detectScheme,
  hasSpans,
  recode,
  type Scheme,
  schemeTitle,
  surelyOther,
} from '../../text/scheme.js';
import type { PairedSentence, Sentence } from '../../text/sentence.js';
import { type Notice, noticesOf } from '../story.js';

export interface PairsOptions {
  /** Files of gold and predicted tags: one, or another tagger's of the same sentences as well. */
  readonly pairs: readonly string[];
  /** Gold files that the pairs must agree with; without pairs, files of a corpus to be tagged. */
  readonly corpora: readonly string[];
  /** How corpora and pairs are read; the outside tag of a corpus that is tagged is the model's. */
  readonly reading: CorpusReading;
}

export interface PairsData {
  /** Names of the files. */
  readonly title: string;
  readonly sentences: readonly PairedSentence[];
  readonly scheme: Scheme;
  /** Scheme of the predicted tags of the first file. */
  readonly predictedScheme: Scheme;
  /** The predictions of the second file. */
  readonly other: OtherTagger | undefined;
}

/**
 * Reads files of gold and predicted tags.
 *
 * @throws UserError if they are none, or do not agree, with both line numbers; exit code 3
 */
export async function* readPairsData(options: PairsOptions): AsyncGenerator<Notice, PairsData, undefined> {
  const files = await Promise.all(options.pairs.map((path) => readPairsFile(path, options.reading)));
  const [file, second] = files as [PairsFile, PairsFile | undefined];
  const { outside } = options.reading;
  for (const path of options.corpora)
    checkAligned(inSchemeOf(file, await readGoldFile(path, options.reading), outside), file);
  if (second) checkAligned(file, inSchemeOf(file, second, outside));
  const scheme = schemeOf(files, options.reading.outside);
  yield* noticesOf(describeScheme(scheme), ...illFormedNotice(`${file.source}, gold`, columnOf(file, 'gold'), scheme));
  const unknown = countUnknown(file.sentences);
  if (unknown > 0)
    yield* noticesOf(`${file.source}: ${counted(unknown, 'token')} have no known gold tag, and count in no score`);
  const predictedSchemes: Scheme[] = [];
  for (const each of files) {
    const predicted = columnOf(each, 'predicted');
    const own = surelyOther(predicted, scheme);
    if (own !== scheme)
      yield* noticesOf(
        `${each.source}: gold tags are ${schemeTitle(scheme)}, predicted ones ${schemeTitle(own)}; each is read by its own scheme`,
      );
    yield* noticesOf(...illFormedNotice(`${each.source}, predicted`, predicted, own));
    predictedSchemes.push(own);
  }
  return {
    title: files.map(({ source }) => source).join(' against '),
    sentences: file.sentences,
    scheme,
    predictedScheme: predictedSchemes[0] ?? scheme,
    other: second && { name: second.source, predicted: second.sentences.map(({ predicted }) => predicted) },
  };
}

interface PairsFile extends AlignedFile {
  readonly sentences: readonly PairedSentence[];
}

async function readPairsFile(path: string, reading: CorpusReading): Promise<PairsFile> {
  const source = nameOf(path);
  const sentences = readPairs(decodeText(await readBytes(path), source), source, reading.tokenColumn);
  return { source, sentences: withKnownGold(sentences, reading) };
}

async function readGoldFile(path: string, reading: CorpusReading): Promise<AlignedFile> {
  const { sentences } = await readCorpus([path], reading, 'kept');
  const gold = sentences.map(({ tags, ...rest }) => ({ ...rest, gold: tags }));
  return { source: nameOf(path), sentences: withKnownGold(gold, reading) };
}

/** Returns sentences that say which of their gold tags are not known. */
function withKnownGold<Any extends { readonly gold: readonly string[] }>(
  sentences: readonly Any[],
  reading: CorpusReading,
): (Any & Pick<Sentence, 'possible'>)[] {
  const tagged = sentences.map(({ gold }) => ({ tags: gold }));
  const tagReading = findTagReading(tagged, reading);
  return sentences.map((sentence, index) => {
    const { tags, possible } = withoutUnknown(at(tagged, index) as Pick<Sentence, 'tags'>, tagReading);
    return possible ? { ...sentence, gold: tags, possible } : sentence;
  });
}

/** Returns a file with its gold tags in the scheme of another's, so that files in two schemes can be compared. */
function inSchemeOf(wanted: AlignedFile, file: AlignedFile, outside: string | undefined): AlignedFile {
  const schemeOfGold = ({ sentences }: AlignedFile): Scheme =>
    detectScheme(
      sentences.map(({ gold }) => ({ tags: gold })),
      outside,
    );
  const [from, to] = [schemeOfGold(file), schemeOfGold(wanted)];
  if (from.name === to.name) return file;
  return { ...file, sentences: file.sentences.map((each) => ({ ...each, gold: recode(each.gold, from, to) })) };
}

function columnOf({ sentences }: PairsFile, column: 'gold' | 'predicted'): { tags: readonly string[]; line: number }[] {
  return sentences.map((sentence) => ({ tags: sentence[column], line: sentence.line }));
}

/**
 * Finds the one scheme by which gold and predicted tags are read: that of the gold tags, unless they say nothing or a
 * prediction is in BIOES, which reads IOB2 as well.
 *
 * @throws UserError if gold and predicted tags are of different kinds, exit code 3
 */
function schemeOf(files: readonly PairsFile[], outside: string | undefined): Scheme {
  const [file] = files as [PairsFile];
  const gold = columnOf(file, 'gold');
  const goldScheme = detectScheme(gold, outside);
  const predicted = files.map((each) => detectScheme(columnOf(each, 'predicted'), outside));
  const other = predicted.find((scheme) => hasSpans(scheme) !== hasSpans(goldScheme));
  if (other)
    throw badInput(
      `${file.source}: gold tags are ${kindOf(goldScheme)}, predicted ones ${kindOf(other)}`,
      'the last two columns must be gold and predicted tags of one kind',
    );
  const isSilent = gold.every(({ tags }) => tags.every((tag) => tag === goldScheme.outside));
  return predicted.find(({ name }) => name === 'bioes') ?? (isSilent ? predicted[0] : undefined) ?? goldScheme;
}
