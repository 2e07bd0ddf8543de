import { type PlacedParameter, readParameter, writeParameter } from '../numerics/parameters.js';
import { FeatureSet } from '../text/features.js';
import { Vocabulary } from '../text/vocabulary.js';
import { KnownEntities } from './known-entities.js';
import type { Network } from './network.js';
import type { Language } from './tagger.js';

/**
 * What a model knows that learns more: the old words, values and tags, and after them the new ones. How tags are spelt
 * stays as it was.
 *
 * @param size V, beyond which no new words are taken
 */
export function growLanguage(old: Language, found: Pick<Language, 'tags' | 'features'>, size: number): Language {
  const { vocabulary } = old.features;
  const room = Math.max(0, size - vocabulary.size);
  const words = [...vocabulary.words, ...missingFrom(vocabulary.words, found.features.vocabulary.words).slice(0, room)];
  const others = old.features.others.map(({ name, values }, index) => ({
    name,
    values: [...values, ...missingFrom(values, found.features.others[index]?.values ?? [])],
  }));
  return {
    ...old,
    tags: [...new Set([...old.tags, ...found.tags])].sort(),
    features: new FeatureSet(
      old.features.features,
      new Vocabulary(words, vocabulary.form),
      others,
      old.features.vectors,
    ),
  };
}

function missingFrom(known: readonly string[], values: readonly string[]): string[] {
  const set = new Set(known);
  return values.filter((value) => !set.has(value));
}

/** The entities of two corpora together. */
export function joinEntities(first: KnownEntities | undefined, second: KnownEntities): KnownEntities {
  const surfaces = new Map<string, Set<string>>();
  for (const entities of [first, second]) {
    for (const { label, surfaces: found } of entities?.byLabel ?? []) {
      const all = surfaces.get(label) ?? new Set();
      for (const surface of found) all.add(surface);
      surfaces.set(label, all);
    }
  }
  return new KnownEntities(
    [...surfaces.keys()].sort().map((label) => ({ label, surfaces: [...(surfaces.get(label) ?? [])].sort() })),
  );
}

/** A network and what its rows and outputs mean. */
interface KnowingNetwork {
  readonly network: Network;
  readonly language: Language;
}

/**
 * Gives a network the weights of an older and smaller one of the same shape: each row and each output goes where its
 * word, value or tag now stands. What the older one did not know stays as it was.
 */
export function inheritWeights(from: KnowingNetwork, to: KnowingNetwork): void {
  const olds = new Map(parametersOf(from.network).map((parameter) => [parameter.name, parameter]));
  for (const parameter of parametersOf(to.network)) {
    const old = olds.get(parameter.name);
    if (!old) throw new Error(`the older network has no parameter ${parameter.name}`);
    const was = readParameter(from.network.kernels, from.network.weights, old);
    const now = readParameter(to.network.kernels, to.network.weights, parameter);
    const rows = placesBefore(
      rowMeanings(old, from.language),
      rowMeanings(parameter, to.language),
      heightOf(parameter),
    );
    const columns = placesBefore(
      columnMeanings(old, from.language),
      columnMeanings(parameter, to.language),
      widthOf(parameter),
    );
    const width = widthOf(old);
    for (const [row, oldRow] of rows.entries()) {
      if (oldRow === undefined) continue;
      for (const [column, oldColumn] of columns.entries())
        if (oldColumn !== undefined) now[row * columns.length + column] = was[oldRow * width + oldColumn] as number;
    }
    writeParameter(to.network.kernels, to.network.weights, parameter, now);
  }
  to.network.pack();
}

function parametersOf({ layout }: Network): PlacedParameter[] {
  return [...layout.dense, ...layout.tables];
}

function heightOf({ shape }: PlacedParameter): number {
  return shape.length === 1 ? 1 : (shape[0] as number);
}

function widthOf({ shape }: PlacedParameter): number {
  return shape.at(-1) as number;
}

/** Where each row or column stood before; undefined where it is new. Those without a meaning stay in their place. */
function placesBefore(
  old: readonly string[] | undefined,
  now: readonly string[] | undefined,
  count: number,
): (number | undefined)[] {
  if (!old || !now) return Array.from({ length: count }, (_, place) => place);
  const places = new Map(old.map((meaning, place) => [meaning, place]));
  return now.map((meaning) => places.get(meaning));
}

/** What the rows of a parameter mean: the values of a feature, or tags; undefined where they mean nothing by themselves. */
function rowMeanings({ name, kind }: PlacedParameter, { tags, features }: Language): string[] | undefined {
  if (name === 'crf.transitions') return [...tags];
  if (kind !== 'table') return undefined;
  const feature = name.slice(name.lastIndexOf('.') + 1);
  const values = feature === 'form' ? features.vocabulary.words : featureValues(features, feature);
  return ['all others', ...values.map((value) => `=${value}`)];
}

function featureValues({ others }: FeatureSet, feature: string): readonly string[] {
  const found = others.find(({ name }) => name === feature);
  if (!found) throw new Error(`there is no feature ${feature}`);
  return found.values;
}

/** The same of its columns. */
function columnMeanings({ name }: PlacedParameter, { tags }: Language): string[] | undefined {
  return /^(output|crf|wide)/.test(name) ? [...tags] : undefined;
}
