import { checkSameKind, illFormedNotice, noEntityNotices, unseenLabelsNotice } from '../../corpora/notices.js';
import { readCorpus, starterCorpus } from '../../corpora/read-corpus.js';
import type { CorpusReading } from '../../formats/corpus-reading.js';
import type { Corpora } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { grouped } from '../../text/counts.js';
import type { LabelledSentences } from '../../text/scheme.js';
import { describeScheme } from '../../text/scheme-description.js';
import { detectScheme } from '../../text/scheme-detection.js';
import type { Sentence } from '../../text/sentence.js';
import { chanceFor } from '../../training/chance.js';
import { holdOut } from '../../training/hold-out.js';
import { takePart } from '../../training/part.js';

/** The files that a training reads, and how it reads them. */
export interface TrainingFiles {
  /** Files of the training corpus; none for the starter corpus with its dev and test. */
  readonly corpora: readonly string[];
  readonly dev?: string | undefined;
  readonly test?: string | undefined;
  readonly reading: CorpusReading;
}

export interface DataOptions {
  readonly files: TrainingFiles;
  /** Only this fraction of the training sentences, drawn by the seed. */
  readonly part?: number | undefined;
  /** Draws what is held out, where it is not the seed. */
  readonly holdOutSeed?: number | undefined;
}

export interface TrainingData {
  readonly train: LabelledSentences;
  readonly dev: LabelledSentences;
  readonly test: LabelledSentences | undefined;
  readonly corpora: Corpora;
  /** What the person should know about the data, a line each. */
  readonly notices: readonly string[];
}

/**
 * Reads what a training needs: train, dev (held out by the seed where none is named) and test.
 *
 * @param known what a model knows already that is to learn more
 * @throws UserError where a corpus cannot be read
 */
export async function readTrainingData(
  options: DataOptions,
  seed: number,
  known?: { readonly tags: readonly string[] },
): Promise<TrainingData> {
  const { files: given, part, holdOutSeed } = options;
  const { reading } = given;
  const usesStarter = given.corpora.length === 0;
  const paths = usesStarter ? [starterCorpus('train')] : given.corpora;
  const devPath = given.dev ?? (usesStarter ? starterCorpus('dev') : undefined);
  const testPath = given.test ?? (usesStarter ? starterCorpus('test') : undefined);

  const notices: string[] = [];
  if (usesStarter) notices.push('no corpus named: training on the starter corpus');
  const corpus = await readCorpus(paths, usesStarter ? {} : reading);
  notices.push(...corpus.notices);
  const scheme = detectScheme(corpus.sentences, reading.outside);
  notices.push(describeScheme(scheme));
  const name = usesStarter ? 'starter corpus' : given.corpora.map(nameOf).join(', ');
  const files = paths.length > 1 ? corpus.files : undefined;
  notices.push(...illFormedNotice(name, corpus.sentences, scheme, files));

  const knownTags = known ? [{ tokens: known.tags, tags: known.tags, document: 0, line: 0 }] : [];
  const seen = [...corpus.sentences, ...knownTags];
  const readPart = async (path: string): Promise<LabelledSentences & { fingerprint: Corpora['train'] }> => {
    const { sentences, fingerprint, notices: found } = await readCorpus([path], reading);
    notices.push(...found);
    const part = { sentences, scheme: detectScheme(sentences, reading.outside), fingerprint };
    checkSameKind(nameOf(path), part.scheme, scheme);
    notices.push(
      ...illFormedNotice(nameOf(path), sentences, part.scheme),
      ...unseenLabelsNotice(nameOf(path), part, { sentences: seen, scheme }),
    );
    return part;
  };
  const test = testPath === undefined ? undefined : await readPart(testPath);
  if (devPath !== undefined) {
    const dev = await readPart(devPath);
    const train = { sentences: partOf(corpus.sentences, part, seed), scheme };
    notices.push(...noEntityNotices(name, train, dev));
    return { train, dev, test, corpora: { train: corpus.fingerprint, dev: dev.fingerprint }, notices };
  }
  const drawnBy = holdOutSeed ?? seed;
  const held = holdOut(corpus.sentences, chanceFor(drawnBy, 'holdOut'));
  notices.push(
    held.train === held.dev
      ? 'the corpus is one sentence: it is its own dev'
      : `no --dev: ${grouped(held.dev.length)} of ${grouped(corpus.sentences.length)} sentences held out as dev, drawn by seed ${drawnBy}${held.unit === 'documents' ? ', whole documents' : ''}`,
  );
  const train = { sentences: partOf(held.train, part, seed), scheme };
  const dev = { sentences: held.dev, scheme };
  notices.push(...noEntityNotices(name, train, dev));
  return { train, dev, test, corpora: { train: corpus.fingerprint }, notices };
}

function partOf(sentences: readonly Sentence[], part: number | undefined, seed: number): readonly Sentence[] {
  return takePart(sentences, part ?? 1, chanceFor(seed, 'part'));
}
