import { expect, test } from 'vitest';
import { tag } from '../../src/commands/tag.js';
import { writeCheckpoint } from '../../src/model/checkpoint.js';
import { ParallelTagger } from '../../src/tagging/parallel-tagger.js';
import { drawModel } from '../helpers/small-model.js';

const tagger = new ParallelTagger({ bytes: Buffer.from(writeCheckpoint(drawModel())), source: 'model.json' }, 1);

test('a bad first line in columns refuses its sentence alone, though lines come one by one and wait for answers', async () => {
  const sentences = [['', 'oops', 'Ada a O', 'lives b O', ''], ['London c O', ''], ['Ada d O']];
  const answers: string[] = [];
  let hear = (): void => {};
  const source = {
    source: 'pipe',
    async *lines() {
      for (const [index, sentence] of sentences.entries()) {
        const answered = new Promise<void>((resolve) => {
          hear = resolve;
        });
        for (const line of sentence) yield [line];
        if (index < sentences.length - 1) await answered;
      }
    },
    documents: () => [],
  };
  for await (const piece of tag(tagger, [source], { from: 'conll', to: 'jsonl', keepsGoing: true }))
    for (const line of Buffer.from(piece).toString().split('\n').filter(Boolean)) {
      const { error, text } = JSON.parse(line);
      answers.push(error ?? text);
      hear();
    }
  expect(answers).toEqual(['pipe:2: expected 3 columns, found 1', 'London', 'Ada']);
});
