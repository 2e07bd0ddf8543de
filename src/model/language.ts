import type { TokenConvention } from '../text/convention.js';
import type { FeatureSet } from '../text/features.js';
import { partsOf, type Scheme } from '../text/scheme.js';

/** The meaning of words and tags to a network. */
export interface Language {
  /** The scheme of the corpus, in which tags go in and come out. */
  readonly scheme: Scheme;
  /** The scheme of the network's tags. */
  readonly innerScheme: Scheme;
  /** The tag of each output of the network. */
  readonly tags: readonly string[];
  readonly features: FeatureSet;
  /** The training corpus's way of cutting words into tokens; undefined if it is not known. */
  readonly convention?: TokenConvention | undefined;
}

/** Returns the labels of spans, or the tags if they mark no spans, sorted. */
export function labelsOf({ tags, innerScheme }: Pick<Language, 'tags' | 'innerScheme'>): string[] {
  return [...new Set(tags.map((tag) => partsOf(tag, innerScheme).label))].filter((label) => label !== '').sort();
}
