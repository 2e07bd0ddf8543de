import { built } from '../built.js';
import type { Section } from '../section.js';
import { median, secondsOf } from '../timing.js';

const TOKENS = 1_000_000;
const SENTENCE = 15;
const REPETITIONS = 5;
/** A tenth of the tags are not the gold ones. */
const WRONG = 0.1;

/** What scoring costs once the pairs are read: every count, matching, confusion, the bootstrap. */
export const sections: Section[] = [
  {
    name: 'scoring',
    async run() {
      const { evaluateTags } = await built('evaluation/evaluation');
      const { Random } = await built('numerics/random');
      const random = new Random(1);
      const tags = ['B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG', 'B-MISC', 'I-MISC', ...Array(24).fill('O')];
      const draw = (): string => tags[random.below(tags.length)] as string;
      const sentences = Array.from({ length: Math.ceil(TOKENS / SENTENCE) }, (_, index) => {
        const gold = Array.from({ length: SENTENCE }, draw);
        const predicted = gold.map((tag) => (random.uniform() < WRONG ? draw() : tag));
        return { tokens: gold.map((_, t) => `word${(index * SENTENCE + t) % 5000}`), gold, predicted, line: index };
      });
      const seconds = Array.from({ length: REPETITIONS }, () =>
        secondsOf(() => evaluateTags(sentences, { scheme: { name: 'iob2', outside: 'O' }, seed: 1 })),
      );
      return [
        {
          what: 'scoring a million tokens, 95 % interval included',
          measured: median(seconds),
          unit: 's',
          atMost: 1,
          note: `fastest ${Math.min(...seconds).toFixed(2)} s`,
        },
      ];
    },
  },
];
