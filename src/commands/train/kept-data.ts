import { checkSameKind, illFormedNotice } from '../../corpora/notices.js';
import { readCorpus } from '../../corpora/read-corpus.js';
import type { CorpusReading } from '../../formats/corpus-reading.js';
import type { Corpora } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { grouped } from '../../text/counts.js';
import type { LabelledSentences } from '../../text/scheme.js';
import { detectScheme } from '../../text/scheme-detection.js';
import { chanceFor } from '../../training/chance.js';
import { holdOut } from '../../training/hold-out.js';

export interface KeptOptions {
  /** A corpus that a model was trained on before, whose sentences are mixed in. */
  readonly keep?: string | undefined;
  /** A corpus by which one sees what a model forgets. */
  readonly oldDev?: string | undefined;
}

export interface KeptData {
  /** Undefined where nothing is mixed in. */
  readonly train: LabelledSentences | undefined;
  readonly fingerprint: Corpora['keep'];
  readonly oldDev: LabelledSentences | undefined;
  /** What the person should know, a line each. */
  readonly notices: readonly string[];
}

/**
 * Reads what a model that learns more should not forget. Without a corpus to measure that, a tenth of the kept one is
 * held out: the very tenth that the old training held out, where that was on the same corpus.
 *
 * @param model how the old training spelt its tags, and its seed
 * @throws UserError where a corpus cannot be read
 */
export async function readKeptData(
  options: KeptOptions,
  reading: CorpusReading,
  model: { readonly scheme: LabelledSentences['scheme']; readonly seed: number },
): Promise<KeptData> {
  const notices: string[] = [];
  const read = async (path: string) => {
    const { sentences, fingerprint, notices: found } = await readCorpus([path], reading);
    const scheme = detectScheme(sentences, reading.outside);
    checkSameKind(nameOf(path), scheme, model.scheme);
    notices.push(...found, ...illFormedNotice(nameOf(path), sentences, scheme));
    return { sentences, scheme, fingerprint };
  };
  const kept = options.keep === undefined ? undefined : await read(options.keep);
  const oldDev = options.oldDev === undefined ? undefined : await read(options.oldDev);
  if (!kept || oldDev) {
    if (!oldDev) notices.push('neither --keep nor --old-dev: what is forgotten cannot be seen');
    return { train: kept, fingerprint: kept?.fingerprint, oldDev, notices };
  }
  const { scheme, fingerprint } = kept;
  const held = holdOut(kept.sentences, chanceFor(model.seed, 'holdOut'));
  notices.push(
    `no --old-dev: ${grouped(held.dev.length)} of ${grouped(kept.sentences.length)} sentences of --keep held out to see what is forgotten`,
  );
  return {
    train: { sentences: held.train, scheme },
    fingerprint,
    oldDev: { sentences: held.dev, scheme },
    notices,
  };
}
