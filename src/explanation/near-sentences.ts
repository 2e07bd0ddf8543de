import { at } from '../numerics/at.js';
import type { Explanation, NearSentence, NearSentences } from './explanation.js';
import type { ReadSentence, UnrolledModel } from './unrolled-model.js';

/** The number of sentences that are told. */
const SHOWN = 10;

/** A sentence of a corpus. */
interface CorpusSentence {
  readonly file: string;
  readonly line: number;
  readonly tokens: readonly string[];
  readonly tags: readonly string[];
}

/**
 * Finds the sentences of a corpus whose states in the top layer are the nearest, by the cosine of the angle between them.
 *
 * @param explanation the explanation of the sentence, by the same model
 * @param wanted the numbers of the words whose states are compared with those of single words; none: the mean over all words
 *   of the sentence is compared with that of other sentences
 */
export function nearSentences(
  unrolled: UnrolledModel,
  { states, tokens }: Pick<Explanation, 'states' | 'tokens'>,
  corpus: readonly CorpusSentence[],
  wanted: readonly number[],
): NearSentences[] {
  const top = Math.max(...states.map(({ layer }) => layer));
  const isTop = states.map(({ layer }) => layer === top);
  const topOf = (hidden: readonly (readonly number[])[]): number[] => hidden.filter((_, block) => isTop[block]).flat();
  const own = tokens.map(({ hidden }) => topOf(hidden));
  const questions =
    wanted.length > 0 ? wanted.map((token) => ({ token, state: at(own, token) })) : [{ state: meanOf(own) }];
  const found = questions.map((): NearSentence[] => []);
  for (const { file, line, tokens: words, tags } of corpus) {
    if (words.length === 0) continue;
    const read = statesOf(unrolled.read(words)).map(topOf);
    for (const [place, { state, ...asked }] of questions.entries()) {
      const candidates = 'token' in asked ? read : [meanOf(read)];
      const similarities = candidates.map((each) => cosineOf(state, each));
      const similarity = Math.max(...similarities);
      const list = at(found, place);
      if (list.length === SHOWN && similarity <= at(list, SHOWN - 1).similarity) continue;
      const token = 'token' in asked ? { token: similarities.indexOf(similarity) } : {};
      list.push({ file, line, tokens: words, tags, ...token, similarity });
      list.sort((a, b) => b.similarity - a.similarity);
      if (list.length > SHOWN) list.pop();
    }
  }
  return questions.map(({ state: _, ...asked }, place) => ({ ...asked, sentences: at(found, place) }));
}

/** Returns the states of all networks, (T, blocks, H). */
function statesOf(sentence: ReadSentence): number[][][] {
  sentence.forward();
  const networks = sentence.sentences.map((each) => each.hidden());
  return Array.from({ length: sentence.first.length }, (_, t) => networks.flatMap((hidden) => at(hidden, t)));
}

function meanOf(states: readonly (readonly number[])[]): number[] {
  return at(states, 0).map((_, i) => states.reduce((sum, state) => sum + at(state, i), 0) / states.length);
}

/** Returns the cosine of the angle between two states; 0 if one of them has no direction. */
function cosineOf(one: readonly number[], other: readonly number[]): number {
  let product = 0;
  let squares = 0;
  let otherSquares = 0;
  for (const [i, a] of one.entries()) {
    const b = at(other, i);
    product += a * b;
    squares += a * a;
    otherSquares += b * b;
  }
  const norm = Math.sqrt(squares * otherSquares);
  return norm === 0 ? 0 : product / norm;
}
