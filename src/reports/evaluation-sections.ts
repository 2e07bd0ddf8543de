import { RESAMPLES } from '../evaluation/bootstrap.js';
import type { Calibration } from '../evaluation/calibration.js';
import type { ChangedSentence, Comparison, WrongSentence } from '../evaluation/comparison.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { Group } from '../evaluation/groups.js';
import { type ConfusionCell, matchRates } from '../evaluation/matching.js';
import { pairOf, type Rates } from '../evaluation/scores.js';
import type { SeqevalMode } from '../evaluation/seqeval.js';
import { counted, grouped } from '../text/counts.js';
import { hasSpans, schemeTitle } from '../text/scheme.js';
import type { PairedSentence, Span } from '../text/sentence.js';
import { percentages } from './conlleval.js';
import { percent, signedPercent, twoDecimals } from './numbers.js';
import type { ReportTable, Section, ShownSentence, ShownTags } from './report-structure.js';
import { describeSize, groupTable, scoreTable } from './score-table.js';

/** Returns the sections of the report on an evaluation, which show up to so many sentences of each kind. */
export function sectionsOf(evaluation: Evaluation, sentences: number): Section[] {
  const { scores, matching, byLength, byFamiliarity, confusion, calibration, comparison, wrong } = evaluation;
  const ofSpans = hasSpans(evaluation.scheme);
  const sections: (Section | undefined | false)[] = [
    {
      title: 'Scores',
      table: scoreTable('label', scores),
      notes: [describeSize(scores), describeInterval(evaluation)],
    },
    comparison && comparisonSection(comparison),
    readingSection(evaluation),
    averagesSection(evaluation),
    ofSpans && matchingSection(matching),
    byFamiliarity && groupSection('Seen in training', ofSpans ? 'entity' : 'token', byFamiliarity),
    ofSpans && byLength.length > 0 && { ...groupSection('Length in tokens', 'tokens', byLength), isDetail: true },
    calibration && calibrationSection(calibration),
    confusion.length > 0 && confusionSection(confusion, ofSpans),
    comparison && {
      title: 'Changed sentences',
      notes: [describeChanges(comparison)],
      sentences: showChanged(comparison.changed.slice(0, sentences)),
    },
    {
      title: 'Worst sentences',
      sentences: showWrong(wrong.filter(({ errors }) => errors > 0).slice(0, sentences)),
    },
  ];
  return sections.filter((section) => section !== false && section !== undefined).filter(isFilled);
}

function isFilled({ table, notes, sentences }: Section): boolean {
  return table !== undefined || (notes?.length ?? 0) > 0 || (sentences?.length ?? 0) > 0;
}

function describeInterval({ scores, interval, seed }: Evaluation): string {
  const { f1 } = percentages(scores);
  return `F1 ${twoDecimals(f1)}, 95 % interval ${percent(interval.low)} to ${percent(interval.high)} (${counted(RESAMPLES, 'bootstrap sample')} of sentences, seed ${seed})`;
}

/** Describes how tags were read, if other rules give other scores. */
function readingSection({ scheme, predictedScheme, scores, seqeval, conlleval, illFormed }: Evaluation): Section {
  const notes: string[] = [];
  const title = schemeTitle(scheme);
  const isOther = predictedScheme.name !== scheme.name;
  if (isOther)
    notes.push(
      `Gold tags are ${title}, predicted tags ${schemeTitle(predictedScheme)}. Entities are read by the scheme of each; token accuracy compares the tags as they are written.`,
    );
  const f1 = percent(scores.f1);
  const isIllFormed = illFormed.gold + illFormed.predicted > 0;
  if (isIllFormed)
    notes.push(
      `Ill-formed in ${isOther ? 'their schemes' : title}: ${counted(illFormed.gold, 'gold tag')}, ${counted(illFormed.predicted, 'predicted tag')}. The scores here read them as conlleval does (an I- tag that continues no entity starts one): F1 ${f1}.`,
    );
  const strict = percent(seqeval.strict.micro.f1);
  if (isIllFormed || strict !== f1)
    notes.push(`Seqeval's strict mode, which ignores entities that are not well-formed: F1 ${strict}.`);
  const lenient = percent(seqeval.default.micro.f1);
  if (lenient !== f1) notes.push(`Seqeval's default mode: F1 ${lenient}.`);
  const script = percent(conlleval.f1);
  if (hasSpans(scheme) && script !== f1)
    notes.push(`The conlleval script itself, which does not support ${title}: F1 ${script}.`);
  return { title: 'How tags are read', notes };
}

