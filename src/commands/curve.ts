import { badUsage } from '../errors.js';
import { describeCurve, type MeasuredCurve } from '../evaluation/learning-curve.js';
import { STANDARD_STREAM } from '../node/files.js';
import { resolveSettings } from '../settings/settings.js';
import { LARGEST_SEED } from '../settings/training.js';
import { type Measure, measureOf } from '../text/measure.js';
import { countTokens } from '../text/sentence.js';
import { chanceFor } from '../training/chance.js';
import { takePart } from '../training/subsets.js';
import type { Notice } from './story.js';
import { holdNotices, noticesOf } from './story.js';
import { readTrainingData } from './train/data.js';
import { readCommonDictionaries } from './train/dictionaries.js';
import { TrainingPool } from './train/pool.js';
import type { PreparationOptions } from './train/prepare.js';
import { namesOfGiven, networkToTrain, uselessSettings } from './train/useless-settings.js';

export interface CurveOptions extends Pick<PreparationOptions, 'files' | 'preset' | 'settings' | 'dictionaries'> {
  /** Parts of the training data, as rising fractions above 0, to 1. */
  readonly parts: readonly number[];
  /** Number of trainings on each part, from seeds that follow. */
  readonly seeds: number;
  /** Trainings at once. */
  readonly workers?: number | undefined;
}

/** A training is done. */
export interface CurveTraining {
  readonly kind: 'training';
  readonly part: number;
  readonly seed: number;
  readonly score: number;
  readonly measure: Measure;
  readonly done: number;
  readonly of: number;
}

export type CurveEvent = Notice | CurveTraining;

/** A training of the curve. */
interface Training {
  readonly part: number;
  readonly seed: number;
}

/**
 * Trains on growing parts of a corpus, from several seeds each, and tells what more data would bring. Each seed draws
 * parts of its own, smaller ones within larger ones; dev is the same for all.
 *
 * @throws UserError if corpora or settings are not as they should be
 */
export async function* measureCurve(options: CurveOptions): AsyncGenerator<CurveEvent, MeasuredCurve, undefined> {
  const { files, settings, preset, parts, dictionaries = [] } = options;
  const resolved = resolveSettings(settings, preset);
  const { seed: first, outside } = resolved;
  const seeds = Array.from({ length: options.seeds }, (_, index) => first + index);
  if (first + options.seeds - 1 > LARGEST_SEED)
    throw badUsage(
      `${options.seeds} seeds from ${first} go beyond the largest, ${LARGEST_SEED}`,
      'use a smaller --seed',
    );
  const { train, test } = yield* holdNotices(readTrainingData({ files }, { seed: first, outside }));
  const { sentences, scheme } = train;
  yield* readCommonDictionaries(dictionaries, train, resolved);
  yield* noticesOf(...uselessSettings(namesOfGiven(settings), networkToTrain(options, resolved, scheme)));
  const smallest = Math.min(...parts);
  if (Math.round(smallest * sentences.length) < 1)
    throw badUsage(`${smallest} of ${sentences.length} sentences is none`, 'begin with a larger part, see --parts');
  const measure = measureOf(scheme);
  const scored = test ? 'test' : 'dev';
  // The largest first, so that no thread is left alone with one at the end.
  const trainings: Training[] = [...parts].reverse().flatMap((part) => seeds.map((seed) => ({ part, seed })));
  const scores = new Map<string, number>();
  const pool = new TrainingPool(options.workers, trainings.length);
  try {
    const outcomes = pool.each(trainings, async ({ part, seed }, run) => {
      // The checkpoint goes nowhere, and dev is the same for all.
      const task = {
        files,
        preset,
        dictionaries,
        holdOutSeed: first,
        output: STANDARD_STREAM,
        part,
        settings: { ...settings, seed },
      };
      const outcome = await run(task);
      return { part, seed, score: (outcome.test ?? outcome.dev)[measure] };
    });
    for await (const { part, seed, score } of outcomes) {
      scores.set(`${part} ${seed}`, score);
      yield { kind: 'training', part, seed, score, measure, done: scores.size, of: trainings.length };
    }
  } finally {
    pool.close();
  }
  const points = parts.map((part) => {
    const taken = seeds.map((seed) => takePart(sentences, part, chanceFor(seed, 'part')));
    const mean = (total: number): number => Math.round(total / seeds.length);
    return {
      part,
      sentences: mean(taken.reduce((sum, each) => sum + each.length, 0)),
      tokens: mean(taken.reduce((sum, each) => sum + countTokens(each), 0)),
      scores: seeds.map((seed) => scores.get(`${part} ${seed}`) as number),
    };
  });
  return { measure, scored, seeds, ...describeCurve(points, chanceFor(first, 'resampling')) };
}
