import { grouped } from '../text/counts.js';
import { countWords, foldWord, UNKNOWN_ID, type WordForm } from '../text/vocabulary.js';
import type { VectorWords } from '../text/word-vectors.js';

type Sentences = readonly { readonly tokens: readonly string[] }[];

/** Vectors that cover a smaller fraction of the corpus's tokens are probably not suitable. */
const FEW = 0.3;

/** Returns notices about how much of a corpus pre-trained vectors cover, with a warning if it is little. */
export function vectorNotices(vectors: VectorWords, train: Sentences, dev: Sentences, form: WordForm): string[] {
  const forms = [...countWords(train, form).keys()];
  const known = forms.filter((word) => vectors.idOf(word, word) !== UNKNOWN_ID).length;
  const ofTrain = coveredTokens(vectors, train, form);
  const coverage =
    `vectors: ${grouped(vectors.width)} numbers each; ` +
    `they cover ${grouped(known)} of ${grouped(forms.length)} words of the corpus (${share(known / forms.length)}), ` +
    `${share(ofTrain)} of its tokens and ${share(coveredTokens(vectors, dev, form))} of the tokens of dev`;
  if (ofTrain >= FEW) return [coverage];
  return [coverage, 'warning: few words have vectors; are the vectors for this language, and are words spelled alike?'];
}

/** Returns the fraction of tokens that have a vector. */
function coveredTokens(vectors: VectorWords, sentences: Sentences, form: WordForm): number {
  let covered = 0;
  let all = 0;
  for (const { tokens } of sentences) {
    all += tokens.length;
    for (const token of tokens) if (vectors.idOf(token, foldWord(token, form)) !== UNKNOWN_ID) covered++;
  }
  return covered / Math.max(1, all);
}

/** Formats a fraction in per cent: `0.658` as `65.8 %`. */
function share(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
