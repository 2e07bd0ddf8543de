import type { TokenConvention } from '../text/convention.js';
import type { FeatureSet } from '../text/features.js';
import type { Scheme } from '../text/scheme.js';

/** What words and tags mean to a network. */
export interface Language {
  /** The scheme of the corpus: what goes in and comes out. */
  readonly scheme: Scheme;
  /** The scheme of the network's tags. */
  readonly innerScheme: Scheme;
  /** The tag of each output of the network. */
  readonly tags: readonly string[];
  readonly features: FeatureSet;
  /** What the training corpus cuts; undefined where nobody has looked. */
  readonly convention?: TokenConvention | undefined;
}
