import * as z from 'zod';
import { STAND_IN_STYLES } from '../text/stand-ins.js';

/** The formats of answers: `redacted` adds the text without its names. */
export const ANSWER_FORMATS = ['jsonl', 'redacted'] as const;

export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** The largest number of alternatives that a request may ask for; each takes time and memory for every token. */
const MOST_ALTERNATIVES = 20;

const count = z.int().min(0);

/** The fields of a record that say how it is tagged. */
export const howSchema = z.object({
  minConfidence: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Leaves out entities that are less probable. Only for models whose tags mark entities.'),
  top: count
    .max(MOST_ALTERNATIVES)
    .optional()
    .describe('The number of alternatives: the most probable ways to tag the sentence.'),
  to: z.enum(ANSWER_FORMATS).default('jsonl').describe('The format of the answer.'),
  style: z
    .enum(STAND_IN_STYLES)
    .optional()
    .describe('What stands for names, with "to": "redacted": their label, a number too, or another name.'),
});

export const recordSchema = z
  .strictObject({
    text: z.string().optional().describe('Text, which is cut into tokens unless these are given.'),
    tokens: z
      .array(
        z.union([
          z.string().min(1),
          z.looseObject({ text: z.string().min(1), start: count.optional() }).describe('A token as answers have it.'),
        ]),
      )
      .optional()
      .describe('The tokens, in order. Given with a text, they are looked for in it.'),
    id: z.union([z.string(), z.number()]).optional().describe('Is kept as it is.'),
    meta: z.unknown().optional().describe('Anything of your own; is kept as it is.'),
    ...howSchema.shape,
  })
  .describe('At least one of text and tokens. Any other field is refused.');

/** Offsets index the text in UTF-16 units, the end exclusive. */
const offsets = {
  start: count.describe('Offset of the first character, in UTF-16 units.'),
  end: count.describe('Offset after the last character, in UTF-16 units.'),
};

const spanSchema = z.object({ label: z.string(), ...offsets, text: z.string() });

export const taggedSchema = z.object({
  id: recordSchema.shape.id,
  meta: recordSchema.shape.meta,
  text: z.string(),
  tokens: z.array(z.object({ text: z.string(), ...offsets, tag: z.string() })),
  spans: z.array(spanSchema.extend({ confidence: z.number().min(0).max(1).optional() })),
  alternatives: z
    .array(z.object({ probability: z.number().min(0).max(1), tags: z.array(z.string()), spans: z.array(spanSchema) }))
    .optional(),
  redacted: z
    .object({
      text: z.string(),
      spans: z.array(z.object({ label: z.string(), ...offsets, original: z.object(offsets) })),
    })
    .optional()
    .describe('The text without its names, and where what stands for them is in both texts.'),
});

export const errorSchema = z.object({
  error: z.string().describe('What is wrong.'),
  hint: z.string().optional().describe('What to try.'),
});

export const healthSchema = z.object({
  status: z.literal('ok'),
  version: z.string().describe('The version of the server.'),
  requests: count.describe('The number of requests to tag that are being answered.'),
  models: z.array(
    z.object({
      name: z.string(),
      sha256: z.string().describe('The SHA-256 of the checkpoint, unpacked.'),
      labels: z.array(z.string()).readonly(),
    }),
  ),
});

export const readinessSchema = z.object({ status: z.enum(['ready', 'starting', 'ending']) });

export type Health = z.infer<typeof healthSchema>;
export type Readiness = z.infer<typeof readinessSchema>;
