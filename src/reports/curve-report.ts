import { type Estimate, type MeasuredCurve, scoreAt } from '../evaluation/learning-curve.js';
import { at } from '../text/at.js';
import { counted, grouped } from '../text/counts.js';
import { CHART_STYLE, type ChartPoint, chartHtml } from './chart-svg.js';
import { SECTION_STYLE, sectionHtml } from './evaluation-html.js';
import { MEASURE_NAMES } from './history-text.js';
import { escapeHtml, htmlPage } from './html.js';
import { meanText, percent, signedPercent } from './numbers.js';
import type { ReportTable, Section } from './report-structure.js';
import { sectionText } from './table.js';

/** Number of steps in which the fitted curve is drawn from the smallest part to twice the data. */
const STEPS = 40;

/** The largest difference between the fitted curve and a measured score that goes without a warning. */
const LARGEST_MISS = 0.015;

/** Returns a learning curve as text. */
export function curveReportText(curve: MeasuredCurve): string {
  return sectionText({ table: tableOf(curve), notes: notesOf(curve) });
}

/** Returns a learning curve as a section, with mean and deviation in one column. */
export function curveSection(curve: MeasuredCurve): Section {
  const { head, rows } = tableOf(curve);
  const table: ReportTable =
    curve.seeds.length > 1
      ? {
          head: head.slice(0, -1),
          rows: curve.points.map(({ mean, deviation }, index) => [
            ...at(rows, index).slice(0, -2),
            meanText(mean, deviation),
          ]),
        }
      : { head, rows };
  return { title: 'Parts of the data', table, notes: notesOf(curve) };
}

/** Returns a learning curve as a self-contained HTML page. */
export function curveReportHtml(curve: MeasuredCurve, title: string): string {
  const { measure, scored, law, points, doubling } = curve;
  const name = `${scored} ${MEASURE_NAMES[measure]}`;
  const last = at(points, points.length - 1);
  const all = last.sentences / last.part;
  const measured = points.map(({ part, mean, deviation }): ChartPoint => {
    const bar = deviation > 0 ? { low: mean - deviation, high: mean + deviation } : {};
    return { x: part * all, y: mean, ...bar };
  });
  const [from, to] = [at(points, 0).part, 2 * last.part];
  const drawn = Array.from({ length: STEPS + 1 }, (_, step) => from + (step / STEPS) * (to - from));
  const chart = chartHtml({
    title: name,
    labelX: 'training sentences',
    formatX: grouped,
    formatY: (y) => String(Number((100 * y).toFixed(2))),
    series: [
      { name: 'measured', points: measured, as: 'dots' },
      ...(law
        ? [{ name: 'fitted', points: drawn.map((x) => ({ x: x * all, y: scoreAt(law, x) })), as: 'dashes' as const }]
        : []),
      ...(doubling
        ? [{ name: 'twice the data', points: [pointOf(doubling.score, to * all)], as: 'dots' as const }]
        : []),
    ],
  });
  const section: Section = { title: 'Parts of the data', table: tableOf(curve), notes: notesOf(curve) };
  const body = `<h1>${escapeHtml(title)}</h1>\n<div class="charts">\n${chart}</div>\n${sectionHtml(section, true)}`;
  return htmlPage(title, body, SECTION_STYLE + CHART_STYLE);
}

function pointOf({ value, low, high }: Estimate, x: number): ChartPoint {
  return { x, y: value, ...(low !== undefined && high !== undefined && { low, high }) };
}

function tableOf({ points, measure, scored, seeds }: MeasuredCurve): ReportTable {
  return {
    head: [
      'part',
      'sentences',
      'tokens',
      `${scored} ${MEASURE_NAMES[measure]}`,
      ...(seeds.length > 1 ? ['deviation'] : []),
    ],
    rows: points.map(({ part, sentences, tokens, mean, deviation }) => [
      partText(part),
      ...[sentences, tokens].map(grouped),
      percent(mean),
      ...(seeds.length > 1 ? [percent(deviation)] : []),
    ]),
  };
}

/** Formats a part of the data: `0.25` as `1/4`, 1 as `all`. */
export function partText(part: number): string {
  const whole = Math.round(1 / part);
  if (part === 1) return 'all';
  return Math.abs(whole * part - 1) < 1e-9 ? `1/${whole}` : String(part);
}

function notesOf({ points, seeds, law, misfit, doubling, measure }: MeasuredCurve): string[] {
  const notes = [
    seeds.length > 1
      ? `Means over ${seeds.length} seeds, each of which draws its own parts; the deviation is that of a single training.`
      : 'With one seed, the variation by chance is unknown; see --seeds.',
  ];
  if (!law || !doubling) return [...notes, 'A curve needs three parts or more; see --parts.'];
  const { score, gain, mayBeNothing } = doubling;
  const last = at(points, points.length - 1);
  const relation = gain.value < 0 ? 'against' : 'over';
  const whole = last.part === 1 ? 'the data' : 'the largest part';
  notes.push(
    `Fitted: error = ${percent(law.floor)} + ${percent(law.scale)} · part^-${law.rate.toFixed(2)} (in per cent, by least squares).`,
    `Twice ${whole} (${counted(2 * last.sentences, 'sentence')}) would give ${MEASURE_NAMES[measure]} ${percent(score.value)}${intervalText(score, percent)}: ${signedPercent(gain.value)}${intervalText(gain, signedPercent)} ${relation} the ${percent(last.mean)} measured.`,
  );
  if (mayBeNothing) notes.push('These few trainings do not rule out that it brings nothing.');
  notes.push(
    gain.low === undefined
      ? 'With one seed there is no interval.'
      : 'The interval covers the variation of training and of drawing parts; it assumes that the curve continues as fitted.',
  );
  if (misfit) notes.push(...misfitNotes(misfit));
  if (points.length === 3)
    notes.push('A curve with three parameters fits any three parts; more --parts would test it.');
  return notes;
}

/** Warns of a fitted curve that misses a measured score. */
function misfitNotes({ part, largest, isChance }: NonNullable<MeasuredCurve['misfit']>): string[] {
  const where = `the fitted curve misses the score measured with ${part === 1 ? 'all' : partText(part)} of the data by ${percent(largest)}`;
  if (!isChance) return [`Do not rely on it: ${where}, so the scores do not follow such a curve (yet).`];
  if (largest <= LARGEST_MISS) return [];
  return [`Rely on it with caution: ${where}. The seeds differ enough for that to be chance; more --seeds would tell.`];
}

function intervalText({ low, high }: Estimate, format: (value: number) => string): string {
  return low === undefined || high === undefined ? '' : ` (95 % interval ${format(low)} to ${format(high)})`;
}
