import { RESAMPLES } from '../evaluation/bootstrap.js';
import type { Calibration } from '../evaluation/calibration.js';
import type { Comparison } from '../evaluation/comparison.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import type { Group } from '../evaluation/groups.js';
import { matchRates } from '../evaluation/matching.js';
import type { Rates } from '../evaluation/scores.js';
import type { SeqevalMode } from '../evaluation/seqeval.js';
import { counted } from '../text/counts.js';
import { hasSpans } from '../text/scheme.js';
import { schemeTitle } from '../text/scheme-description.js';
import { confusionSection } from './confusion-table.js';
import { percentages } from './conlleval.js';
import { percent, signedPercent, twoDecimals } from './numbers.js';
import type { ReportTable, Section } from './report-structure.js';
import { describeSize, groupTable, scoreTable } from './score-table.js';
import { showChanged, showWrong } from './shown-sentences.js';

/**
 * Returns the sections of the report on an evaluation.
 *
 * @param sentences maximum number of sentences shown
 */
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
    ofSpans && byLength.length > 0 && groupSection('Length in tokens', 'tokens', byLength),
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
