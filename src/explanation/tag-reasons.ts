import { at } from '../numerics/at.js';
import type { Contribution, TagProbabilities, TagReasons } from './explanation.js';
import { logProbabilityGradient } from './score-gradient.js';
import { nameMarginals, type TagCases } from './tag-cases.js';
import { tagMarginals } from './tag-marginals.js';
import type { ReadSentence } from './unrolled-model.js';

/** The least probability whose logarithm is taken. */
const LEAST = 1e-300;

/** The questions about the reasons for tags. */
export interface ReasonsWanted {
  /** The numbers of the words whose tags are asked about. */
  readonly words: readonly number[];
  /** True if gradient times input is told beside what removal shows. */
  readonly gradient?: boolean | undefined;
}

/** A tag that is asked about. */
interface Question extends Pick<TagReasons, 'token' | 'tag' | 'against' | 'score'> {}

/**
 * Finds what the features of all words add to the tags of some words, by running the network without each of them: without a
 * feature, its word names the row of unknown values in the feature's table. The score of a tag is the logarithm of how many
 * times as probable it is as the most probable other tag; with a softmax, that is the difference of their logits.
 *
 * @param tables the names of the tables of features
 * @param tags the tags of all words
 */
export function tagReasons(
  sentence: ReadSentence,
  cases: TagCases,
  tables: readonly string[],
  tags: readonly string[],
  { words, gradient = false }: ReasonsWanted,
): TagReasons[] {
  const probabilities = (): TagProbabilities[] => nameMarginals(cases, sentence.marginals());
  const whole = probabilities();
  const questions = words.map((token): Question => {
    const tag = at(tags, token);
    const against = runnerUp(at(whole, token), tag);
    return { token, tag, against, score: scoreOf(at(whole, token), tag, against) };
  });
  const products = gradient ? questions.map((asked) => gradientTimesInput(sentence, cases, asked)) : undefined;
  const contributions = questions.map((): Contribution[] => []);
  for (const [token] of tags.entries())
    for (const [index, table] of tables.entries()) {
      const without = sentence.without(token, index, probabilities);
      for (const [place, asked] of questions.entries()) {
        const adds = asked.score - scoreOf(at(without, asked.token), asked.tag, asked.against);
        const product = products && { gradientTimesInput: at(at(at(products, place), token), index) };
        at(contributions, place).push({ token, table, adds, ...product });
      }
    }
  return questions.map((asked, place) => ({
    ...asked,
    contributions: at(contributions, place).sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds)),
  }));
}

/** Returns the gradient of a score by the one-hot vectors of each word's features, times these: (T, tables). */
function gradientTimesInput(sentence: ReadSentence, cases: TagCases, { token, tag, against }: Question): number[][] {
  const logits = sentence.forward();
  const whole = tagMarginals(sentence.first, logits, sentence.weights);
  const gradientOf = (name: string): Float64Array[] =>
    logProbabilityGradient(sentence, logits, whole, cases.get(name) ?? [], token);
  const [up, down] = [gradientOf(tag), gradientOf(against)];
  return sentence.gradientTimesInput(logits.map((row, s) => row.map((_, k) => at(at(up, s), k) - at(at(down, s), k))));
}

/** Returns the most probable tag but one; that one if there is no other. */
function runnerUp(probabilities: TagProbabilities, but: string): string {
  const others = Object.entries(probabilities).filter(([tag]) => tag !== but);
  return others.reduce((best, each) => (each[1] > best[1] ? each : best), others[0] ?? [but, 0])[0];
}

function scoreOf(probabilities: TagProbabilities, tag: string, against: string): number {
  const logOf = (name: string): number => Math.log(Math.max(LEAST, probabilities[name] ?? 0));
  return logOf(tag) - logOf(against);
}
