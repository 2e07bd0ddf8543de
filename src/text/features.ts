import { type Dictionaries, NAME_VALUES, valueOfMark } from './dictionaries.js';
import { DOCUMENT_VALUES, markWith, valueInDocument } from './document-words.js';
import { createLettersWriter, lettersOf, READ_LETTERS } from './letters.js';
import type { TokenLists } from './sentence.js';
import { casingOf, prefixOf, shapeOf, suffixOf } from './spelling.js';
import { foldWord, UNKNOWN_ID, type Vocabulary } from './vocabulary.js';
import type { Clustering, WordClusters } from './word-clusters.js';
import type { VectorWords } from './word-vectors.js';

/** The names that settings give features; `prefixes` and `suffixes` are one feature for each length of 1 to 4 characters. */
export type FeatureName = 'form' | 'prefixes' | 'suffixes' | 'shape' | 'casing' | 'letters' | 'document';

const LONGEST_AFFIX = 4;

/** A feature by which tokens are known: each value that is in use has a row in a table. */
export interface WordFeature {
  readonly name: string;
  /** The kind of part of a network that reads the table, by its name among the kinds. */
  readonly part: string;
  /** How many values a token has. */
  readonly named: number;
  /** Whether the form of a token, as the vocabulary has it, decides its values. */
  readonly isOfForm: boolean;
  /** Returns the values of a token, `named` of them. */
  valuesOf(token: string, form: string): readonly string[];
  /** All values, if they are the same whatever the corpus. */
  readonly allValues?: readonly string[];
  /** Creates what writes the rows of the values of a token, by the row of each value; undefined if it is that of `writerOf`. */
  createWriter?(rows: ReadonlyMap<string, number>): WriteIds;
}

function oneHot(name: string, isOfForm: boolean, find: (token: string, form: string) => string): WordFeature {
  return {
    name,
    part: 'oneHot',
    named: 1,
    isOfForm,
    valuesOf: (token, form) => [find(token, form)],
    createWriter: (rows) => (token, form, ids, at) => {
      ids[at] = rows.get(find(token, form)) ?? UNKNOWN_ID;
    },
  };
}

const AFFIX_LENGTHS = Array.from({ length: LONGEST_AFFIX }, (_, index) => index + 1);

/** The feature whose values are the words of the vocabulary. */
const FORM = oneHot('form', true, (_, form) => form);

/** The feature whose values say how the word of a token is written elsewhere in its document. */
const DOCUMENT: WordFeature = {
  name: 'document',
  part: 'oneHot',
  named: 1,
  isOfForm: false,
  allValues: DOCUMENT_VALUES,
  valuesOf: () => [],
  createWriter: (rows) => {
    const byValue = [UNKNOWN_ID, ...DOCUMENT_VALUES.map((value) => rows.get(value) ?? UNKNOWN_ID)];
    return (_token, _form, ids, at, mark) => {
      ids[at] = byValue[valueInDocument(mark)] ?? UNKNOWN_ID;
    };
  },
};

/** The table of pre-trained vectors, which is no feature's. */
export const VECTORS = { name: 'vectors', part: 'vectors', named: 1 } as const;

/** The kind of part of a network that reads tables of clusters. */
const CLUSTERS = 'clusters';

/** Knowledge of words from elsewhere than the corpus. Its tables stand after those of the features. */
export interface WordKnowledge {
  readonly clusters?: WordClusters | undefined;
  readonly vectors?: VectorWords | undefined;
  readonly dictionaries?: Dictionaries | undefined;
}

/** Rows that training sometimes hides: those of a word's form, or of its clusters. */
export type Hideable = 'form' | 'clusters';

/** All features, in the order in which their tables stand. */
const FEATURES: Readonly<Record<FeatureName, readonly WordFeature[]>> = {
  form: [FORM],
  prefixes: AFFIX_LENGTHS.map((length) => oneHot(`prefix${length}`, true, (_, form) => prefixOf(form, length))),
  suffixes: AFFIX_LENGTHS.map((length) => oneHot(`suffix${length}`, true, (_, form) => suffixOf(form, length))),
  shape: [oneHot('shape', false, shapeOf)],
  casing: [oneHot('casing', false, (token) => `${casingOf(token)}`)],
  letters: [
    {
      name: 'letters',
      part: 'letters',
      named: 2 * READ_LETTERS,
      isOfForm: false,
      valuesOf: lettersOf,
      createWriter: createLettersWriter,
    },
  ],
  document: [DOCUMENT],
};

/** Returns the features that settings name, in the same order. */
export function wordFeatures(names: readonly FeatureName[]): WordFeature[] {
  return names.flatMap((name) => FEATURES[name]);
}

