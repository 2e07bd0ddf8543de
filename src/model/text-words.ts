import { at } from '../numerics/at.js';
import { countOf, wordAt } from '../text/cut-tokens.js';
import type { TokenizedText } from '../text/record.js';
import { NO_DOCUMENT, type TextRange } from '../text/sentence.js';
import type { Lexicon } from './lexicon.js';

/**
 * Returns the numbers of the words of each sentence of each text, adding new words. Numbers that a text has already are taken,
 * unless its document decides which words its tokens are.
 *
 * @param documents the number of each text's document, or `NO_DOCUMENT`; undefined if all stand alone
 */
export function encodeTexts(
  texts: readonly TokenizedText[],
  lexicon: Lexicon,
  documents?: readonly number[],
): Int32Array[][] {
  const isInDocument = documents?.some((document) => document !== NO_DOCUMENT) && lexicon.features.seesDocuments;
  if (!documents || !isInDocument) return texts.map((text) => wordsOf(text, lexicon));
  const sentences = texts.map(sentencesOf);
  const documentOfEach = sentences.flatMap((own, index) => own.map(() => at(documents, index)));
  const words = lexicon.encodeAll(sentences.flat(), documentOfEach).values();
  return sentences.map((own) => own.map(() => words.next().value ?? new Int32Array()));
}

/** Returns the numbers of the words of each sentence of a text that stands alone. */
function wordsOf(text: TokenizedText, lexicon: Lexicon): Int32Array[] {
  const { words, breaks } = text;
  if (!words) return lexicon.encodeAll(sentencesOf(text));
  return breaks ? rangesOf(text).map(({ start, end }) => words.subarray(start, end)) : [words];
}

/** Returns the tokens of each sentence of a text. */
function sentencesOf(text: TokenizedText): string[][] {
  return rangesOf(text).map(({ start, end }) =>
    Array.from({ length: end - start }, (_, t) => wordAt(text.text, text, start + t)),
  );
}

/** Returns the sentences of a text as ranges of its tokens. */
function rangesOf(text: TokenizedText): TextRange[] {
  const ends = [...(text.breaks ?? []), countOf(text)];
  return ends.map((end, index) => ({ start: ends[index - 1] ?? 0, end }));
}
