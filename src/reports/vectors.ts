import { grouped } from '../text/counts.js';
import { countWords, foldWord, UNKNOWN_ID, type WordForm } from '../text/vocabulary.js';
import type { VectorWords } from '../text/word-vectors.js';

type Sentences = readonly { readonly tokens: readonly string[] }[];

/** Fewer of the corpus's tokens than this, and a file of vectors is hardly the right one. */
const FEW = 0.3;

/** How much of a corpus pre-trained vectors cover, and a warning where it is little: a line each. */
export function vectorNotices(vectors: VectorWords, train: Sentences, dev: Sentences, form: WordForm): string[] {
  const forms = [...countWords(train, form).keys()];
  const known = forms.filter((word) => vectors.idOf(word, word) !== UNKNOWN_ID).length;
  const ofTrain = coveredTokens(vectors, train, form);
  const coverage =
    `vectors: ${grouped(vectors.width)} numbers each; ` +
    `they cover ${grouped(known)} of ${grouped(forms.length)} words of the corpus (${share(known / forms.length)}), ` +
    `${share(ofTrain)} of its tokens, ${share(coveredTokens(vectors, dev, form))} of dev’s`;
  if (ofTrain >= FEW) return [coverage];
  return [coverage, 'warning: few words have vectors: are they of the same language, and written in the same way?'];
}

/** The fraction of tokens that have a vector. */
function coveredTokens(vectors: VectorWords, sentences: Sentences, form: WordForm): number {
  let covered = 0;
  let all = 0;
  for (const { tokens } of sentences) {
    all += tokens.length;
    for (const token of tokens) if (vectors.idOf(token, foldWord(token, form)) !== UNKNOWN_ID) covered++;
  }
  return covered / Math.max(1, all);
}

/** As in `65.8 %`. */
function share(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}
