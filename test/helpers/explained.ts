import { explainSentence } from '../../src/explanation/explain-sentence.js';
import type { Explanation } from '../../src/explanation/explanation.js';
import { readGold } from '../../src/explanation/gold-tags.js';
import type { ReasonsWanted } from '../../src/explanation/tag-reasons.js';
import { UnrolledModel } from '../../src/explanation/unrolled-model.js';
import type { Model } from '../../src/model/model.js';
import { createTagger } from '../../src/model/tagger.js';
import type { Kernels } from '../../src/numerics/kernels.js';
import { createReferenceKernels } from '../../src/numerics/reference.js';
import type { SettingsInput } from '../../src/settings/settings.js';

export const SENTENCE = ['Ada', 'lives', 'in', 'London', 'Bridge', '.'];
export const GOLD = ['B-PER', 'O', 'O', 'B-LOC', 'I-LOC', 'O'];

/** Settings of networks that between them have every cell, direction and decoder, layers, letters and a window. */
export const VARIED_SETTINGS: readonly SettingsInput[] = [
  { cell: 'elman' },
  { cell: 'feedforward' },
  { cell: 'gru', direction: 'both' },
  { cell: 'lstm', layers: 2, direction: 'both' },
  { cell: 'elman', decoder: 'crf', layers: 2 },
  { cell: 'gru', decoder: 'crf', direction: 'both', input: 'concatenate', window: 1, dropout: 0.5, inputDropout: 0.3 },
  { cell: 'lstm', decoder: 'crf', input: 'concatenate', features: 'form,shape,letters' },
];

/** Explains a sentence by the plain kernels, unless others are given. */
export function explained(
  model: Model,
  tokens: readonly string[] = SENTENCE,
  gold?: readonly string[],
  kernels: Kernels = createReferenceKernels(),
  why: ReasonsWanted = { words: [] },
): Explanation {
  const known = gold && readGold(gold, tokens, model.language.scheme, model.language);
  return explainSentence(model, createTagger(model), new UnrolledModel(model, kernels), tokens, known, why);
}
