import * as z from 'zod';

export const LARGEST_SEED = 4_294_967_295;

/** Learning rates that suit an optimizer where the person names none. */
export const LEARNING_RATES = { sgd: 0.1, momentum: 0.02, adam: 0.005 } as const;

/** Steps of the warm-up where nobody says, and its part of all steps at most, so that short trainings learn. */
export const WARMUP = { steps: 100, part: 0.1 } as const;

/** A corpus of up to so many tokens is tiny. */
export const TINY = 5_000;

/** What suits a corpus of up to so many tokens where the person does not say: small ones need more and smaller steps. */
export const BY_SIZE = [
  { tokens: TINY, epochs: 30, batchSize: 4 },
  { tokens: 30_000, epochs: 15, batchSize: 8 },
  { tokens: 150_000, epochs: 12, batchSize: 16 },
  { tokens: Number.POSITIVE_INFINITY, epochs: 10, batchSize: 32 },
] as const;

function bySize(name: 'epochs' | 'batchSize'): string {
  const sizes = BY_SIZE.slice(0, -1).map(({ tokens }) => tokens.toLocaleString('en'));
  return `default: ${BY_SIZE.map((row) => row[name]).join(', ')} for up to ${sizes.join(', ')} and more tokens`;
}

function rate(help: string) {
  return z.number().min(0).lt(1).default(0.5).describe(help);
}

/** How the network learns. */
export const trainingSettings = {
  optimizer: z.enum(['sgd', 'momentum', 'adam']).default('adam').describe('rule of gradient descent'),
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
  epochs: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe(`passes over the training sentences (${bySize('epochs')})`),
  batchSize: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .describe(`sentences a step (${bySize('batchSize')})`),
  clip: z.number().positive().default(5).describe('largest norm of the gradient'),
  patience: z.int().min(1).optional().describe('stop after this many epochs without a better F1 on dev'),
  warmup: z
    .int()
    .min(0)
    .optional()
    .describe(`steps over which the learning rate rises from 0 (default: ${WARMUP.steps}, but a tenth of all at most)`),
  decay: z
    .enum(['none', 'linear'])
    .default('linear')
    .describe('how the learning rate falls: not, or to 2 % at the end'),
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
  networks: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe('networks trained one after another from different seeds, whose scores of tags are averaged'),
  seed: z.int().min(0).max(LARGEST_SEED).default(1).describe('fixes all chance'),
};