/** Returns the features of these names, which are those of their tables, in the order in which tables stand. */
export function featuresCalled(names: readonly string[]): WordFeature[] {
  return Object.values(FEATURES).flatMap((group) => group.filter(({ name }) => names.includes(name)));
}

/** The values of a feature that have rows, from row 1 on; row 0 stands for all others. */
export interface FeatureValues {
  readonly name: string;
  readonly values: readonly string[];
}

/** The parts of a table that decide its place in a network. */
export class TableShape {
  readonly name: string;
  /** The kind of part of a network that reads it. */
  readonly part: string;
  /** How many of its rows a token names. */
  readonly named: number;
  /** V, row 0 included. */
  readonly rows: number;
  /** Numbers a row, if the rows are given and not trained. */
  readonly givenWidth: number | undefined;

  /** @param values how many values have rows */
  constructor(
    { name, part, named }: Pick<WordFeature, 'name' | 'part' | 'named'>,
    values: number,
    givenWidth?: number,
  ) {
    this.name = name;
    this.part = part;
    this.named = named;
    this.rows = values + 1;
    this.givenWidth = givenWidth;
  }

  /** What training hides if it hides which of the rows a token names; undefined if it never does. */
  get hideable(): Hideable | undefined {
    if (this.name === FORM.name) return 'form';
    return this.part === CLUSTERS ? 'clusters' : undefined;
  }
}

type WriteIds = (token: string, form: string, ids: Int32Array, at: number, mark: number) => void;

/** A table whose rows tokens name. */
export class RowTable extends TableShape implements FeatureValues {
  readonly values: readonly string[];
  readonly #write: WriteIds;

  constructor(
    feature: Pick<WordFeature, 'name' | 'part' | 'named'>,
    values: readonly string[],
    write: WriteIds,
    givenWidth?: number,
  ) {
    super(feature, values.length, givenWidth);
    this.values = values;
    this.#write = write;
  }

  /** Writes the rows that a token names to `ids`, from `at` on. */
  writeIds(token: string, form: string, ids: Int32Array, at: number, mark: number): void {
    this.#write(token, form, ids, at, mark);
  }
}

function tableOf(feature: WordFeature, values: readonly string[]): RowTable {
  const rows = new Map(values.map((value, index) => [value, index + 1]));
  return new RowTable(feature, values, feature.createWriter?.(rows) ?? writerOf(feature, rows));
}

/** Creates what writes the rows of a feature's values as `valuesOf` lists them. */
export function writerOf({ valuesOf }: Pick<WordFeature, 'valuesOf'>, rows: ReadonlyMap<string, number>): WriteIds {
  return (token, form, ids, at) => {
    let place = at;
    for (const value of valuesOf(token, form)) ids[place++] = rows.get(value) ?? UNKNOWN_ID;
  };
}

function tableOfForms(vocabulary: Vocabulary): RowTable {
  return new RowTable(FORM, vocabulary.words, (_token, form, ids, at) => {
    ids[at] = vocabulary.idOfForm(form);
  });
}

/** The table of one division of words into clusters, which is no feature's. */
function clustersTable(place: number): Pick<WordFeature, 'name' | 'part' | 'named'> {
  return { name: `clusters${place + 1}`, part: CLUSTERS, named: 1 };
}

/** Returns the shapes of the tables of clusters, in their order. */
export function shapesOfClusters(clusterings: readonly Pick<Clustering, 'size'>[]): TableShape[] {
  return clusterings.map(({ size }, place) => new TableShape(clustersTable(place), size));
}

function tablesOfClusters(clusters: WordClusters): RowTable[] {
  return clusters.clusterings.map(({ size }, place) => {
    const values = Array.from({ length: size }, (_, cluster) => `${cluster}`);
    return new RowTable(clustersTable(place), values, (token, form, ids, at) => {
      ids[at] = clusters.idOf(token, form, place);
    });
  });
}

function tableOfVectors(vectors: VectorWords): RowTable {
  const write: WriteIds = (token, form, ids, at) => {
    ids[at] = vectors.idOf(token, form);
  };
  return new RowTable(VECTORS, vectors.words, write, vectors.width);
}

/** The table of one dictionary, which is no feature's. */
function dictionaryTable(place: number): Pick<WordFeature, 'name' | 'part' | 'named'> {
  return { name: `dictionary${place + 1}`, part: 'dictionaries', named: 1 };
}

/** Returns the shapes of the tables of so many dictionaries, in their order. */
export function shapesOfDictionaries(count: number): TableShape[] {
  return Array.from({ length: count }, (_, place) => new TableShape(dictionaryTable(place), NAME_VALUES.length));
}

