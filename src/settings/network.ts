import * as z from 'zod';

/** The shape of the network. */
export const networkSettings = {
  cell: z
    .enum(['elman', 'gru', 'lstm', 'feedforward'])
    .default('gru')
    .describe('recurrent cell; feedforward is none: it sees the window alone'),
  direction: z
    .enum(['forward', 'both'])
    .default('both')
    .describe('which way sentences are read: left to right, or both ways'),
  layers: z.int().min(1).max(8).default(1).describe('recurrent layers, one upon another'),
  decoder: z
    .enum(['softmax', 'crf'])
    .default('crf')
    .describe('how tags are chosen: each for itself, or as a sequence (linear-chain CRF)'),
  recode: z
    .boolean()
    .default(true)
    .describe('spell names as BIOES inside the network, whatever the corpus has; never seen outside'),
  documentShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('how much the occurrences of a word in one document share what each says of it, from 0 to 1'),
  hidden: z.int().min(1).max(8192).default(128).describe('size of the hidden state'),
};
