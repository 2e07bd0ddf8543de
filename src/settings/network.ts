import * as z from 'zod';
import { whole } from './whole.js';

/** The shape of the network. */
export const networkSettings = {
  cell: z
    .enum(['elman', 'gru', 'lstm', 'feedforward'])
    .default('gru')
    .describe('recurrent cell, or feedforward for a network that sees only the window'),
  direction: z.enum(['forward', 'both']).default('both').describe('reading direction: left to right, or both ways'),
  layers: whole(1, 8).default(1).describe('number of stacked recurrent layers'),
  decoder: z
    .enum(['softmax', 'crf'])
    .default('crf')
    .describe('how tags are chosen: each on its own, or as a sequence by a linear-chain CRF'),
  recode: z.boolean().default(true).describe('recode tags as BIOES for the network; files keep their own scheme'),
  documentShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('how far the scores of a word move to their mean over its occurrences in the document, from 0 to 1'),
  hidden: whole(1, 8192).default(128).describe('size of the hidden state'),
};
