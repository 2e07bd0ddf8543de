import { escapeHtml } from './html.js';

/** A point of a chart. `low` and `high` are the ends of its error bar. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** How the series is drawn; a line by default. */
  readonly as?: 'line' | 'dashes' | 'dots';
}

export interface Chart {
  readonly title: string;
  /** Label of the horizontal axis. */
  readonly labelX: string;
  readonly series: readonly ChartSeries[];
  readonly formatX?: (x: number) => string;
  readonly formatY: (y: number) => string;
}

/** Sizes in units of the drawing, which is scaled to the available width. */
const WIDTH = 460;
const HEIGHT = 250;
const LEFT = 48;
const RIGHT = 430;
const TOP = 10;
const BOTTOM = 210;

/** Returns a chart as a self-contained HTML figure without a script. Each series has a colour of its own. */
export function chartHtml({ title, labelX, series, formatX = String, formatY }: Chart): string {
  const points = series.flatMap((each) => each.points);
  const xs = ticksOf(points.map(({ x }) => x));
  const ys = ticksOf(points.flatMap(({ y, low = y, high = y }) => [y, low, high]));
  const placeX = (x: number): string => place(x, xs, LEFT, RIGHT);
  const placeY = (y: number): string => place(y, ys, BOTTOM, TOP);
  const shapes = series.map((each, index) => seriesSvg(each, `s${index + 1}`, placeX, placeY));
  const rows = ys.ticks.map((y) => {
    const at = placeY(y);
    return `<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${at}" y2="${at}"/><text class="end" x="${LEFT - 6}" y="${at}" dy="4">${escapeHtml(formatY(y))}</text>\n`;
  });
  const columns = xs.ticks.map(
    (x) => `<text class="middle" x="${placeX(x)}" y="${BOTTOM + 17}">${escapeHtml(formatX(x))}</text>\n`,
  );
  const names = series.map(({ name }, index) => `<span class="s${index + 1}">${escapeHtml(name)}</span>`);
  return `<figure>
<figcaption>${escapeHtml(title)} ${names.join(' ')}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${title}: ${series.map(({ name }) => name).join(', ')}`)}">
${rows.join('')}${columns.join('')}<text class="middle" x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 6}">${escapeHtml(labelX)}</text>
${shapes.join('')}</svg>
</figure>
`;
}

function seriesSvg(
  { points, as = 'line' }: ChartSeries,
  colour: string,
  placeX: (x: number) => string,
  placeY: (y: number) => string,
): string {
  const bars = points.map(({ x, low, high }) =>
    low === undefined || high === undefined
      ? ''
      : `<line class="${colour}" x1="${placeX(x)}" x2="${placeX(x)}" y1="${placeY(low)}" y2="${placeY(high)}"/>\n`,
  );
  const dots =
    as === 'dots' || points.length === 1
      ? points.map(({ x, y }) => `<circle class="${colour}" cx="${placeX(x)}" cy="${placeY(y)}" r="3.5"/>\n`)
      : [
          `<polyline class="${colour} ${as}" points="${points.map(({ x, y }) => `${placeX(x)},${placeY(y)}`).join(' ')}"/>\n`,
        ];
  return [...bars, ...dots].join('');
}

/** Smallest relative difference that is visible; for values below 1 the smallest absolute one. */
const VISIBLE = 1e-6;

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** Returns an axis that covers the values, with about five ticks in steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(values: readonly number[]): Axis {
  const finite = values.filter(Number.isFinite);
  const low = finite.length > 0 ? Math.min(...finite) : 0;
  const high = finite.length > 0 ? Math.max(...finite) : 1;
  const size = Math.max(Math.abs(high), Math.abs(low), 1);
  const range = high - low > size * VISIBLE ? high - low : size;
  let step = 1;
  while (range / step > 6) step *= 10;
  while (range / step < 0.6) step /= 10;
  const rounded = [0.1, 0.2, 0.5, 1].map((part) => part * step).find((part) => range / part <= 6) ?? step;
  const first = Math.floor(low / rounded + 1e-9);
  const last = Math.max(Math.ceil(high / rounded - 1e-9), first + 1);
  const tickAt = (index: number): number => Number((index * rounded).toPrecision(12));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tickAt(first + index));
  return { low: tickAt(first), high: tickAt(last), ticks };
}

function place(value: number, { low, high }: Axis, from: number, to: number): string {
  return (from + ((value - low) / (high - low)) * (to - from)).toFixed(1);
}

/** The style of charts. In an element of class `charts`, they are placed side by side if there is room. */
export const CHART_STYLE = `
:root { --s1: #1f6feb; --s2: #c2410c; --s3: #15803d; }
@media (prefers-color-scheme: dark) { :root { --s1: #6cb0ff; --s2: #ff9a62; --s3: #5fd38d; } }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem; }
figure { margin: 0; max-width: 42rem; }
figcaption { font-weight: 600; font-size: 0.95rem; }
figcaption span { font-weight: 400; margin-left: 0.6rem; border-bottom: 3px solid; }
figcaption .s1 { border-color: var(--s1); } figcaption .s2 { border-color: var(--s2); } figcaption .s3 { border-color: var(--s3); }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--quiet); }
svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
svg line, svg polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .dashes { stroke-dasharray: 5 4; }
svg .s1 { stroke: var(--s1); } svg .s2 { stroke: var(--s2); } svg .s3 { stroke: var(--s3); }
svg circle.s1 { fill: var(--s1); } svg circle.s2 { fill: var(--s2); } svg circle.s3 { fill: var(--s3); }
`;