function averagesSection({ seqeval }: Evaluation): Section {
  const names = ['micro', 'macro', 'weighted'] as const;
  const rows = names.map((name) => [name, ...rateCells(seqeval.default[name])]);
  const f1Of = (mode: SeqevalMode, name: (typeof names)[number]): string | undefined =>
    rateCells(seqeval[mode][name])[2];
  const differs = names.some((name) => f1Of('default', name) !== f1Of('strict', name));
  if (differs) rows.push(...names.map((name) => [`${name}, strict`, ...rateCells(seqeval.strict[name])]));
  return {
    title: 'Averages over labels (seqeval)',
    isDetail: true,
    table: { head: ['average', 'precision', 'recall', 'F1'], rows },
  };
}

function matchingSection(matching: Evaluation['matching']): Section {
  const ways = ['strict', 'exact', 'partial', 'type'] as const;
  const counts = ['correct', 'incorrect', 'partial', 'missed', 'spurious'] as const;
  const rates = [
    ['precision', 'precision'],
    ['recall', 'recall'],
    ['F1', 'f1'],
  ] as const;
  return {
    title: 'Matching (nervaluate)',
    isDetail: true,
    table: {
      head: ['match', ...ways],
      rows: [
        ...counts.map((what) => [what, ...ways.map((way) => String(matching[way][what]))]),
        ...rates.map(([name, rate]) => [name, ...ways.map((way) => percent(matching[way][rate]))]),
      ],
    },
    notes:
      matching.partial.partial > 0
        ? [
            `A partial match counts 0, as in nervaluate 1.0 and 1.1; if it counts 0.5, as in nervaluate 1.2 and SemEval-2013, partial F1 is ${percent(matchRates(matching.partial, 0.5).f1)}.`,
          ]
        : [],
  };
}

function groupSection(title: string, name: string, groups: readonly Group[]): Section {
  return {
    title,
    table: groupTable(
      name,
      groups.map((group) => [group.name, group]),
    ),
  };
}

function calibrationSection({ error, bins }: Calibration): Section {
  return {
    title: 'Confidence',
    isDetail: true,
    table: {
      head: ['confidence', 'found', 'mean confidence', 'precision'],
      rows: bins.map(({ from, to, count, confidence, precision }) => [
        `${from.toFixed(1)} to ${to.toFixed(1)}`,
        String(count),
        percent(confidence),
        percent(precision),
      ]),
    },
    notes: [
      `Expected calibration error ${percent(error)}: the mean distance between the confidence of entities and the percentage that is right.`,
    ],
  };
}

function comparisonSection({ name, scores, test }: Comparison): Section {
  const { low, high } = test.interval;
  const table: ReportTable = { head: ['other', 'precision', 'recall', 'F1'], rows: [[name, ...rateCells(scores)]] };
  return {
    title: 'Compared with another tagger',
    table,
    notes: [
      `F1 of this tagger minus F1 of the other: ${signedPercent(test.difference)}, 95 % interval ${signedPercent(low)} to ${signedPercent(high)}, p = ${test.p.toFixed(3)} (paired bootstrap, two-sided, ${counted(RESAMPLES, 'sample')}).`,
    ],
  };
}

function describeChanges({ changed }: Comparison): string {
  const better = changed.filter(({ gain }) => gain > 0).length;
  const worse = changed.filter(({ gain }) => gain < 0).length;
  return `${counted(changed.length, 'sentence')} changed: ${better} better, ${worse} worse, ${changed.length - better - worse} with the same number of errors.`;
}

/** Returns rates in per cent, or dashes if there are none. */
function rateCells(rates: Rates | undefined): string[] {
  return rates ? [rates.precision, rates.recall, rates.f1].map(percent) : ['-', '-', '-'];
}

/** Maximum number of labels in the matrix. */
const MOST_LABELS = 24;

/** Maximum number of mistakes in the narrow table. */
const MOST_CELLS = 12;

/** Returns the confusion matrix of labels, and a list of the most frequent mistakes in case the matrix is too wide. */
function confusionSection(cells: readonly ConfusionCell[], ofSpans: boolean): Section {
  const sizes = labelSizes(cells);
  const frequent = [...sizes].sort(([, a], [, b]) => b - a).map(([label]) => label);
  const labels = frequent.slice(0, MOST_LABELS).sort();
  const left = sizes.size - labels.length;
  return {
    title: 'Confusion',
    isDetail: true,
    table: matrixOf(cells, labels),
    narrow: {
      table: listOf(cells),
      notes: [
        `The most frequent mistakes; reports in Markdown and HTML show the ${left > 0 ? `${labels.length} most frequent labels` : 'whole table'}.`,
      ],
    },
    notes: [
      ofSpans
        ? 'Overlapping entities are paired, whatever their boundaries; missed ones overlap no entity found, spurious ones no gold entity.'
        : 'Rows are gold labels, columns are labels found.',
      ...(left > 0 ? [`${counted(left, 'rarer label')} left out`] : []),
    ],
  };
}

