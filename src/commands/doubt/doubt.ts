import { noEntityNotices, outsideNotice } from '../../corpora/notices.js';
import { readLabelledCorpus } from '../../corpora/read-corpus.js';
import type { DictionaryFile } from '../../corpora/read-dictionaries.js';
import { findPlaces } from '../../corpora/sentence-places.js';
import { badInput, badUsage } from '../../errors.js';
import { findDoubts, followDoubts } from '../../evaluation/doubts.js';
import { type Finding, findingOf } from '../../evaluation/finding.js';
import type { CorpusReading } from '../../formats/format.js';
import { encodeDictionaries } from '../../model/checkpoint-dictionaries.js';
import { nameOf } from '../../node/files.js';
import { type PresetName, resolveSettings, type SettingsInput } from '../../settings/settings.js';
import { LARGEST_SEED } from '../../settings/training.js';
import { at } from '../../text/at.js';
import { countEach, counted, grouped } from '../../text/counts.js';
import { createKnownReader } from '../../text/possible-labels.js';
import { describeScheme, hasSpans, type Scheme } from '../../text/scheme.js';
import { type Notice, noticesOf, noticesOfCorpus, Work } from '../story.js';
import { readCommonDictionaries } from '../train/dictionaries.js';
import { namesOfGiven, networkToTrain, uselessSettings } from '../train/useless-settings.js';
import { judgeAll, planJudging } from './judge-all.js';

export interface DoubtOptions {
  readonly files: readonly string[];
  readonly reading: CorpusReading;
  readonly preset?: PresetName | undefined;
  /** `folds`, from 2, is the number of the parts of which each is judged by a network that was trained on the others. */
  readonly settings: SettingsInput;
  /** How often the corpus is divided anew, and so the number of the networks that judge a sentence. */
  readonly rounds?: number | undefined;
  /** Files of names, whose matches the networks see. */
  readonly dictionaries?: readonly DictionaryFile[] | undefined;
  /** Trainings at once; by default as many as there are processors. */
  readonly workers?: number | undefined;
}

/** A network has been trained, and has judged its part. */
export interface JudgedEvent {
  readonly kind: 'judged';
  readonly done: number;
  readonly of: number;
}

export interface DoubtReport {
  readonly sentences: number;
  /** Number of spans of the corpus, or of its tokens if tags spell none. */
  readonly spans: number;
  readonly scheme: Scheme;
  /** The most doubtful first. */
  readonly findings: readonly Finding[];
}

const USUAL_FOLDS = 4;

/** The number of rounds if none is given. */
export const USUAL_ROUNDS = 2;

/** With fewer entities, networks know too little to doubt labels. */
const FEW_SPANS = 1000;

/**
 * Finds labels of a corpus that are probably wrong: trains on folds, so that each sentence is judged by networks that have
 * not seen it, and ranks what they doubt.
 *
 * @throws UserError if the corpus or the settings are not as they should be
 */
export async function* doubt(options: DoubtOptions): AsyncGenerator<Notice | JudgedEvent, DoubtReport, undefined> {
  const { files, preset, rounds = USUAL_ROUNDS } = options;
  const resolved = resolveSettings(options.settings, preset);
  const { folds = USUAL_FOLDS, ...settings } = options.settings;
  if (settings.outsideRate !== undefined)
    throw badUsage('--outside-rate is about the corpora of rnn train --partial, and there is none', 'leave it out');
  if (folds < 2)
    throw badUsage(
      `--folds ${folds}: each part is judged by networks that were trained on the others`,
      'say 2 or more',
    );
  const { seed, outside } = resolved;
  if (seed + rounds * folds - 1 > LARGEST_SEED)
    throw badUsage(
      `${rounds * folds} seeds from ${seed} go beyond the largest, ${LARGEST_SEED}`,
      'use a smaller --seed',
    );
  const name = files.map(nameOf).join(', ');
  const reading = { ...options.reading, outside };
  const corpus = await readLabelledCorpus(files, reading, name);
  const { sentences, scheme } = corpus;
  const tasks = planJudging(sentences, { seed, folds, rounds });
  if (tasks.length === 0)
    throw badInput(
      `${name}: expected at least two different sentences, found one`,
      'a sentence is judged by networks that were trained on others',
    );
  yield* noticesOfCorpus(corpus);
  yield* noticesOf(
    describeScheme(scheme),
    ...outsideNotice(name, sentences, outside),
    ...noEntityNotices(name, corpus, corpus),
  );
  const readGiven = createKnownReader(scheme);
  const given = sentences.map(readGiven);
  const spans = given.reduce((sum, { length }) => sum + length, 0);
  if (spans > 0 && spans < FEW_SPANS && hasSpans(scheme))
    yield* noticesOf(
      `warning: ${name} has few entities (${grouped(spans)}): networks learn little from them, and many doubts will be due to that`,
    );
  const dictionaries = yield* readCommonDictionaries(options.dictionaries ?? [], corpus, resolved);
  yield* noticesOf(...uselessSettings(namesOfGiven(settings), networkToTrain(options, resolved, scheme)));
  const stored = dictionaries && encodeDictionaries(dictionaries);
  const judging = new Work(
    judgeAll({ sentences, scheme, preset, settings, dictionaries: stored }, tasks, options.workers),
  );
  for await (const done of judging) yield { kind: 'judged', done, of: tasks.length };
  const judgements = await judging.result();
  const places = await findPlaces(corpus, files, reading);
  const found = given.map((own, index) => findDoubts(own, at(judgements, index), at(sentences, index).possible));
  yield* noticesOf(...unjudgedNotices(found.flatMap(({ unjudged }) => unjudged.map(({ label }) => label))));
  const findings = sentences.flatMap((sentence, index) => {
    const { doubts } = at(found, index);
    const own = at(given, index);
    const followed = followDoubts(own, doubts);
    return doubts.map((each) => findingOf(sentence, at(places, index), each, own, followed));
  });
  findings.sort((a, b) => b.doubt - a.doubt);
  return { sentences: sentences.length, spans, scheme, findings };
}

/** Tells of spans that were not judged, since the networks that had not seen them had not met their labels either. */
function unjudgedNotices(labels: readonly string[]): string[] {
  if (labels.length === 0) return [];
  const counts = [...countEach(labels)].map(([label, count]) => `${label} (${count})`).sort();
  return [
    `warning: ${counted(labels.length, 'span')} could not be judged, since its networks had not met the label: ${counts.join(', ')}`,
  ];
}
