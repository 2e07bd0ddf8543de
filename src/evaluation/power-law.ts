/**
 * The error as a function of the size of the training data: floor + scale · size^-rate, a power law above an error that
 * no amount of data removes (Hestness et al. 2017, Deep Learning Scaling is Predictable, Empirically, section 2).
 */
export interface PowerLaw {
  /** The irreducible error, at least 0. */
  readonly floor: number;
  /** At least 0. */
  readonly scale: number;
  readonly rate: number;
}

/** The error measured with training data of a size, which is relative to some fixed size. */
export interface SizedError {
  readonly size: number;
  readonly error: number;
}

/** The rates that are tried: 0.05 to 2. */
const RATES = Array.from({ length: 196 }, (_, index) => 0.05 + index / 100);

/** Returns the error that a power law predicts for a size. */
export function errorAt({ floor, scale, rate }: PowerLaw, size: number): number {
  return floor + scale * size ** -rate;
}

/**
 * Returns the least-squares fit of a power law. For each rate that is tried, floor and scale are the parameters of a
 * straight line.
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

/** Returns the least-squares fit of a straight line whose two parameters are at least 0. */
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
