import type { Evaluation } from '../evaluation/evaluation.js';
import type { EpochRecord, Model } from '../model/model.js';
import { counted, grouped } from '../text/counts.js';
import { measureOf } from '../text/measure.js';
import { hasSpans } from '../text/scheme.js';
import { CHART_STYLE, chartHtml } from './chart-svg.js';
import { SECTION_STYLE, sectionHtml } from './evaluation-html.js';
import { sectionsOf } from './evaluation-sections.js';
import { escapeHtml, htmlPage } from './html.js';
import { settingRows } from './inspection-text.js';
import { bytesText, percent } from './numbers.js';
import type { Section } from './report-structure.js';
import { type Runs, runsSection } from './runs-report.js';
import { type Forgetting, forgettingSection } from './score-table.js';

/** Maximum number of sentences shown of each corpus. */
const SENTENCES = 30;

/** The measurements of one epoch. */
export interface EpochFigures extends EpochRecord {
  /** Number of the run, from 1, and the seed of its network, if there are several runs. */
  readonly run?: number | undefined;
  readonly seed?: number | undefined;
  /** Number of the network within its run, from 1. */
  readonly network: number;
  readonly isBest: boolean;
  /** Including the scoring of dev. */
  readonly seconds: number;
  /** Speed of the training steps alone. */
  readonly tokensPerSecond: number;
  /** Memory of the whole process in bytes. */
  readonly memory: number;
}

/** All results that a report on a training shows. */
export interface TrainingFigures {
  readonly title: string;
  readonly model: Model;
  readonly epochs: readonly EpochFigures[];
  /** Undefined if the networks that had not seen dev are no longer there. */
  readonly dev: Evaluation | undefined;
  readonly test: Evaluation | undefined;
  readonly forgetting?: Forgetting | undefined;
  /** The results of several runs, of which the model is the best. */
  readonly runs?: Runs | undefined;
  /** Duration of the whole command. */
  readonly seconds: number;
  readonly tokensPerSecond: number;
  /** Number of weights of all networks. */
  readonly parameters: number;
}

/** Returns a report on a training as a self-contained HTML page: no script, no other files, no network. */
export function trainingHtml(figures: TrainingFigures): string {
  const { title, model, dev, test } = figures;
  const ofSpans = hasSpans(model.language.scheme);
  const evaluated = [
    ...(dev ? sectionsOf(dev, SENTENCES).map((section) => named(section, 'dev')) : []),
    ...(test ? sectionsOf(test, SENTENCES).map((section) => named(section, 'test')) : []),
  ];
  const forgotten = figures.forgetting ? [forgettingSection(figures.forgetting, model.language.scheme)] : [];
  const runs = figures.runs ? [runsSection(figures.runs, measureOf(model.language.scheme))] : [];
  const sections = [...runs, ...forgotten, ...evaluated, settingsSection(model), timesSection(figures)];
  const body = [
    `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(summaryOf(figures))}</p>\n`,
    `<section>\n<h2>Epoch by epoch</h2>\n${charts(figures)}</section>\n`,
    ...sections.map((section) => sectionHtml(section, ofSpans)),
  ];
  return htmlPage(title, body.join(''), SECTION_STYLE + CHART_STYLE);
}

function named(section: Section, part: string): Section {
  return { ...section, title: `${section.title} (${part})` };
}

function summaryOf({ model, dev, test, parameters }: TrainingFigures): string {
  const { history, corpora, language } = model;
  const score = ({ scores }: Evaluation): string =>
    hasSpans(language.scheme) ? `F1 ${percent(scores.f1)}` : `accuracy ${percent(scores.accuracy)}`;
  const parts = [
    dev ? `dev ${score(dev)}` : 'dev in folds, which all networks have since been trained on',
    ...(test ? [`test ${score(test)}`] : []),
    `epoch ${history.bestEpoch} of ${history.epochs.length} kept`,
    `${grouped(parameters)} weights`,
    `trained on ${counted(corpora.train.sentences, 'sentence')}, ${counted(corpora.train.tokens, 'token')}${corpora.dev ? '' : ' (from which dev was held out)'}`,
  ];
  return `${parts.join(' · ')}.`;
}

function charts({ model }: TrainingFigures): string {
  const histories = [model.history, ...(model.others ?? []).map(({ history }) => history)];
  const common = { labelX: 'epoch', formatX: (x: number) => (Number.isInteger(x) ? String(x) : '') };
  const drawn = histories.flatMap(({ epochs }, index) => {
    const of = histories.length > 1 ? ` of network ${index + 1}` : '';
    const points = (value: (record: EpochRecord) => number) =>
      epochs.map((record) => ({ x: record.epoch, y: value(record) }));
    const rates = hasSpans(model.language.scheme)
      ? [
          { name: 'F1', points: points(({ dev }) => dev.f1) },
          { name: 'precision', points: points(({ dev }) => dev.precision) },
          { name: 'recall', points: points(({ dev }) => dev.recall) },
        ]
      : [{ name: 'accuracy', points: points(({ dev }) => dev.accuracy) }];
    return [
      chartHtml({
        ...common,
        title: `Loss${of}`,
        series: [{ name: 'train', points: points(({ loss }) => loss) }],
        formatY: String,
      }),
      chartHtml({ ...common, title: `Dev${of}`, series: rates, formatY: (y) => String(Number((100 * y).toFixed(2))) }),
    ];
  });
  return `<div class="charts">\n${drawn.join('')}</div>\n`;
}

function settingsSection({ settings, corpora }: Model): Section {
  return {
    title: 'Settings',
    table: { head: ['setting', 'value'], rows: settingRows(settings, corpora) },
    notes: ['* differs from the default.'],
  };
}

function timesSection({ epochs, seconds, tokensPerSecond }: TrainingFigures): Section {
  const hasNetworks = epochs.some(({ network }) => network > 1);
  return {
    title: 'Times',
    table: {
      head: ['epoch', 'loss', 'seconds', 'tokens/s', 'memory'],
      rows: epochs.map(({ run, seed, network, epoch, loss, isBest, ...rest }) => [
        [
          ...(run === undefined ? [] : [`run ${run}, seed ${seed}: `]),
          ...(run === undefined && hasNetworks ? [`${network}: `] : []),
          `${epoch}${isBest ? ' (best so far)' : ''}`,
        ].join(''),
        loss.toFixed(3),
        rest.seconds.toFixed(2),
        grouped(Math.round(rest.tokensPerSecond)),
        bytesText(rest.memory),
      ]),
    },
    notes: [
      `${seconds.toFixed(1)} s in total, including reading and scoring; ${grouped(Math.round(tokensPerSecond))} tokens/s in training.`,
    ],
  };
}
