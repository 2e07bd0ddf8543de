import type { SentenceTagger } from '../model/tagger.js';
import type { Random } from '../numerics/random.js';
import { hasSpans, type LabelledSentences } from '../text/scheme.js';
import { documentsOf, NO_DOCUMENT } from '../text/sentence.js';
import { pairedBootstrap } from './bootstrap.js';
import { scoreSentences } from './score-tagger.js';
import type { Scores } from './scores.js';

/** The scores of dev without and with evidence that is shared within documents, and whether it is to be shared. */
export interface SharingChoice {
  readonly apart: Scores;
  readonly together: Scores;
  readonly isShared: boolean;
}

/** The largest p-value at which a lower score on dev counts as more than chance. */
const LIKELY = 0.2;

/**
 * Chooses whether the occurrences of a word in a document share what each says of it. They do unless dev says, by more
 * than chance, that it costs F1, or that it costs token accuracy where tags are plain.
 *
 * @param openTagger opens the tagger with or without sharing; only the last one that it opened is used
 * @returns undefined if dev has no documents
 */
export function chooseSharing(
  openTagger: (isShared: boolean) => SentenceTagger,
  dev: LabelledSentences,
  random: Random,
): SharingChoice | undefined {
  if (documentsOf(dev.sentences).every((document) => document === NO_DOCUMENT)) return undefined;
  const apart = scoreSentences(openTagger(false), dev);
  const together = scoreSentences(openTagger(true), dev);
  const { difference, p } = pairedBootstrap(
    together.spans.map((spans, index) => ({ spans, other: apart.spans[index] ?? spans })),
    random,
  );
  const isShared = hasSpans(dev.scheme)
    ? difference >= 0 || p > LIKELY
    : together.scores.accuracy >= apart.scores.accuracy;
  return { apart: apart.scores, together: together.scores, isShared };
}
