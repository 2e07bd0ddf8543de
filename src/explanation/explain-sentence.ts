import { confidentSpans } from '../model/decode.js';
import type { Language } from '../model/language.js';
import type { ModelForTagging } from '../model/model.js';
import type { Tagger } from '../model/tagger.js';
import { at } from '../numerics/at.js';
import { recode } from '../text/scheme.js';
import { UNKNOWN_ID } from '../text/vocabulary.js';
import type { ExplainedToken, Explanation, NamedRows, NetworkOpinion, TransitionScore } from './explanation.js';
import type { GoldTags } from './gold-tags.js';
import { nameMarginals, type TagCases, tagCases } from './tag-cases.js';
import { softmaxOf, tagMarginals } from './tag-marginals.js';
import { type ReasonsWanted, tagReasons } from './tag-reasons.js';
import { taggingDifferences } from './tagging-differences.js';
import { ReadSentence, type UnrolledModel } from './unrolled-model.js';
import type { UnrolledSentence } from './unrolled-sentence.js';

/** The number of ways to tag the sentence that are told: the best and the next two. */
const READINGS = 3;

/**
 * Explains how a model tags a sentence of at least one token.
 *
 * @param tagger tags with the model
 * @param unrolled the same model
 * @param gold gold tags, without which there are no losses
 * @param why the words for whose tags reasons are sought
 */
export function explainSentence(
  { language, network, temperature = 1 }: ModelForTagging,
  tagger: Pick<Tagger, 'predict'>,
  unrolled: UnrolledModel,
  tokens: readonly string[],
  gold?: GoldTags,
  why: ReasonsWanted = { words: [] },
): Explanation {
  const { cell, hidden, decoder } = network.plan;
  const [prediction] = tagger.predict([tokens], { confidence: true, top: READINGS });
  if (!prediction) throw new Error('a sentence without a prediction');
  const sentence = unrolled.read(tokens);
  const cases = tagCases(language);
  const opinions =
    sentence.sentences.length > 1
      ? sentence.sentences.map((each) => opinionOf(each, language, cases, gold))
      : undefined;
  const losses = gold && sentence.losses(gold.numbers);
  const reach = losses && sentence.reach(losses);
  const tables = language.features.tables.map((table) => table.name);
  const reasons = why.words.length > 0 ? tagReasons(sentence, cases, tables, prediction.tags, why) : undefined;
  const logits = sentence.forward();
  const best = sentence.first.decode(sentence.weights);
  const softmax = softmaxOf(sentence.first, logits);
  const differences = taggingDifferences(language, prediction, best, softmax);
  const path = decoder === 'crf' ? transitionsOf(sentence, best, logits, softmax, language) : undefined;
  const states = tokenStates(sentence);
  const rows = namedRows(language, unrolled, tokens);
  const probabilities = nameMarginals(cases, tagMarginals(sentence.first, logits, sentence.weights));
  return {
    network: { cell, hidden, decoder, networks: sentence.sentences.length, temperature },
    states: sentence.blocks(),
    tokens: tokens.map((text, t): ExplainedToken => {
      const { vocabulary } = language.features;
      return {
        text,
        tag: at(prediction.tags, t),
        ...(gold && { gold: at(gold.names, t) }),
        vocabulary: { index: vocabulary.idOf(text), size: vocabulary.size },
        features: at(rows, t),
        ...at(states, t),
        probabilities: at(probabilities, t),
        ...(path && { path: at(path.scores, t) }),
        ...(losses && { loss: at(losses, t).loss }),
      };
    }),
    spans: confidentSpans(prediction, language.scheme).map(({ confidence = 1, ...span }) => ({ ...span, confidence })),
    readings: prediction.alternatives ?? [],
    ...(path && { end: path.end }),
    ...(opinions && { opinions }),
    ...(losses && { loss: losses.reduce((sum, { loss }) => sum + loss, 0) }),
    ...(reach && { reach }),
    ...(differences.length > 0 && { differences }),
    ...(reasons && { reasons }),
  };
}

/** Returns the hidden states and gates of each token in all networks. */
function tokenStates(sentence: ReadSentence): Pick<ExplainedToken, 'hidden' | 'gates'>[] {
  const hidden = sentence.sentences.map((each) => each.hidden());
  const gates = sentence.sentences.map((each) => each.gates());
  return Array.from({ length: sentence.first.length }, (_, t) => {
    const open = gates.flatMap((each) => each?.[t] ?? []);
    return { hidden: hidden.flatMap((each) => at(each, t)), ...(open.length > 0 && { gates: open }) };
  });
}

/** Returns what one network of several says, with its own decoder. */
function opinionOf(
  own: UnrolledSentence,
  { tags, scheme, innerScheme }: Language,
  cases: TagCases,
  gold: GoldTags | undefined,
): NetworkOpinion {
  const sentence = new ReadSentence([own], own.decoder.weights);
  const losses = gold && sentence.losses(gold.numbers);
  const reach = losses && sentence.reach(losses);
  const logits = sentence.forward();
  const best = own.decode(sentence.weights).map((tag) => at(tags, tag));
  return {
    tags: recode(best, innerScheme, scheme),
    probabilities: nameMarginals(cases, tagMarginals(own, logits, sentence.weights)),
    ...(losses && { losses: losses.map(({ loss }) => loss) }),
    ...(reach && { reach }),
  };
}

/** Returns the scores of a conditional random field along the best path. */
function transitionsOf(
  { first, weights }: ReadSentence,
  best: readonly number[],
  logits: readonly Float64Array[],
  softmax: readonly Float64Array[],
  { tags }: Language,
): { readonly scores: TransitionScore[]; readonly end: number } {
  const { kernels, widths } = first.network;
  const W = widths.tags;
  const weightOf = (row: number, column: number): number => at(kernels.memory, weights + row * W + column);
  const scores = best.map((tag, t) => ({
    tag: at(tags, tag),
    emission: at(at(logits, t), tag),
    softmax: at(at(softmax, t), tag),
    transition: weightOf(best[t - 1] ?? W, tag),
  }));
  return { scores, end: weightOf(W + 1, at(best, best.length - 1)) };
}

/** Returns the rows that each token of a sentence names in each table. */
function namedRows(
  { features: { tables, knowledge } }: Language,
  { lexicon }: UnrolledModel,
  tokens: readonly string[],
): NamedRows[][] {
  const dictionaries = knowledge.dictionaries?.list ?? [];
  const firstOfDictionaries = tables.length - dictionaries.length;
  return Array.from(lexicon.encode(tokens), (word) =>
    tables.map(({ name, named, rows: size, values }, table) => {
      const label = dictionaries[table - firstOfDictionaries]?.label;
      return {
        table: name,
        ...(label !== undefined && { label }),
        size,
        rows: Array.from({ length: named }, (_, place) => {
          const row = lexicon.idOf(word, table, place);
          return row === UNKNOWN_ID ? { row } : { row, value: at(values, row - 1) };
        }),
      };
    }),
  );
}
