import { badUsage } from '../errors.js';
import { Dictionaries, type Dictionary } from '../text/dictionaries.js';
import { FeatureSet } from '../text/features.js';
import { SortedWords } from '../text/sorted-words.js';
import type { Model } from './model.js';

/**
 * Returns a model whose dictionaries have more names. Its weights stay: they know what it means to stand in a name.
 *
 * @throws {UserError} if the model has no dictionary of a label, exit code 2
 */
export function withNames(model: Model, added: readonly Dictionary[]): Model {
  const { features: old } = model.language;
  const own = old.knowledge.dictionaries?.list ?? [];
  for (const { label } of added)
    if (!own.some((dictionary) => dictionary.label === label))
      throw badUsage(
        `--dictionary ${label}: the model has ${own.length === 0 ? 'no dictionary' : 'no such dictionary'}`,
        own.length === 0 ? 'train it with --dictionary' : `it has ${own.map((each) => each.label).join(', ')}`,
      );
  const list = own.map((dictionary) => {
    const more = added.filter(({ label }) => label === dictionary.label);
    if (more.length === 0) return dictionary;
    const names = new Set([dictionary, ...more].flatMap((each) => [...each.names.all()]));
    return { ...dictionary, names: SortedWords.of([...names].sort()) };
  });
  const knowledge = { ...old.knowledge, dictionaries: new Dictionaries(list) };
  const features = new FeatureSet(old.features, old.vocabulary, old.others, knowledge);
  return { ...model, language: { ...model.language, features } };
}
