/** The mean of some figures, at least one. */
export function meanOf(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}

/** Their standard deviation as of a sample (n - 1 below); 0 of a single one. */
export function deviationOf(figures: readonly number[]): number {
  if (figures.length < 2) return 0;
  const mean = meanOf(figures);
  const squares = figures.reduce((sum, figure) => sum + (figure - mean) ** 2, 0);
  return Math.sqrt(squares / (figures.length - 1));
}
