import { escapeHtml } from './html.js';

/** A point of a chart; `low` and `high` are the ends of a bar of uncertainty through it. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** How it is drawn; default a line. */
  readonly as?: 'line' | 'dashes' | 'dots';
}

export interface Chart {
  readonly title: string;
  /** What is on the horizontal axis. */
  readonly across: string;
  readonly series: readonly ChartSeries[];
  readonly formatX?: (x: number) => string;
  readonly formatY: (y: number) => string;
}

/** In the units of the drawing, which stretches to the room that there is. */
const WIDTH = 460;
const HEIGHT = 250;
const LEFT = 48;
const RIGHT = 430;
const TOP = 10;
const BOTTOM = 210;

/** A chart as a figure that needs no script and no other file; each series has a colour of the page. */
export function chartHtml({ title, across, series, formatX = String, formatY }: Chart): string {
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
${rows.join('')}${columns.join('')}<text class="middle" x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 6}">${escapeHtml(across)}</text>
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

/** Values that differ by less than this part of them, or of 1, are the same to the eye. */
const SAME = 1e-6;

interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** An axis over values, with about five round numbers on it: steps of 1, 2 or 5 times a power of ten. */
export function ticksOf(values: readonly number[]): Axis {
  const finite = values.filter(Number.isFinite);
  const low = finite.length > 0 ? Math.min(...finite) : 0;
  const high = finite.length > 0 ? Math.max(...finite) : 1;
  const size = Math.max(Math.abs(high), Math.abs(low), 1);
  const range = high - low > size * SAME ? high - low : size;
  let step = 1;
  while (range / step > 6) step *= 10;
  while (range / step < 0.6) step /= 10;
  const rounded = [0.1, 0.2, 0.5, 1].map((part) => part * step).find((part) => range / part <= 6) ?? step;
  const first = Math.floor(low / rounded + 1e-9);
  const last = Math.max(Math.ceil(high / rounded - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * rounded).toPrecision(12)),
  );
  return { low: ticks[0] as number, high: ticks.at(-1) as number, ticks };
}

function place(value: number, { low, high }: Axis, from: number, to: number): string {
  return (from + ((value - low) / (high - low)) * (to - from)).toFixed(1);
}

/** What charts look like; several stand side by side in an element of class `charts` where there is room. */
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
