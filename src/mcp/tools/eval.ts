import * as z from 'zod';
import { evaluate } from '../../index.js';
import { evaluationJson } from '../../reports/evaluation-json.js';
import { defineTool } from '../tool.js';
import { corporaInput, modelInput, readParts } from './paths.js';

/** How many of the sentences with the most errors are told. */
const WORST = 10;

export const evalTool = defineTool({
  name: 'eval',
  description:
    'Scores a model on labelled corpora: precision, recall and F1 over all and by label, as fractions of 1, a 95 % interval, confusions, and the sentences with the most errors.',
  input: z.strictObject({
    model: modelInput,
    corpora: corporaInput,
    compare: z.string().optional().describe('Path of another checkpoint; tells whether the difference is chance.'),
  }),
  writes: false,
  async run({ model, corpora, compare }, { roots, signal, progress }) {
    const work = evaluate({
      model: await roots.input(model),
      corpora: (await readParts(roots, { corpora })).corpora,
      compare: compare === undefined ? undefined : await roots.input(compare),
      signal,
    });
    for await (const { sentences, count } of work) progress(sentences, count, `tagged ${sentences} of ${count}`);
    const { notices, ...result } = await work.result();
    // Files have the names that the agent gave, not those of the machine.
    const named = { ...result, model: result.model && { ...result.model, file: model }, files: corpora };
    const { wrong, ...scores } = JSON.parse(evaluationJson(named));
    return { ...scores, wrong: wrong.slice(0, WORST), wrongSentences: wrong.length, notices };
  },
});
