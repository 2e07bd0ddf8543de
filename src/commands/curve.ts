import { badUsage } from '../errors.js';
import { describeCurve, type MeasuredCurve } from '../evaluation/learning-curve.js';
import { type PresetName, resolveSettings, type SettingsInput } from '../settings/settings.js';
import { LARGEST_SEED } from '../settings/training.js';
import { hasSpans } from '../text/scheme.js';
import { countTokens } from '../text/sentence.js';
import { chanceFor } from '../training/chance.js';
import { takePart } from '../training/part.js';
import { readTrainingData, type TrainingFiles } from './train/data.js';
import { TrainingPool } from './train/pool.js';

export interface CurveOptions {
  readonly files: TrainingFiles;
  readonly preset?: PresetName | undefined;
  readonly settings: SettingsInput;
  /** Parts of the training data, each above 0, to 1, rising. */
  readonly parts: readonly number[];
  /** Trainings on each part, from seeds that follow. */
  readonly seeds: number;
  /** Trainings at once. */
  readonly workers?: number | undefined;
  readonly tell: (event: CurveEvent) => void;
}

export type CurveEvent =
  | { readonly kind: 'notice'; readonly text: string }
  | {
      readonly kind: 'training';
      readonly part: number;
      readonly seed: number;
      readonly score: number;
      readonly measure: 'f1' | 'accuracy';
      readonly done: number;
      readonly of: number;
    };

/** A training of the curve. */
interface Cell {
  readonly part: number;
  readonly seed: number;
}

/**
 * Trains on growing parts of a corpus, from several seeds each, and tells what more data would bring. Each seed draws
 * parts of its own, smaller ones within larger ones; dev is the same for all.
 *
 * @throws UserError where corpora or settings are not as they should be
 */
export async function measureCurve(options: CurveOptions): Promise<MeasuredCurve> {
  const { tell, settings, preset, parts } = options;
  const { seed: first, outside } = resolveSettings(settings, preset);
  const seeds = Array.from({ length: options.seeds }, (_, index) => first + index);
  if (first + options.seeds - 1 > LARGEST_SEED)
    throw badUsage(
      `${options.seeds} seeds from ${first} go beyond the largest, ${LARGEST_SEED}`,
      'use a smaller --seed',
    );
  const reading = { ...options.files.reading, outside };
  const data = await readTrainingData({ files: { ...options.files, reading } }, first);
  for (const text of data.notices) tell({ kind: 'notice', text });
  const { sentences, scheme } = data.train;
  if (Math.round((parts[0] as number) * sentences.length) < 1)
    throw badUsage(`${parts[0]} of ${sentences.length} sentences is none`, 'begin with a larger part, see --parts');
  const measure = hasSpans(scheme) ? 'f1' : 'accuracy';
  const scored = data.test ? 'test' : 'dev';
  // The largest first, so that no thread is left alone with one at the end.
  const cells: Cell[] = [...parts].reverse().flatMap((part) => seeds.map((seed) => ({ part, seed })));
  const scores = new Map<string, number>();
  const pool = new TrainingPool(options.workers, cells.length);
  try {
    await pool.each(cells, async ({ part, seed }, run) => {
      const outcome = await run({ ...taskOf(options, first), part, settings: { ...settings, seed } });
      const score = (outcome.test ?? outcome.dev)[measure];
      scores.set(`${part} ${seed}`, score);
      tell({ kind: 'training', part, seed, score, measure, done: scores.size, of: cells.length });
    });
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

/** What every training has; its checkpoint goes nowhere. */
function taskOf(options: CurveOptions, holdOutSeed: number) {
  return { files: options.files, preset: options.preset, holdOutSeed, output: '-' };
}
