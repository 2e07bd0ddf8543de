import * as z from 'zod';

/** Learning rates that suit an optimizer where the person names none. */
export const LEARNING_RATES = { sgd: 0.1, momentum: 0.02, adam: 0.002 } as const;

/** How the network learns. */
export const trainingSettings = {
  optimizer: z.enum(['sgd', 'momentum', 'adam']).default('sgd').describe('rule of gradient descent'),
  learningRate: z
    .number()
    .positive()
    .max(1000)
    .optional()
    .describe(
      `step size (default: ${Object.entries(LEARNING_RATES)
        .map(([optimizer, rate]) => `${rate} for ${optimizer}`)
        .join(', ')})`,
    ),
  epochs: z.int().min(1).max(100_000).default(15).describe('passes over the training sentences'),
  batchSize: z.int().min(1).max(100_000).default(32).describe('sentences a step'),
  clip: z.number().positive().default(5).describe('largest norm of the gradient'),
  patience: z.int().min(1).optional().describe('stop after this many epochs without a better F1 on dev'),
  unknownRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('chance that a word seen once is trained as the unknown word'),
  seed: z.int().min(0).max(4_294_967_295).default(1).describe('fixes all chance'),
};