/** Returns how often each label occurs among gold and predicted spans together. */
function labelSizes(cells: readonly ConfusionCell[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { gold, predicted, count } of cells) {
    for (const label of [gold, predicted]) if (label !== undefined) sizes.set(label, (sizes.get(label) ?? 0) + count);
  }
  return sizes;
}

/** Returns the matrix of labels. It has a column for missed and a row for spurious spans only if there are any. */
function matrixOf(cells: readonly ConfusionCell[], labels: readonly string[]): ReportTable {
  const rows: (string | undefined)[] = [...labels];
  const columns: (string | undefined)[] = [...labels];
  if (cells.some(({ gold }) => gold === undefined)) rows.push(undefined);
  if (cells.some(({ predicted }) => predicted === undefined)) columns.push(undefined);
  const counts = rows.map(() => columns.map(() => 0));
  for (const { gold, predicted, count } of cells) {
    const row = counts[rows.indexOf(gold)];
    const column = columns.indexOf(predicted);
    if (row && column >= 0) row[column] = count;
  }
  return {
    head: ['gold \\ found', ...columns.map((label) => label ?? '(missed)')],
    rows: counts.map((row, index) => [
      rows[index] ?? '(spurious)',
      ...row.map((count) => (count > 0 ? grouped(count) : '.')),
    ]),
    heat: counts.map((row) => {
      const whole = row.reduce((sum, count) => sum + count, 0);
      return row.map((count) => (whole > 0 ? count / whole : 0));
    }),
  };
}

function listOf(cells: readonly ConfusionCell[]): ReportTable {
  const mistakes = cells.filter(({ gold, predicted }) => gold !== predicted).slice(0, MOST_CELLS);
  return {
    head: ['gold', 'found', 'times'],
    rows: mistakes.map(({ gold, predicted, count }) => [gold ?? '(spurious)', predicted ?? '(missed)', grouped(count)]),
  };
}

/** Maximum number of tokens shown of a sentence. */
const WINDOW = 60;
/** Number of tokens shown before the first mistake of a longer sentence. */
const BEFORE = 15;

/** Returns sentences with mistakes, with gold and predicted spans. */
function showWrong(sentences: readonly WrongSentence[]): ShownSentence[] {
  return sentences.map(({ sentence, spans, errors }) =>
    cutSentence(`${placeOf(sentence)}: ${counted(errors, 'error')}`, sentence.tokens, [
      mark('gold', spans.gold, spans.predicted),
      mark('found', spans.predicted, spans.gold),
    ]),
  );
}

/** Returns sentences that two taggers tag differently, with gold spans and those of each tagger. */
function showChanged(sentences: readonly ChangedSentence[]): ShownSentence[] {
  return sentences.map(({ sentence, spans, other, gain }) => {
    const verdict =
      gain === 0 ? 'same number of errors' : counted(Math.abs(gain), gain > 0 ? 'fewer error' : 'more error');
    return cutSentence(`${placeOf(sentence)}: ${verdict}`, sentence.tokens, [
      mark('gold', spans.gold, spans.predicted),
      mark('found', spans.predicted, spans.gold),
      mark('other', other.predicted, spans.gold),
    ]);
  });
}

function placeOf({ file, line }: PairedSentence): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`;
}

function mark(name: string, spans: readonly Span[], others: readonly Span[]): ShownTags {
  const right = new Set(pairOf(others, spans).correct);
  return { name, spans: spans.map((span) => ({ ...span, isRight: right.has(span) })) };
}

/** Cuts a long sentence to a window around its first mistake; spans are cut off at the window's ends. */
function cutSentence(heading: string, tokens: readonly string[], readings: readonly ShownTags[]): ShownSentence {
  if (tokens.length <= WINDOW) return { heading, tokens, readings };
  const mistakes = readings.flatMap(({ spans }) => spans.filter(({ isRight }) => !isRight));
  const first = mistakes.reduce((least, { start }) => Math.min(least, start), tokens.length);
  const from = Math.max(0, Math.min(first - BEFORE, tokens.length - WINDOW));
  const to = from + WINDOW;
  const offset = from > 0 ? from - 1 : from;
  return {
    heading: `${heading}, tokens ${from + 1} to ${to} of ${tokens.length}`,
    tokens: [...(from > 0 ? ['…'] : []), ...tokens.slice(from, to), ...(to < tokens.length ? ['…'] : [])],
    readings: readings.map(({ name, spans }) => ({
      name,
      spans: spans
        .filter(({ start, end }) => end > from && start < to)
        .map((span) => ({
          ...span,
          start: Math.max(span.start, from) - offset,
          end: Math.min(span.end, to) - offset,
        })),
    })),
  };
}
