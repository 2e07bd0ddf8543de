import { type Estimate, type MeasuredCurve, scoreAt } from '../evaluation/learning-curve.js';
import { counted, grouped } from '../text/counts.js';
import { CHART_STYLE, type ChartPoint, chartHtml } from './chart-svg.js';
import { SECTION_STYLE, sectionHtml } from './evaluation-html.js';
import { MEASURE_NAMES } from './history-text.js';
import { escapeHtml, htmlPage } from './html.js';
import type { ReportTable, Section } from './sections.js';
import { percent, textTable } from './text.js';

/** Points of the drawn law between the smallest part and twice the data. */
const STEPS = 40;

/** A learning curve for a terminal. */
export function curveReportText(curve: MeasuredCurve): string {
  const { head, rows } = tableOf(curve);
  return `${textTable(head, rows)}${notesOf(curve)
    .map((note) => `${note}\n`)
    .join('')}`;
}

/** The same as one HTML file that needs nothing else. */
export function curveReportHtml(curve: MeasuredCurve, title: string): string {
  const { measure, scored, law, points, doubling } = curve;
  const name = `${scored} ${MEASURE_NAMES[measure]}`;
  const all = points.at(-1)?.sentences ?? 1;
  const measured = points.map(({ part, mean, deviation }): ChartPoint => {
    const bar = deviation > 0 ? { low: mean - deviation, high: mean + deviation } : {};
    return { x: part * all, y: mean, ...bar };
  });
  const [from, to] = [points[0]?.part ?? 1, 2];
  const drawn = Array.from({ length: STEPS + 1 }, (_, step) => from + (step / STEPS) * (to - from));
  const chart = chartHtml({
    title: name,
    across: 'training sentences',
    formatX: grouped,
    formatY: (y) => String(Number((100 * y).toFixed(2))),
    series: [
      { name: 'measured', points: measured, as: 'dots' },
      ...(law
        ? [{ name: 'fitted', points: drawn.map((x) => ({ x: x * all, y: scoreAt(law, x) })), as: 'dashes' as const }]
        : []),
      ...(doubling
        ? [{ name: 'twice the data', points: [pointOf(doubling.score, 2 * all)], as: 'dots' as const }]
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

/** `0.25` as `1/4`. */
export function partText(part: number): string {
  const whole = Math.round(1 / part);
  if (part === 1) return 'all';
  return Math.abs(whole * part - 1) < 1e-9 ? `1/${whole}` : String(part);
}

function notesOf({ points, seeds, law, misfit, doubling, measure }: MeasuredCurve): string[] {
  const notes = [
    seeds.length > 1
      ? `Means over ${seeds.length} seeds, each with parts of its own; the deviation is that of one training.`
      : 'One seed: how far chance reaches is not known; see --seeds.',
  ];
  if (!law || !doubling) return [...notes, 'A curve needs three parts or more; see --parts.'];
  const { score, gain } = doubling;
  notes.push(
    `Fitted: error = ${percent(law.floor)} + ${percent(law.scale)} · part^-${law.rate.toFixed(2)} (in per cent; least squares).`,
    `Twice the data, ${counted(2 * (points.at(-1)?.sentences ?? 0), 'sentence')}, would bring ${MEASURE_NAMES[measure]} ${percent(score.value)}${intervalText(score, percent)}: ${signed(gain.value)}${intervalText(gain, signed)}.`,
  );
  if (gain.low !== undefined && gain.low < 0.0005) notes.push('By these few trainings it may as well bring nothing.');
  notes.push(
    gain.low === undefined
      ? 'With one seed there is no interval.'
      : 'The interval covers the chance of training and of drawing parts; that the curve goes on as fitted is taken for granted.',
  );
  if (misfit && !misfit.isChance)
    notes.push(
      `Do not trust it: the fitted curve misses what was measured by up to ${percent(misfit.largest)}, so that the scores follow no such curve (yet).`,
    );
  if (points.length === 3)
    notes.push('A curve of three numbers fits three parts whatever they are: more --parts would test it.');
  return notes;
}

function intervalText({ low, high }: Estimate, format: (value: number) => string): string {
  return low === undefined || high === undefined ? '' : ` (95 % interval ${format(low)} to ${format(high)})`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${percent(Math.abs(value))}`;
}
