const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const EMOJI =
  '(?:\\p{RI}\\p{RI}|(?:\\p{Emoji_Presentation}|\\p{Extended_Pictographic}\\uFE0F)(?:\\uFE0F|\\p{EMod})*(?:\\u200D\\p{Extended_Pictographic}(?:\\uFE0F|\\p{EMod})*)*)';
const FULL_WIDTH =
  '\\u3001-\\u3003\\u3008-\\u3011\\u3014-\\u301B\\uFF01\\uFF08\\uFF09\\uFF0C\\uFF1A\\uFF1B\\uFF1F\\uFF5E';
/** Runs of letters of scripts that are written without spaces between words (group 1), and what is always a token. */
const PIECE = new RegExp(`([${UNSPACED}][${UNSPACED}ーｰ々〆〇\\p{M}]*)|${EMOJI}|(?<=.)-{2,}|—+|[${FULL_WIDTH}]`, 'gu');
const ASCII = /^(?!.+--)[\0-\x7f]*$/;
const ADDRESS = /^[("'<[]*(?:[a-z][a-z0-9+.-]*:\/\/|www\.|[\p{L}\p{N}._+-]+@[\p{L}\p{N}-]+\.)/iu;
const CHARACTERS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;
const CHARACTER = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーｰ々〆〇]\p{M}*|[^\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ーｰ々〆〇]+/gu;

/** How many UTF-16 units are segmented at a time: engines need time quadratic in the length. */
const LONGEST_RUN = 256;

/** How text without spaces is cut into words. */
export interface WordCutter {
  /** Tells whether the training corpus has a word. */
  readonly knows: (word: string) => boolean;
  /** Whether Chinese and Japanese are cut character by character. */
  readonly byCharacter: boolean;
}

/** A piece of a text; a token is not cut further. */
interface Piece {
  readonly length: number;
  readonly isToken: boolean;
}

/**
 * Cuts a text without white space around emoji and dashes, and around runs of a script that is written without spaces, which
 * are cut into words. An address is one piece.
 */
export function cutPieces(text: string, cutter: WordCutter): Piece[] {
  if (ASCII.test(text) || ADDRESS.test(text)) return [{ length: text.length, isToken: false }];
  const pieces: Piece[] = [];
  let position = 0;
  for (const match of text.matchAll(PIECE)) {
    if (match.index > position) pieces.push({ length: match.index - position, isToken: false });
    const words = match[1] === undefined ? [match[0]] : wordsOf(match[0], cutter);
    for (const { length } of words) pieces.push({ length, isToken: true });
    position = match.index + match[0].length;
  }
  if (position < text.length) pieces.push({ length: text.length - position, isToken: false });
  return pieces;
}

function wordsOf(run: string, { knows, byCharacter }: WordCutter): string[] {
  if (byCharacter && CHARACTERS.test(run)) return run.match(CHARACTER) ?? [];
  const words: string[] = [];
  for (let start = 0; start < run.length; ) {
    let end = Math.min(start + LONGEST_RUN, run.length);
    if (/[\udc00-\udfff]/.test(run[end] ?? '')) end--;
    for (const { segment } of segmenter().segment(run.slice(start, end))) words.push(...splitKnown(segment, knows));
    start = end;
  }
  return words;
}

/** Returns the segmenter for all texts. It is created once, since that takes time, and keeps nothing of a text. */
const segmenter = ((): (() => Intl.Segmenter) => {
  let made: Intl.Segmenter | undefined;
  return () => {
    made ??= new Intl.Segmenter('en', { granularity: 'word' });
    return made;
  };
})();

/** A word that the training corpus has not, in words that it has, the longest first, where it is made of such. */
function splitKnown(word: string, knows: WordCutter['knows']): string[] {
  if (knows(word)) return [word];
  const characters = [...word];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; ) {
    let end = characters.length;
    while (end > start && !knows(characters.slice(start, end).join(''))) end--;
    if (end === start) return [word];
    pieces.push(characters.slice(start, end).join(''));
    start = end;
  }
  return pieces;
}
