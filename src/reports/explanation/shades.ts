/** Shades of a cell, from the lightest to the darkest. */
const SHADES = [' ', '░', '▒', '▓', '█'];

/** Returns the shade of a number: the darker, the more of four ascending limits it reaches. */
export function shadeOf(number: number, limits: readonly number[]): string {
  return SHADES[limits.filter((limit) => number >= limit).length] ?? ' ';
}

/** Describes shades for a legend: `█ from 0.5, ▓ from 0.1`, the darkest first. */
export function shadeLegend(limits: readonly number[]): string {
  return limits
    .map((limit, index) => `${SHADES[index + 1]} from ${limit}`)
    .reverse()
    .join(', ');
}