function tablesOfDictionaries({ list }: Dictionaries): RowTable[] {
  return list.map(
    (_, place) =>
      new RowTable(dictionaryTable(place), NAME_VALUES, (_token, _form, ids, at, mark) => {
        ids[at] = valueOfMark(mark, place);
      }),
  );
}

/**
 * What tokens are known by: tables of rows, of which each token names some.
 * Training and tagging find features here, and only here.
 */
export class FeatureSet {
  readonly features: readonly WordFeature[];
  /** The words that forms are; its way of folding also holds for affixes. */
  readonly vocabulary: Vocabulary;
  /** The values of all features but the form. */
  readonly others: readonly FeatureValues[];
  readonly knowledge: WordKnowledge;
  /** The table of each feature, in their order, those of the clusters, that of the vectors, and those of the dictionaries. */
  readonly tables: readonly RowTable[];

  /** @param others the values of each feature but the form, in the order of the features */
  constructor(
    features: readonly WordFeature[],
    vocabulary: Vocabulary,
    others: readonly FeatureValues[],
    knowledge: WordKnowledge = {},
  ) {
    this.features = features;
    this.vocabulary = vocabulary;
    this.others = others;
    this.knowledge = knowledge;
    const { clusters, vectors, dictionaries } = knowledge;
    const values = new Map(others.map((each) => [each.name, each.values]));
    this.tables = [
      ...features.map((each) =>
        each === FORM ? tableOfForms(vocabulary) : tableOf(each, values.get(each.name) ?? []),
      ),
      ...(clusters ? tablesOfClusters(clusters) : []),
      ...(vectors ? [tableOfVectors(vectors)] : []),
      ...(dictionaries ? tablesOfDictionaries(dictionaries) : []),
    ];
  }

  /** Whether the rows of a token depend on the other tokens of its document. */
  get seesDocuments(): boolean {
    return this.features.includes(DOCUMENT);
  }

  /**
   * Returns a mark for each token of a sentence, which says where it stands in names of dictionaries and how its word is written
   * elsewhere in its document; undefined if nothing is known of either.
   *
   * @param values those of `valuesInDocuments`; undefined if the sentence stands alone
   */
  marksOf(tokens: readonly string[], values?: Int32Array): Int32Array | undefined {
    const names = this.knowledge.dictionaries?.marksOf(tokens);
    if (!values || !this.seesDocuments) return names;
    return values.map((value, t) => markWith(value, names?.[t]));
  }

  /**
   * Writes the rows that a token names to `ids` from `start` on, table by table.
   *
   * @param mark one of `marksOf`; 0 if nothing is known
   */
  writeIds(token: string, ids: Int32Array, start: number, mark = 0): void {
    const form = foldWord(token, this.vocabulary.form);
    let place = start;
    for (const table of this.tables) {
      table.writeIds(token, form, ids, place, mark);
      place += table.named;
    }
  }
}

/** Returns the features whose values a checkpoint lists: all but the form, whose values are the vocabulary. */
export function listedFeatures(features: readonly WordFeature[]): WordFeature[] {
  return features.filter((feature) => feature !== FORM);
}

/**
 * Collects the features of a corpus: all affixes of at least two forms, all shapes and letters of at least two tokens, and all
 * values of features that have the same everywhere.
 */
export function collectFeatures(
  sentences: TokenLists,
  features: readonly WordFeature[],
  vocabulary: Vocabulary,
  knowledge: WordKnowledge = {},
): FeatureSet {
  const counted = listedFeatures(features).map((feature) => ({ feature, counts: new Map<string, number>() }));
  const seenTokens = new Set<string>();
  const seenForms = new Set<string>();
  for (const { tokens } of sentences) {
    for (const token of tokens) {
      if (seenTokens.has(token)) continue;
      seenTokens.add(token);
      const form = foldWord(token, vocabulary.form);
      const isNewForm = !seenForms.has(form);
      seenForms.add(form);
      for (const { feature, counts } of counted) {
        if (feature.isOfForm && !isNewForm) continue;
        const values = feature.valuesOf(token, form);
        for (const value of values.length === 1 ? values : new Set(values))
          counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  }
  const others = counted.map(({ feature: { name, allValues }, counts }) => {
    return { name, values: allValues ?? seenTwice(counts) };
  });
  return new FeatureSet(features, vocabulary, others, knowledge);
}

/** Returns the values with a count of at least two, the most frequent first, ties in code-unit order. */
function seenTwice(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort(([valueA, countA], [valueB, countB]) => countB - countA || (valueA < valueB ? -1 : 1))
    .map(([value]) => value);
}
