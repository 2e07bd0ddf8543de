import * as z from 'zod';
import { badInput } from '../errors.js';
import type { Comparison } from '../evaluation/comparison.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { Group } from '../evaluation/groups.js';
import type { Averages } from '../evaluation/seqeval.js';
import { mixBits } from '../numerics/random.js';
import { createScoredReader, recode, type Scheme } from '../text/scheme.js';
import type { PairedSentence } from '../text/sentence.js';

/** An evaluation, and whose tags it is of. */
export interface EvaluatedTags {
  readonly evaluation: Evaluation;
  readonly sentences: readonly PairedSentence[];
  /** The checkpoint that tagged: the name of its file, and the SHA-256 of what it holds unpacked, in hexadecimal; undefined for tags of another program. */
  readonly model?: { readonly file: string; readonly sha256: string } | undefined;
  /** Names of the files with the gold tags. */
  readonly files: readonly string[];
}

/** Returns an evaluation as one line of JSON, from which `readPredictions` can restore the predicted tags. */
export function evaluationJson({ evaluation, sentences, model, files }: EvaluatedTags): string {
  const { scheme, predictedScheme, seed, scores, seqeval, matching, illFormed, interval } = evaluation;
  const { confusion, calibration, comparison } = evaluation;
  return `${JSON.stringify({
    ...(model && { model }),
    files,
    ...scores,
    seqeval: { default: averagesJson(seqeval.default), strict: averagesJson(seqeval.strict) },
    matching,
    scheme,
    ...(predictedScheme.name !== scheme.name && { predictedScheme }),
    illFormed,
    interval: { ...interval, seed },
    confusion: confusion.map(({ gold = null, predicted = null, count }) => ({ gold, predicted, count })),
    byLength: toRecord(evaluation.byLength),
    ...(evaluation.byFamiliarity && { byFamiliarity: toRecord(evaluation.byFamiliarity) }),
    ...(calibration && {
      calibration: { expectedCalibrationError: calibration.error, bins: calibration.bins },
    }),
    ...(comparison && { comparison: comparisonJson(comparison) }),
    corpus: hashOf(sentences, scheme),
    wrong: evaluation.wrong.map(({ sentence, index, errors }) => {
      const { file, line, tokens, gold, predicted } = sentence;
      return { index, file, line, errors, tokens, gold, predicted };
    }),
  })}\n`;
}

/** Writes a missing mean as null. */
function averagesJson({ micro, macro, weighted }: Averages): unknown {
  return { micro, macro: macro ?? { precision: null, recall: null, f1: null }, weighted };
}

function toRecord(groups: readonly Group[]): Record<string, Omit<Group, 'name'>> {
  return Object.fromEntries(groups.map(({ name, ...scores }) => [name, scores]));
}

function comparisonJson({ name, scores, test, changed }: Comparison): unknown {
  const { precision, recall, f1 } = scores;
  return {
    other: { name, precision, recall, f1 },
    ...test,
    changed: changed.map(({ sentence, index, gain, spans, other }) => {
      const { file, line, tokens } = sentence;
      return { index, file, line, gain, tokens, gold: spans.gold, predicted: spans.predicted, other: other.predicted };
    }),
  };
}

const storedSchema = z.looseObject({
  corpus: z.string(),
  scheme: z.strictObject({ name: z.enum(['iob1', 'iob2', 'bioes', 'plain']), outside: z.string().optional() }),
  wrong: z.array(z.looseObject({ index: z.int().min(0), predicted: z.array(z.string()) })),
});

/**
 * Reads the predicted tags of each sentence from a JSON report of another tagger on the same sentences.
 *
 * @param source name of the report in messages
 * @param scheme of the gold tags, to which predicted tags are recoded
 * @throws {UserError} if the text is not such a report, or the report is on another corpus; exit code 3
 */
export function readPredictions(
  text: string,
  source: string,
  sentences: readonly PairedSentence[],
  scheme: Scheme,
): (readonly string[])[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badInput(`${source}: expected JSON, found other text`, 'give a checkpoint or a report of rnn eval --to json');
  }
  const stored = storedSchema.safeParse(json);
  if (!stored.success)
    throw badInput(
      `${source}: expected a checkpoint or a report of rnn eval --to json, found other JSON`,
      'give the model.json or the JSON report of the other tagger',
    );
  const { name, outside } = stored.data.scheme;
  if (stored.data.corpus !== hashOf(sentences, scheme))
    throw badInput(`${source}: the report is on other sentences or gold tags`, 'score both taggers on the same corpus');
  const tags: (readonly string[])[] = sentences.map(({ gold }) => gold);
  for (const { index, predicted } of stored.data.wrong) {
    if (predicted.length !== tags[index]?.length)
      throw badInput(`${source}: damaged: sentence ${index} has another number of tokens`, 'make the report again');
    tags[index] = recode(predicted, { name, outside }, scheme);
  }
  return tags;
}

/** Returns eight hexadecimal digits that identify a corpus by its tokens and gold spans, whatever its tag scheme. */
function hashOf(sentences: readonly PairedSentence[], scheme: Scheme): string {
  const read = createScoredReader(scheme);
  let hash = sentences.length;
  const add = (text: string): void => {
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ 0x10000, 0x01000193);
  };
  for (const { tokens, gold } of sentences) {
    tokens.forEach(add);
    for (const { label, start, end } of read(gold)) add(`${label} ${start} ${end}`);
  }
  return mixBits(hash).toString(16).padStart(8, '0');
}
