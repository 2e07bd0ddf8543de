import { at } from '../numerics/at.js';
import type { Contribution, TagProbabilities, TagReasons } from './explanation.js';
import type { createNamer } from './tag-marginals.js';
import type { ReadSentence } from './unrolled-model.js';

/** The least probability whose logarithm is taken. */
const LEAST = 1e-300;

/**
 * Finds what the features of all words add to the tags of some words, by running the network without each of them: without a
 * feature, its word names the row of unknown values in the feature's table. The score of a tag is the logarithm of how many
 * times as probable it is as the most probable other tag; with a softmax, that is the difference of their logits.
 *
 * @param tables the names of the tables of features
 * @param tags the tags of all words
 * @param wanted the numbers of the words whose tags are asked about
 */
export function tagReasons(
  sentence: ReadSentence,
  name: ReturnType<typeof createNamer>,
  tables: readonly string[],
  tags: readonly string[],
  wanted: readonly number[],
): TagReasons[] {
  const whole = name(sentence.marginals());
  const questions = wanted.map((token) => {
    const tag = at(tags, token);
    const against = runnerUp(at(whole, token), tag);
    return { token, tag, against, score: scoreOf(at(whole, token), tag, against) };
  });
  const contributions = questions.map((): Contribution[] => []);
  for (const [token] of tags.entries())
    for (const [index, table] of tables.entries()) {
      const without = sentence.without(token, index, () => name(sentence.marginals()));
      for (const [place, asked] of questions.entries()) {
        const adds = asked.score - scoreOf(at(without, asked.token), asked.tag, asked.against);
        at(contributions, place).push({ token, table, adds });
      }
    }
  return questions.map((asked, place) => ({
    ...asked,
    contributions: at(contributions, place).sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds)),
  }));
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
