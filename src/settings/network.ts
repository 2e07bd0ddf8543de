import * as z from 'zod';

/** The shape of the network. */
export const networkSettings = {
  cell: z.enum(['elman', 'gru', 'lstm']).default('elman').describe('recurrent cell'),
  direction: z
    .enum(['forward', 'both'])
    .default('forward')
    .describe('which way sentences are read: left to right, or both ways'),
  decoder: z.enum(['softmax']).default('softmax').describe('how tags are chosen'),
  hidden: z.int().min(1).max(8192).default(128).describe('size of the hidden state'),
};
