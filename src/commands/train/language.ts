import { growLanguage } from '../../model/growth.js';
import type { Language } from '../../model/language.js';
import { featuresOf, type Settings } from '../../settings/settings.js';
import { findConvention } from '../../text/convention.js';
import { collectFeatures, wordFeatures } from '../../text/features.js';
import { innerSchemeOf, type LabelledSentences } from '../../text/scheme.js';
import type { Vocabulary } from '../../text/vocabulary.js';
import type { VectorWords } from '../../text/word-vectors.js';
import { collectTags } from '../../training/examples.js';
import type { InitialModel } from './initial.js';

/**
 * Collects what a model knows of text: its tags, its features and the habits of its corpus. A model that learns more keeps what it knows
 * and adds what is new.
 *
 * @param vectorWords the words with pre-trained vectors, if there are some
 */
export function collectLanguage(
  { sentences, scheme }: LabelledSentences,
  settings: Settings,
  vocabulary: Vocabulary,
  vectorWords: VectorWords | undefined,
  initial: InitialModel | undefined,
): Language {
  const innerScheme = innerSchemeOf(scheme, settings.recode);
  const found = {
    scheme,
    innerScheme,
    tags: collectTags(sentences, scheme, innerScheme),
    features: collectFeatures(sentences, wordFeatures(featuresOf(settings)), vocabulary, vectorWords),
    convention: findConvention(sentences),
  };
  return initial ? growLanguage(initial.model.language, found, settings.vocabularySize) : found;
}
