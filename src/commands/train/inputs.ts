import type { CorpusReading } from '../../formats/corpus-reading.js';
import { digestOf } from '../../node/digest.js';
import { packageVersion } from '../../node/package-version.js';
import type { Settings } from '../../settings/settings.js';
import type { Vocabulary } from '../../text/vocabulary.js';
import { listInputs } from '../../training/inputs.js';
import type { TrainingInputs } from '../../training/state.js';
import type { TrainingCorpora } from './corpora.js';
import type { InitialModel } from './initial.js';
import type { Vectors } from './read-vectors.js';

/** What decides a training beside its settings and corpora. */
export interface OtherInputs {
  readonly part: number | undefined;
  readonly holdOutSeed: number | undefined;
  /** The vocabulary of a file, if one was named. */
  readonly vocabulary: Vocabulary | undefined;
  readonly vectors: Vectors | undefined;
}

/** Lists all that decides a training, by which a saved one is known again. */
export function describeInputs(
  settings: Settings,
  { fingerprints, reading }: TrainingCorpora,
  initial: InitialModel | undefined,
  { vocabulary, vectors, ...draws }: OtherInputs,
): TrainingInputs {
  const others = {
    ...flatten(reading),
    ...draws,
    vocabulary: vocabulary && digestOf(vocabulary.words.join('\n')),
    vectors: vectors?.sha256,
  };
  return listInputs(settings, fingerprints, initial?.lineage, others, packageVersion());
}

function flatten(reading: CorpusReading): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(reading).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}
