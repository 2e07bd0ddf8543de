import { noEntityNotices, unseenLabelsNotice } from '../../corpora/notices.js';
import { readLabelledCorpus } from '../../corpora/read-corpus.js';
import { checkSameKind } from '../../corpora/same-kind.js';
import type { CorpusReading } from '../../formats/corpus-reading.js';
import type { Corpora } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { starterCorpus } from '../../node/starter-corpus.js';
import type { Settings } from '../../settings/settings.js';
import { grouped } from '../../text/counts.js';
import type { LabelledSentences } from '../../text/scheme.js';
import { describeScheme } from '../../text/scheme-description.js';
import { chanceFor } from '../../training/chance.js';
import { holdOut, takePart } from '../../training/subsets.js';
import { type Notice, noticesOf } from '../notice.js';

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
  /** Takes only this fraction of the training sentences, drawn by the seed. */
  readonly part?: number | undefined;
  /** Draws the sentences that are held out; by default the seed of the settings. */
  readonly holdOutSeed?: number | undefined;
}

export interface TrainingData {
  readonly train: LabelledSentences;
  readonly dev: LabelledSentences;
  readonly test: LabelledSentences | undefined;
  readonly corpora: Corpora;
  /** How the files were read: as was said, with the outside tag of the settings. */
  readonly reading: CorpusReading;
}

/**
 * Reads train, dev and test; without a file for dev, sentences of train are held out.
 *
 * @param knownTags tags of a model that the training goes on with
 * @throws UserError if a corpus cannot be read
 */
export async function* readTrainingData(
  { files, part = 1, holdOutSeed }: DataOptions,
  { seed, outside }: Pick<Settings, 'seed' | 'outside'>,
  knownTags: readonly string[] = [],
): AsyncGenerator<Notice, TrainingData, undefined> {
  const isStarter = files.corpora.length === 0;
  if (isStarter) yield* noticesOf('no corpus named: training on the starter corpus');
  const { corpora, dev: devFile, test: testFile } = isStarter ? starterFiles(files) : files;
  const reading = { ...files.reading, outside };
  const name = isStarter ? 'starter corpus' : corpora.map(nameOf).join(', ');
  const { sentences, scheme, fingerprint, notices } = await readLabelledCorpus(corpora, reading, name);
  yield* noticesOf(...notices, describeScheme(scheme));

  const known = [...sentences, { tokens: knownTags, tags: knownTags, document: 0, line: 0 }];
  const readOther = async function* (path: string) {
    const other = await readLabelledCorpus([path], reading);
    checkSameKind(nameOf(path), other.scheme, scheme);
    yield* noticesOf(...other.notices, ...unseenLabelsNotice(nameOf(path), other, { sentences: known, scheme }));
    return other;
  };
  const test = testFile === undefined ? undefined : yield* readOther(testFile);
  const devCorpus = devFile === undefined ? undefined : yield* readOther(devFile);
  const held = devCorpus ? undefined : holdOut(sentences, chanceFor(holdOutSeed ?? seed, 'holdOut'));
  if (held)
    yield* noticesOf(
      held.train === held.dev
        ? 'the corpus is one sentence: it is its own dev'
        : `no --dev: ${grouped(held.dev.length)} of ${grouped(sentences.length)} sentences held out as dev, drawn by seed ${holdOutSeed ?? seed}${held.unit === 'documents' ? ', whole documents' : ''}`,
    );
  const train = { sentences: takePart(held?.train ?? sentences, part, chanceFor(seed, 'part')), scheme };
  const dev = devCorpus ?? { sentences: held?.dev ?? [], scheme };
  yield* noticesOf(...noEntityNotices(name, train, dev));
  return {
    train,
    dev,
    test,
    corpora: { train: fingerprint, ...(devCorpus && { dev: devCorpus.fingerprint }) },
    reading,
  };
}

/** Returns the files of the starter corpus, but for dev and test that were named. */
function starterFiles({ dev, test }: TrainingFiles): Omit<TrainingFiles, 'reading'> {
  return {
    corpora: [starterCorpus('train')],
    dev: dev ?? starterCorpus('dev'),
    test: test ?? starterCorpus('test'),
  };
}
