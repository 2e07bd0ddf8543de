import type { CheckResult } from '../checks/corpus.js';
import { type CheckFinding, KINDS, type Place, type Severity } from '../checks/findings.js';
import type { RepairOutcome } from '../checks/repair.js';
import type { PartStatistics } from '../checks/statistics.js';
import { showUnseen } from '../checks/unseen.js';
import { counted, grouped } from '../text/counts.js';
import { wrapLine } from './lines.js';
import { percent } from './numbers.js';
import { textTable } from './table.js';

/** Returns a severity with its colour. */
export type PaintSeverity = (severity: Severity) => string;

/**
 * Returns the statistics as a table, then each finding with its first places and advice.
 *
 * @param most how many places of each kind are shown
 * @param width of the terminal in columns; undefined if the output is not a terminal
 */
export function checkReport(
  { statistics, findings }: CheckResult,
  most: number,
  paint: PaintSeverity = (severity) => severity,
  width?: number,
): string {
  return [
    statisticsTable(statistics),
    ...findings.map((finding) => findingText(finding, paint, width, most)),
    summary(findings),
  ].join('\n');
}

type Row = readonly [name: string, of: (part: PartStatistics) => number | undefined, write: (figure: number) => string];

const ROWS: readonly Row[] = [
  ['documents', ({ documents }) => documents, grouped],
  ['sentences', ({ sentences }) => sentences, grouped],
  ['longest sentence', ({ longestSentence }) => longestSentence, grouped],
  ['tokens', ({ tokens }) => tokens, grouped],
  ['distinct words', ({ words }) => words, grouped],
  ['words with several labels', ({ ambiguousWords }) => ambiguousWords, grouped],
  ['  % of tokens', ({ ambiguity }) => ambiguity, percent],
  ['% of tokens not in train', ({ unknownRate }) => unknownRate, percent],
  ['% of entities not in train', ({ unseenEntities }) => unseenEntities, percent],
];

function statisticsTable(parts: readonly PartStatistics[]): string {
  const figures = (...[name, of, write]: Row): string[] => {
    const values = parts.map(of);
    return values.every((value) => value === undefined)
      ? []
      : [name, ...values.map((value) => (value === undefined ? '' : write(value)))];
  };
  const labels = [...new Set(parts.flatMap((part) => part.labels.map(([label]) => label)))].sort();
  const countsOf = new Map(parts.map((part) => [part, new Map(part.labels)]));
  const rows = [
    ...ROWS.map((row) => figures(...row)),
    figures('entities', ({ entities }) => entities || undefined, grouped),
    ...labels.map((label) => figures(`  ${showUnseen(label)}`, (part) => countsOf.get(part)?.get(label) ?? 0, grouped)),
  ];
  return textTable(
    ['', ...parts.map(({ name }) => name)],
    rows.filter((row) => row.length > 0),
  );
}

/** On a terminal, each file is named once. Otherwise every line has the full place, for programs that read it. */
function findingText(
  { severity, kind, title, advice, count, files }: CheckFinding,
  paint: PaintSeverity,
  width: number | undefined,
  most: number,
): string {
  const wrap = (line: string, indent: string): string => wrapLine(line, width, indent);
  const heading = wrap(`${severity} ${kind} (${grouped(count)}): ${title}`, '  ');
  const lines = [heading.replace(severity, paint(severity))];
  let left = most;
  for (const { file, places } of files) {
    const shown = places.slice(0, left);
    left -= shown.length;
    const isNamedOnce = width !== undefined && shown.length > 1;
    if (isNamedOnce) lines.push(`  ${file}`);
    for (const place of shown)
      lines.push(wrap(`${isNamedOnce ? '    ' : `  ${file}:`}${numbersOf(place)}: ${place.what}`, '      '));
  }
  const more =
    count -
    Math.min(
      most,
      files.reduce((sum, { places }) => sum + places.length, 0),
    );
  const where = files.length === 1 ? files[0]?.file : `${grouped(files.length)} files`;
  if (more > 0) lines.push(wrap(`  ... and ${grouped(more)} more in ${where}`, '      '));
  return `${[...lines, wrap(`  -> ${advice}`, '     ')].join('\n')}\n`;
}

/** Returns the line of a place, with the number of the record if it is in an array. */
function numbersOf({ line, record }: Place): string {
  return record === undefined ? String(line) : `${line} (record ${record})`;
}

/** Counts findings by severity, as in `1 error, 12 warnings, 3 notes`. */
function summary(findings: readonly CheckFinding[]): string {
  if (findings.length === 0) return 'nothing found\n';
  const severities: readonly Severity[] = ['error', 'warning', 'note'];
  const counts = severities.map((severity) => {
    const ofSeverity = findings.filter((finding) => finding.severity === severity);
    return counted(
      ofSeverity.reduce((sum, { count }) => sum + count, 0),
      severity,
    );
  });
  return `${counts.join(', ')}\n`;
}

/** Describes what was repaired and which mistakes are left. */
export function repairReport({ file, repairs, left }: RepairOutcome): string {
  const done = repairs.map(({ kind, count }) => `  ${kind} (${grouped(count)}): ${KINDS[kind].title}`);
  const rest = left.map(({ kind, count, title, files }) => {
    const place = files[0]?.places[0];
    return `  ${kind} (${grouped(count)}): ${title}, first ${place?.file}:${place && numbersOf(place)}`;
  });
  return [
    done.length > 0 ? `wrote ${file}, repaired:` : `wrote ${file} unchanged: nothing can be repaired with certainty`,
    ...done,
    ...(rest.length > 0 ? ['left to repair by hand:', ...rest] : []),
    '',
  ].join('\n');
}
