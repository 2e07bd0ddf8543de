import * as z from 'zod';

/** Each is one one-hot vector of a token, or one for each length of an affix, or for each letter that is read. */
const FEATURES = ['form', 'prefixes', 'suffixes', 'shape', 'casing', 'letters'] as const;

/** What of a token is seen where nobody says; letters need rows side by side. */
export const FEATURES_BY_INPUT = {
  concatenate: FEATURES.join(','),
  sum: FEATURES.filter((feature) => feature !== 'letters').join(','),
} as const;

/** The window of a network that sees nothing else of a sentence, where nobody says. */
export const FEEDFORWARD_WINDOW = 2;

/** Names that stand for several. */
const GROUPS: Readonly<Record<string, readonly string[]>> = { affixes: ['prefixes', 'suffixes'] };

const LISTED = ['form', 'affixes', 'prefixes', 'suffixes', 'shape', 'casing', 'letters'].join(', ');

/** The features that a list names, in the order in which their rows stand; undefined where it names none or others. */
export function parseFeatures(list: string): (typeof FEATURES)[number][] | undefined {
  const names = list.split(',').flatMap((name) => GROUPS[name.trim()] ?? [name.trim()]);
  if (names.some((name) => !FEATURES.some((feature) => feature === name))) return undefined;
  return FEATURES.filter((feature) => names.includes(feature));
}

const featureList = z.string().transform((list, context) => {
  const features = parseFeatures(list);
  if (features) return features.join(',');
  context.addIssue({ code: 'custom', message: `expected some of ${LISTED}` });
  return z.NEVER;
});

/** What of a token and of its neighbours becomes one-hot vectors, and how their rows meet the recurrence. */
export const featureSettings = {
  features: featureList
    .default(FEATURES_BY_INPUT.concatenate)
    .meta({ expected: `some of ${LISTED}, with commas between` })
    .describe(`what a token is known by: some of ${LISTED} (default: all; all but letters with --input sum)`),
  window: z
    .int()
    .min(0)
    .max(5)
    .optional()
    .describe(
      `neighbours on each side whose features are seen beside the token’s own (default: 0; ${FEEDFORWARD_WINDOW} for feedforward with rows side by side)`,
    ),
  wide: z
    .boolean()
    .default(false)
    .describe(
      'add scores of tags for the word and two neighbours on each side straight to the output, beside the recurrence',
    ),
  input: z
    .enum(['sum', 'concatenate'])
    .default('concatenate')
    .describe('how rows meet the recurrence: summed straight into it, or side by side through a product'),
  formWidth: z.int().min(1).max(1024).default(100).describe('numbers a row of the forms’ table, with concatenate'),
  affixWidth: z.int().min(1).max(1024).default(16).describe('the same of the tables of affixes and shapes'),
};
