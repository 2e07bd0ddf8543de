/** What some corpora cut from the word that it stands at, or in, and others do not. */
export const CUTS = ['contractions', 'elisions', 'hyphens', 'slashes', 'percents', 'currencies', 'characters'] as const;

/**
 * `contractions`: did|n't, Anna|'s · `elisions`: l'|homme · `hyphens`: dose|-|related · `slashes`: mg|/|kg ·
 * `percents`: 7|% · `currencies`: $|5 · `characters`: Chinese and Japanese character by character instead of in words.
 */
export type Cut = (typeof CUTS)[number];

/** What the tokens of a corpus are like: what is cut. */
export type TokenConvention = readonly Cut[];

/** Of corpora that nobody has looked at: as the English treebanks do. */
export const USUAL_CONVENTION: TokenConvention = ['contractions', 'percents', 'currencies'];

/** Tokens that show that something is cut, and tokens that show that it is not. */
const SIGNS: Readonly<Record<Exclude<Cut, 'characters'>, readonly [cut: RegExp, kept: RegExp]>> = {
  contractions: [/^(?:n['’]t|['’](?:s|m|d|re|ll|ve))$/iu, /\p{L}(?:n['’]t|['’](?:s|m|d|re|ll|ve))$/iu],
  elisions: [/^\p{L}{1,6}['’]$/u, /^\p{L}{1,6}['’]\p{L}{2}/u],
  hyphens: [/^[-‐]$/u, /\p{L}[-‐]\p{L}/u],
  slashes: [/^\/$/u, /^[^:.]*\p{L}\/\p{L}/u],
  percents: [/^%$/u, /^\p{N}[\p{N}.,]*%$/u],
  currencies: [/^[$€£¥]$/u, /^[$€£¥]\p{N}/u],
};

/** How many times as many signs of the one there must be as of the other, where a lone sign may have stood alone in the text. */
const CLEARLY = 20;

/** So many tokens, at least, of so many have to be elided words, where words are. */
const ELISIONS_AMONG = 500;

const HAN = /^\p{sc=Han}+$/u;

/** Finds out by its tokens what a corpus cuts. */
export function findConvention(sentences: readonly { readonly tokens: readonly string[] }[]): TokenConvention {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { tokens } of sentences) {
    total += tokens.length;
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  }
  const count = (sign: (token: string) => boolean): number => {
    let sum = 0;
    for (const [token, times] of counts) if (sign(token)) sum += times;
    return sum;
  };
  return CUTS.filter((cut) => {
    if (cut === 'characters') {
      const han = count((token) => HAN.test(token));
      return han > 0 && count((token) => HAN.test(token) && [...token].length === 1) > 0.95 * han;
    }
    const [cutSign, keptSign] = SIGNS[cut];
    const [cuts, keeps] = [count((token) => cutSign.test(token)), count((token) => keptSign.test(token))];
    if (cut === 'hyphens' || cut === 'slashes') return cuts > CLEARLY * keeps && cuts >= CLEARLY;
    if (cut === 'elisions') return cuts > keeps && cuts * ELISIONS_AMONG > total;
    return cuts === keeps ? USUAL_CONVENTION.includes(cut) : cuts > keeps;
  });
}
