import { badUsage } from '../../errors.js';
import type { Explanation } from '../../explanation/explanation.js';
import type { Film, Frame } from '../../explanation/film.js';
import { UnrolledModel } from '../../explanation/unrolled-model.js';
import type { ModelForTagging } from '../../model/model.js';
import { Network } from '../../model/network.js';
import { createTagger } from '../../model/tagger.js';
import { at } from '../../numerics/at.js';
import { createKernels } from '../../numerics/fastest.js';
import { PRESETS, type PresetName, type SettingsInput } from '../../settings/settings.js';
import { grouped } from '../../text/counts.js';
import { holdNotices, type Notice, noticesOf } from '../story.js';
import type { TrainEvent } from '../train/events.js';
import type { TrainingEnvironment } from '../train/network-work.js';
import { trainNetworks } from '../train/networks.js';
import { type PreparedTraining, prepareTraining } from '../train/prepare.js';
import { explainSubject } from './explain.js';
import { goldOf, readSubject, type Subject, type SubjectOptions } from './subject.js';

/** The settings of a film where no preset is named: the network of articles, and a duration that suits small corpora. */
const FILM_PRESET: PresetName = 'textbook';
const FILM_SETTINGS: SettingsInput = { epochs: 30, batchSize: 4 };

/** The largest number of epochs of a film, each of which has a picture of its own. */
const MOST_EPOCHS = 100;

export interface FilmOptions extends SubjectOptions, Omit<TrainingEnvironment, 'watch'> {
  /** Files of the corpus that is trained on. */
  readonly corpora: readonly string[];
  /** The file that scores each epoch; undefined if a part of the corpus is held out. */
  readonly dev?: string | undefined;
  readonly preset?: PresetName | undefined;
  readonly settings: SettingsInput;
}

/**
 * Trains one network, and explains a sentence before its first step and after each epoch.
 *
 * @throws {UserError} if corpora, settings, sentence or gold tags are not as they should be
 */
export async function* film(options: FilmOptions): AsyncGenerator<TrainEvent, Film, undefined> {
  const { prepared, model, subject } = yield* holdNotices(prepareFilm(options));
  const { kernels } = model.network;
  const used = kernels.used;
  const explanations: Explanation[] = [];
  const watch = (weights: Float32Array): void => {
    kernels.release(used);
    model.network.setWeights(weights);
    const unrolled = new UnrolledModel(model, createKernels());
    explanations.push(explainSubject(model, createTagger(model), unrolled, subject, { words: [] }));
  };
  const frames: Frame[] = [];
  const events = trainNetworks(prepared.work, { ...options, watch }, undefined, undefined);
  for (;;) {
    const { value, done } = await events.next();
    if (done) {
      if (value.some(({ stopped }) => stopped === 'diverged'))
        yield* noticesOf('warning: the training diverged, and the film ends there: try a lower --learning-rate');
      return [{ epoch: 0, explanation: at(explanations, 0) }, ...frames];
    }
    yield value;
    if (value.kind !== 'epoch') continue;
    const { epoch, loss, dev } = value.record;
    frames.push({ epoch, trainingLoss: loss, dev, explanation: at(explanations, epoch) });
  }
}

interface PreparedFilm {
  readonly prepared: PreparedTraining;
  /** A model whose network has no weights yet. */
  readonly model: ModelForTagging;
  readonly subject: Subject;
}

async function* prepareFilm(options: FilmOptions): AsyncGenerator<Notice, PreparedFilm, undefined> {
  const { corpora, dev, preset = FILM_PRESET, reading, pause } = options;
  const given = options.preset === undefined ? { ...FILM_SETTINGS, ...options.settings } : options.settings;
  const { networks = 1, folds = 0 }: SettingsInput = { ...PRESETS[preset], ...given };
  if (networks > 1 || folds > 0)
    throw badUsage('--train trains one network, and its settings ask for several', 'see --preset and --config');
  const settings = { ...given, networks: 1, folds: 0 };
  const prepared = yield* prepareTraining({ files: { corpora, dev, reading }, preset, settings, pause });
  const { work } = prepared;
  if (work.settings.epochs > MOST_EPOCHS)
    throw badUsage(
      `--train: expected at most ${MOST_EPOCHS} epochs, found ${grouped(work.settings.epochs)}`,
      'each epoch is a picture: ask for fewer with --epochs',
    );
  const network = new Network(createKernels(), work.plan);
  if (work.vectors) network.setVectors(work.vectors.numbers);
  const model = { settings: work.settings, language: work.language, network };
  const subject = yield* readSubject(options, model);
  goldOf(subject, model); // before the training, which would be for nothing
  return { prepared, model, subject };
}
