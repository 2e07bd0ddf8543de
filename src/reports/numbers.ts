/**
 * Formats a number with two decimals and rounds ties to even, as `printf` does (`toFixed` rounds them up). A tie is exact
 * in binary only if the fraction is an odd number of eighths.
 */
export function twoDecimals(value: number): string {
  const roundsDown = (8 * value) % 4 === 1;
  return (roundsDown ? value - 0.005 : value).toFixed(2);
}

/** Formats a fraction in per cent: `0.9174` as `91.74`. */
export function percent(fraction: number): string {
  return twoDecimals(100 * fraction);
}

/** Formats a difference of fractions in per cent with its sign: `0.0123` as `+1.23`. */
export function signedPercent(difference: number): string {
  return `${difference < 0 ? '-' : '+'}${percent(Math.abs(difference))}`;
}

/** Formats a mean and its standard deviation in per cent: `91.74 ± 0.35`. */
export function meanText(mean: number, deviation: number): string {
  return `${percent(mean)} ± ${percent(deviation)}`;
}

/** Formats a number of bytes: `1536` as `1.5 kB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
