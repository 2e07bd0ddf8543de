import { type ConllReaderOptions, createConllReader } from '../../src/formats/conll.js';
import type { Sentence } from '../../src/text/sentence.js';

/** Reads all sentences of a text. */
export function readConll(text: string, options: ConllReaderOptions): Sentence[] {
  const reader = createConllReader(options);
  const sentences: Sentence[] = [];
  for (const line of text.split('\n')) {
    const sentence = reader.push(line);
    if (sentence) sentences.push(sentence);
  }
  const last = reader.end();
  if (last) sentences.push(last);
  return sentences;
}
