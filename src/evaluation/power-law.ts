/**
 * How the error falls with the size of the training data: floor + scale · size^-rate, a power law above an error that no
 * data would mend (Hestness et al. 2017, Deep Learning Scaling is Predictable, Empirically, section 2).
 */
export interface PowerLaw {
  /** From 0. */
  readonly floor: number;
  /** From 0. */
  readonly scale: number;
  readonly rate: number;
}

/** An error that was measured at a size; sizes are relative to any fixed one. */
export interface SizedError {
  readonly size: number;
  readonly error: number;
}

/** Rates that are tried. */
const RATES = Array.from({ length: 196 }, (_, index) => 0.05 + index / 100);

export function errorAt({ floor, scale, rate }: PowerLaw, size: number): number {
  return floor + scale * size ** -rate;
}

/**
 * The power law with the least squares of its differences from what was measured: for each rate floor and scale follow
 * from a straight line.
 */
export function fitPowerLaw(measured: readonly SizedError[]): PowerLaw {
  let best: PowerLaw = { floor: 0, scale: 0, rate: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (const rate of RATES) {
    const points = measured.map(({ size, error }) => ({ x: size ** -rate, y: error }));
    const { floor, scale } = fitLine(points);
    const squares = points.reduce((sum, { x, y }) => sum + (floor + scale * x - y) ** 2, 0);
    if (squares >= least) continue;
    least = squares;
    best = { floor, scale, rate };
  }
  return best;
}

/** The straight line through points with neither part below 0. */
function fitLine(points: readonly { readonly x: number; readonly y: number }[]): Omit<PowerLaw, 'rate'> {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  const xx = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  const xy = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  const scale = xx > 0 ? xy / xx : 0;
  if (scale <= 0) return { floor: meanY, scale: 0 };
  const floor = meanY - scale * meanX;
  if (floor >= 0) return { floor, scale };
  const through = points.reduce((sum, { x, y }) => sum + x * y, 0) / points.reduce((sum, { x }) => sum + x * x, 0);
  return { floor: 0, scale: through };
}
