import { type DictionaryFile, readDictionaries } from '../corpora/read-dictionaries.js';
import { withNames } from '../model/added-names.js';
import type { Model } from '../model/model.js';
import { tokenizerOf } from '../model/tagger.js';

/**
 * Returns a model whose dictionaries have the names of files as well.
 *
 * @throws UserError if a file has no names, exit code 3; if the model has no such dictionary, exit code 2
 */
export async function withNamesOfFiles(model: Model, files: readonly DictionaryFile[] = []): Promise<Model> {
  if (files.length === 0) return model;
  return withNames(model, await readDictionaries(files, tokenizerOf(model.language)));
}
