import { expect, test } from 'vitest';
import { logProbabilityGradient } from '../../src/explanation/score-gradient.js';
import { nameMarginals, tagCases } from '../../src/explanation/tag-cases.js';
import { tagMarginals } from '../../src/explanation/tag-marginals.js';
import { UnrolledModel } from '../../src/explanation/unrolled-model.js';
import type { Scheme } from '../../src/text/scheme.js';
import { drawModel } from '../helpers/small-model.js';
import { createSpreadKernels } from '../helpers/spread-doubles.js';

const TOKENS = ['Ada', 'lives', 'Bridge', 'in'];
const BIOES = ['B-PER', 'E-PER', 'I-PER', 'O', 'S-LOC', 'S-PER'];
const STEP = 1e-4;

test.each<Scheme['name']>(['iob1', 'iob2', 'bioes', 'plain'])(
  'the gradient of the logarithm of a probability in %s is the central difference by each logit',
  (name) => {
    const model = drawModel({
      tags: BIOES,
      scheme: { name, outside: 'O' },
      settings: { decoder: 'crf', recode: true },
    });
    const cases = tagCases(model.language);
    const read = new UnrolledModel(model, createSpreadKernels()).read(TOKENS);
    const logits = read.forward();
    const marginals = () => tagMarginals(read.first, logits, read.weights);
    const t = 2;
    for (const [tag, own] of cases) {
      const gradient = logProbabilityGradient(read, logits, marginals(), own, t);
      for (const [s, row] of logits.entries())
        for (const k of row.keys()) {
          const logAt = (by: number): number => {
            row[k] += by;
            const log = Math.log(nameMarginals(cases, marginals())[t][tag]);
            row[k] -= by;
            return log;
          };
          expect(gradient[s][k]).toBeCloseTo((logAt(STEP) - logAt(-STEP)) / (2 * STEP), 6);
        }
    }
  },
);
