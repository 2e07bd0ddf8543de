import { scoresOfHeldOut } from '../evaluation/score-tagger.js';
import type { HeldOutCounts } from '../model/held-out-counts.js';
import type { Inspection } from '../model/inspection.js';
import type { Annotation, Corpora, CorpusFingerprint, History } from '../model/model.js';
import { resolveSettings, type Settings } from '../settings/settings.js';
import { counted, grouped } from '../text/counts.js';
import { type Measure, measureOf } from '../text/measure.js';
import { describeScheme } from '../text/scheme.js';
import { historyText, MEASURE_NAMES } from './history-text.js';
import { bytesText, percent } from './numbers.js';
import { textTable } from './table.js';

/** Describes the contents of a checkpoint for a terminal of so many columns. */
export function inspectionText(inspection: Inspection, columns: number): string {
  const { settings, scheme, tags, corpora, parameters, weights, bytes, histories } = inspection;
  const networks = histories.length === 1 ? '' : `${histories.length} networks, `;
  const sections = [
    `${networks}${grouped(weights)} weights, ${bytesText(bytes)}\n`,
    `Settings (* marks those that differ from the default)\n${textTable(['setting', 'value'], settingRows(settings, corpora))}`,
    `${describeScheme(scheme).replace('tags', 'Tags')}\n${tags.join(' ')}\n`,
    vocabularyText(inspection),
    `Parameters${histories.length === 1 ? '' : ' of each network'}\n${textTable(
      ['parameter', 'shape', 'weights', 'type', 'size'],
      parameters.map(({ name, shape, count, type, bytes: size }) => [
        name,
        shape.join(' × '),
        grouped(count),
        type,
        bytesText(size),
      ]),
    )}`,
    corporaText(inspection),
    ...(inspection.heldOut ? [heldOutText(inspection.heldOut, measureOf(scheme))] : []),
    ...histories.map((history, index) =>
      describeHistory(history, measureOf(scheme), columns, histories.length === 1 ? 0 : index + 1),
    ),
  ];
  return sections.join('\n');
}

/** Returns settings as table rows, with a star if the value differs from the default for this corpus and network. */
export function settingRows(settings: Settings, { train }: Corpora): string[][] {
  const { cell, input, folds } = settings;
  const suiting = resolveSettings({ cell, input, folds }, 'default', train);
  const { cell: usualCell, input: usualInput } = resolveSettings();
  const defaults: Readonly<Record<string, unknown>> = { ...suiting, cell: usualCell, input: usualInput };
  return Object.entries(settings).map(([name, value]) => [
    `${name}${value === defaults[name] ? '' : ' *'}`,
    String(value),
  ]);
}

function vocabularyText({ vocabulary, features, entities }: Inspection): string {
  const { size, lowercase, foldDigits, mostFrequent } = vocabulary;
  const folded = [lowercase && 'lower-cased', foldDigits && 'digits folded'].filter(Boolean).join(', ');
  const lines = [
    'Vocabulary',
    `${counted(size, 'word')}, the unknown word included${folded && `; ${folded}`}`,
    `most frequent: ${mostFrequent.join(' ')}`,
  ];
  if (features.length > 0)
    lines.push(`features: ${features.map(({ name, values }) => `${name} ${grouped(values)}`).join(', ')}`);
  if (entities && entities.length > 0)
    lines.push(
      `distinct entities: ${entities.map(({ label, different }) => `${label} ${grouped(different)}`).join(', ')}`,
    );
  return `${lines.join('\n')}\n`;
}

function corporaText({
  corpora: { train, dev, keep },
  annotation,
  initial,
  temperature,
  ...known
}: Inspection): string {
  const describe = (name: string, { sha256, sentences, tokens }: CorpusFingerprint): string =>
    `${name.padEnd(5)}  ${counted(sentences, 'sentence')}, ${counted(tokens, 'token')}\n       sha256 ${sha256}\n`;
  const { clusters, dictionaries = [], vectors } = known;
  const parts = [
    describe('train', train),
    annotationText(annotation),
    dev ? describe('dev', dev) : 'dev    held out from train\n',
    keep ? describe('keep', keep) : '',
    clusters
      ? `clusters  ${counted(clusters.words, 'word')} in ${clusters.sizes.map(grouped).join(', ')} clusters\n${digestLine('sha256', clusters.sha256)}${digestLine('raw text sha256', clusters.raw)}`
      : '',
    vectors
      ? `vectors  ${counted(vectors.words, 'word')}, ${counted(vectors.width, 'number')} each\n       sha256 ${vectors.sha256}\n`
      : '',
    ...dictionaries.map(({ label, names }) => `dictionary ${label}  ${counted(names, 'name')}\n`),
    ...initial.map(
      ({ sha256, corpora }) =>
        `trained further from a model of ${counted(corpora.train.sentences, 'sentence')}\n       sha256 ${sha256}\n`,
    ),
    temperature === 1 ? '' : `confidences: scores are divided by ${Number(temperature.toPrecision(4))}\n`,
  ];
  return `Corpora\n${parts.join('')}`;
}

/** Tells how well held-out sentences were tagged before the networks learnt from them. */
function heldOutText(counts: HeldOutCounts, measure: Measure): string {
  const { interval, ...scores } = scoresOfHeldOut(counts);
  const range = measure === 'f1' ? `, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}` : '';
  return `Held out from each network in turn\n${MEASURE_NAMES[measure]} ${percent(scores[measure])}${range}, over ${counted(scores.sentences, 'sentence')}\n`;
}

/** Tells what was annotated of the training corpus; nothing if all was. */
function annotationText({ partial, files = [], unknown }: Partial<Annotation> = {}): string {
  const lines = [
    ...(partial ? ['any entity may be unmarked (--partial)'] : []),
    ...files.map(({ sha256, labels }) => `${labels.join(', ')} alone annotated in the file of sha256 ${sha256}`),
    ...(unknown ? [`${counted(unknown, 'token')} of which the tag is not known`] : []),
  ];
  return lines.map((line) => `       ${line}\n`).join('');
}

function digestLine(name: string, sha256: string | undefined): string {
  return sha256 === undefined ? '' : `       ${name} ${sha256}\n`;
}

function describeHistory(history: History, measure: Measure, columns: number, network: number): string {
  const best = history.epochs.find(({ epoch }) => epoch === history.bestEpoch);
  const score = best ? `, dev ${MEASURE_NAMES[measure]} ${percent(best.dev[measure])}` : '';
  const { wholeEpochs } = history;
  const whole = wholeEpochs === undefined ? '' : `, before ${counted(wholeEpochs, 'epoch')} over all sentences`;
  return [
    `History${network === 0 ? '' : ` of network ${network}`}\n`,
    `epoch ${history.bestEpoch} of ${history.epochs.length} was kept${score}${whole}\n`,
    historyText(history, measure, columns),
  ].join('');
}
