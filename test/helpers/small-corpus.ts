import type { Sentence } from '../../src/text/sentence.js';

/** A sentence from `Ada/B-PER lives/O`. */
export function sentenceOf(text: string, document = 0, line = 1): Sentence {
  const pairs = text.split(' ').map((piece) => piece.split('/'));
  return { tokens: pairs.map(([token]) => token), tags: pairs.map(([, tag]) => tag), document, line };
}

/** Eight sentences with names of four kinds, of one word and of more, and words that are now a name and now none. */
export const eightSentences: readonly Sentence[] = [
  'Mary/B-PER Shelley/I-PER wrote/O to/O Lord/B-PER Byron/I-PER from/O Geneva/B-LOC ./O',
  'Byron/B-PER swam/O across/O the/O Tagus/B-LOC in/O Lisbon/B-LOC ./O',
  'The/O University/B-ORG of/I-ORG Lisbon/I-ORG lies/O in/O the/O north/O of/O the/O city/O ./O',
  'Mary/B-PER taught/O English/B-MISC in/O the/O north/O ./O',
  'In/O May/O ,/O May/B-PER Morris/I-PER left/O for/O Iceland/B-LOC ./O',
  'Geneva/B-ORG beat/O Lisbon/B-ORG by/O two/O goals/O ./O',
  'Hail/O !/O',
  'Silence/O',
].map((text) => sentenceOf(text));

/** A sentence whose only use is that it stands in a corpus. */
export function plainSentence(number: number, document = 0): Sentence {
  return sentenceOf(`word${number}/O`, document, number + 1);
}
