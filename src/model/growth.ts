import { at } from '../numerics/at.js';
import { readParameter, type Side, writeParameter } from '../numerics/parameters.js';
import { FeatureSet } from '../text/features.js';
import { UNKNOWN_ID, Vocabulary } from '../text/vocabulary.js';
import type { Language } from './language.js';
import { parametersOf } from './layout.js';
import type { Network } from './network.js';
import type { Meaning } from './parameter.js';

/**
 * Returns a model's language with the new words and values after the old ones, and with the new tags. The schemes stay.
 *
 * @param size V, beyond which no new words are added
 */
export function growLanguage(old: Language, found: Pick<Language, 'tags' | 'features'>, size: number): Language {
  const { vocabulary } = old.features;
  const room = Math.max(0, size - vocabulary.size);
  const words = [...vocabulary.words, ...missingFrom(vocabulary.words, found.features.vocabulary.words).slice(0, room)];
  const foundValues = new Map(found.features.others.map(({ name, values }) => [name, values]));
  const others = old.features.others.map(({ name, values }) => ({
    name,
    values: [...values, ...missingFrom(values, foundValues.get(name) ?? [])],
  }));
  return {
    ...old,
    tags: [...new Set([...old.tags, ...found.tags])].sort(),
    features: new FeatureSet(
      old.features.features,
      new Vocabulary(words, vocabulary.form),
      others,
      old.features.knowledge,
    ),
  };
}

function missingFrom(known: readonly string[], values: readonly string[]): string[] {
  const set = new Set(known);
  return values.filter((value) => !set.has(value));
}

/** A network and the meaning of its rows and outputs. */
interface KnowingNetwork {
  readonly network: Network;
  readonly language: Language;
}

/** What becomes of weights that the older network does not have. */
interface Inheritance {
  /** New rows stay as they are, by default, or get the older network's row of all others. */
  readonly newRows?: 'stay' | 'others';
  /** A parameter of which the older network has nothing is a bug, by default, or stays as it is. */
  readonly lacking?: 'refuse' | 'stay';
}

/**
 * Copies the weights of an older network into one of the same settings that knows more: each row and each output goes
 * to the place of its word, value or tag. The other outputs stay as they are.
 */
export function inheritWeights(
  from: KnowingNetwork,
  to: KnowingNetwork,
  { newRows = 'stay', lacking = 'refuse' }: Inheritance = {},
): void {
  const olds = new Map(parametersOf(from.network.layout).map((parameter) => [parameter.name, parameter]));
  for (const parameter of parametersOf(to.network.layout)) {
    const old = olds.get(parameter.name);
    if (!old) {
      if (lacking === 'stay') continue;
      throw new Error(`the older network has no parameter ${parameter.name}`);
    }
    const was = readParameter(from.network.kernels, from.network.weights, old);
    const now = readParameter(to.network.kernels, to.network.weights, parameter);
    const placesOf = (kind: 'rowMeaning' | 'columnMeaning', count: number): (number | undefined)[] =>
      placesBefore(meaningsOf(old[kind], from.language), meaningsOf(parameter[kind], to.language), count);
    const rows = placesOf('rowMeaning', extentOf(parameter.rows));
    const columns = placesOf('columnMeaning', extentOf(parameter.columns));
    const width = extentOf(old.columns);
    const isTable = parameter.rowMeaning?.kind === 'value';
    for (const [row, place] of rows.entries()) {
      const oldRow = place ?? (isTable && newRows === 'others' ? UNKNOWN_ID : undefined);
      if (oldRow === undefined) continue;
      for (const [column, oldColumn] of columns.entries())
        if (oldColumn !== undefined) now[row * columns.length + column] = at(was, oldRow * width + oldColumn);
    }
    writeParameter(to.network.kernels, to.network.weights, parameter, now);
  }
  to.network.pack();
}

/** Returns how many rows or columns a side has, without padding. */
function extentOf({ blocks, size }: Side): number {
  return blocks * size;
}

/** Returns where each row or column stood before, undefined if it is new. Those without a meaning keep their place. */
function placesBefore(
  old: readonly string[] | undefined,
  now: readonly string[] | undefined,
  count: number,
): (number | undefined)[] {
  if (!old || !now) return Array.from({ length: count }, (_, place) => place);
  const places = new Map(old.map((meaning, place) => [meaning, place]));
  return now.map((meaning) => places.get(meaning));
}

/** Returns what each row or column stands for; undefined if they mean nothing by themselves. */
function meaningsOf(meaning: Meaning | undefined, { tags, features }: Language): string[] | undefined {
  if (!meaning) return undefined;
  if (meaning.kind === 'tag') return [...tags];
  const found = features.tables.find(({ name }) => name === meaning.table);
  if (!found) throw new Error(`there is no table ${meaning.table}`);
  return ['all others', ...found.values.map((value) => `=${value}`)];
}
