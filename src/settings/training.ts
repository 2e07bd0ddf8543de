import * as z from 'zod';

/** Learning rates that suit an optimizer where the person names none. */
export const LEARNING_RATES = { sgd: 0.1, momentum: 0.02, adam: 0.002 } as const;

function rate(help: string) {
  return z.number().min(0).lt(1).default(0).describe(help);
}

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
  warmup: z.int().min(0).default(0).describe('steps over which the learning rate rises from 0'),
  decay: z.enum(['none', 'linear']).default('none').describe('how the learning rate falls: not, or to 2 % at the end'),
  inputDropout: rate('chance that a number of the input is dropped in training'),
  dropout: rate('chance that a number of the hidden states is dropped in training'),
  average: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe('decay of the moving average of weights that is scored and kept; 0 for the weights themselves'),
  unknownRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('chance that a word seen once is trained as the unknown word'),
  seed: z.int().min(0).max(4_294_967_295).default(1).describe('fixes all chance'),
};
