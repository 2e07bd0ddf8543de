import type { TokenLists } from './sentence.js';

/** The marks that some corpora cut from the word at or in which they stand, and others do not. */
export const CUTS = ['contractions', 'elisions', 'hyphens', 'slashes', 'percents', 'currencies', 'characters'] as const;

/**
 * `contractions`: did|n't, Anna|'s · `elisions`: l'|homme · `hyphens`: dose|-|related · `slashes`: mg|/|kg ·
 * `percents`: 7|% · `currencies`: $|5 · `characters`: Chinese and Japanese character by character instead of in words.
 */
export type Cut = (typeof CUTS)[number];

/** The marks that a corpus cuts. */
export type TokenConvention = readonly Cut[];

/** The convention of the English treebanks, which holds where a corpus shows none. */
export const USUAL_CONVENTION: TokenConvention = ['contractions', 'percents', 'currencies'];

/** Patterns of tokens that show that something is cut, and of tokens that show that it is not. */
const SIGNS: Readonly<Record<Exclude<Cut, 'characters'>, readonly [cut: RegExp, kept: RegExp]>> = {
  contractions: [/^(?:n['’]t|['’](?:s|m|d|re|ll|ve))$/iu, /\p{L}(?:n['’]t|['’](?:s|m|d|re|ll|ve))$/iu],
  elisions: [/^\p{L}{1,6}['’]$/u, /^\p{L}{1,6}['’]\p{L}{2}/u],
  hyphens: [/^[-‐]$/u, /\p{L}[-‐]\p{L}/u],
  slashes: [/^\/$/u, /^[^:.]*\p{L}\/\p{L}/u],
  percents: [/^%$/u, /^\p{N}[\p{N}.,]*%$/u],
  currencies: [/^[$€£¥]$/u, /^[$€£¥]\p{N}/u],
};

/**
 * How many times more tokens must show that hyphens or slashes are cut than that they are not: a lone hyphen may also have
 * stood alone in the text.
 */
const CLEARLY = 20;

/** One token in this many must be an elided word for elisions to be cut. */
const ELISIONS_AMONG = 500;

const HAN = /^\p{sc=Han}+$/u;

/** Finds out from its tokens what a corpus cuts. */
export function findConvention(sentences: TokenLists): TokenConvention {
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
