import { z } from 'zod';

/** The shape of the network. */
export const networkSettings = {
  cell: z.enum(['elman']).default('elman').describe('recurrent cell'),
  direction: z.enum(['forward']).default('forward').describe('which way a sentence is read'),
  decoder: z.enum(['softmax']).default('softmax').describe('how tags are chosen'),
  hidden: z.int().min(1).max(8192).default(128).describe('size of the hidden state'),
};
