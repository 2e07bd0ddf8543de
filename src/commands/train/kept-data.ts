import { type LabelledCorpus, readLabelledCorpus } from '../../corpora/read-corpus.js';
import { checkSameKind } from '../../corpora/same-kind.js';
import type { CorpusReading } from '../../formats/corpus-reading.js';
import type { Corpora, Model } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { grouped } from '../../text/counts.js';
import { type LabelledSentences, recode } from '../../text/scheme.js';
import { chanceFor } from '../../training/chance.js';
import { holdOut } from '../../training/subsets.js';
import { type Notice, noticesOf } from '../notice.js';

export interface KeptOptions {
  /** A corpus that the model was trained on before, whose sentences are mixed in. */
  readonly keep?: string | undefined;
  /** A corpus that is scored before and after, to see what the model forgets. */
  readonly oldDev?: string | undefined;
}

export interface KeptData {
  /** Undefined if nothing is mixed in. */
  readonly train: LabelledSentences | undefined;
  readonly fingerprint: Corpora['keep'];
  readonly oldDev: LabelledSentences | undefined;
}

/**
 * Reads what a model that learns more should not forget. Without a corpus to measure that, a tenth of the kept one is
 * held out: the tenth that the old training held out, if that was on the same corpus.
 *
 * @throws UserError if a corpus cannot be read
 */
export async function* readKeptData(
  options: KeptOptions,
  reading: CorpusReading,
  { language, settings }: Model,
): AsyncGenerator<Notice, KeptData, undefined> {
  const read = async function* (path: string | undefined): AsyncGenerator<Notice, LabelledCorpus | undefined> {
    if (path === undefined) return undefined;
    const corpus = await readLabelledCorpus([path], reading);
    checkSameKind(nameOf(path), corpus.scheme, language.scheme);
    yield* noticesOf(...corpus.notices);
    return corpus;
  };
  const kept = yield* read(options.keep);
  const oldDev = yield* read(options.oldDev);
  const { fingerprint } = kept ?? {};
  if (!kept || oldDev) {
    if (!oldDev) yield* noticesOf('neither --keep nor --old-dev: what is forgotten cannot be seen');
    return { train: kept, fingerprint, oldDev };
  }
  const { sentences, scheme } = kept;
  const held = holdOut(sentences, chanceFor(settings.seed, 'holdOut'));
  yield* noticesOf(
    `no --old-dev: ${grouped(held.dev.length)} of ${grouped(sentences.length)} sentences of --keep held out to see what is forgotten`,
  );
  return { train: { sentences: held.train, scheme }, fingerprint, oldDev: { sentences: held.dev, scheme } };
}

/** Mixes new and kept sentences, with their tags spelt as the model spells them. */
export function mixSentences(
  train: LabelledSentences,
  kept: LabelledSentences | undefined,
  { language: { scheme } }: Model,
): LabelledSentences {
  const sentences = [train, ...(kept ? [kept] : [])].flatMap((part) =>
    part.sentences.map((sentence) => ({ ...sentence, tags: recode(sentence.tags, part.scheme, scheme) })),
  );
  return { sentences, scheme };
}
