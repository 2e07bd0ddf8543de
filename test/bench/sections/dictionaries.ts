import { readFileSync } from 'node:fs';
import { at } from '../../../src/text/at.js';
import { built } from '../built.js';
import { findCorpus } from '../corpora.js';
import type { Section } from '../section.js';

const CORPORA = ['bc5cdr/train.tsv', 'nerkor-hu/train.tsv', 'uner-pt-bosque/train.conll'];
const NAMES = 100_000;
const REPETITIONS = 7;

/** How fast the names of a large dictionary are found in text whose words are in many of them. */
export const sections: Section[] = [
  {
    name: 'dictionaries',
    async run() {
      const paths = CORPORA.map(findCorpus);
      if (paths.includes(undefined)) return { skipped: 'the corpora are not where they should be' };
      const sentences = paths.flatMap((path) => sentencesOf(readFileSync(path as string, 'utf8')));
      const tokens = sentences.reduce((sum, { length }) => sum + length, 0);
      const { Dictionaries } = await built('text/dictionaries');
      const { SortedWords } = await built('text/sorted-words');
      const names = SortedWords.of(namesFrom(sentences));
      const dictionaries = new Dictionaries([{ label: 'X', names }]);
      let found = 0;
      for (const sentence of sentences) dictionaries.find(sentence, () => found++);
      const seconds = Math.min(
        ...Array.from({ length: REPETITIONS }, () => {
          const began = process.cpuUsage();
          for (const sentence of sentences) dictionaries.marksOf(sentence);
          const { user, system } = process.cpuUsage(began);
          return (user + system) / 1e6;
        }),
      );
      return [
        {
          what: 'names of a dictionary found, one core',
          measured: tokens / seconds / 1e6,
          unit: 'million tokens/s',
          atLeast: 1,
          note: `${NAMES} names, found ${found} times in ${tokens} tokens`,
        },
      ];
    },
  },
];

function sentencesOf(columns: string): string[][] {
  return columns
    .split(/\r?\n\s*\r?\n/)
    .map((block) => block.split(/\r?\n/).flatMap((line) => line.split(/\s/)[0] || []))
    .filter(({ length }) => length > 0);
}

/** Makes names of one to three words: every second one stands in the text, the others are of its words in another order. */
function namesFrom(sentences: readonly (readonly string[])[]): string[] {
  const words = sentences.flat();
  const names = new Set<string>();
  for (let index = 0; names.size < NAMES; index++) {
    const length = 1 + (index % 3);
    const start = (index * 7919) % (words.length - 6);
    const isInText = index % 2 === 0;
    const name = Array.from({ length }, (_, place) => at(words, start + (isInText ? place : 2 * place + 1)));
    if (length > 1 || names.size % 3 === 0) names.add(name.join(' '));
  }
  return [...names].sort();
}
