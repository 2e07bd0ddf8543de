// Gradient descent, on n numbers or rows of N, multiples of 4.

/** The sum runs in four lanes, which are added as (lane 0 + lane 2) + (lane 1 + lane 3). */
export function sumOfSquares(x: usize, n: i32): f64 {
  x <<= 2;
  let low = f64x2.splat(0), high = f64x2.splat(0);
  for (const end = x + ((<usize>n) << 2); x < end; x += 16) {
    const v = v128.load(x);
    const a = f64x2.promote_low_f32x4(v), b = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

export function squaresOfRows(x: usize, squares: usize, M: i32, N: i32): void {
  squares <<= 2;
  for (let m = 0; m < M; m++) {
    store<f64>(squares, sumOfSquares(x, N));
    x += <usize>N; squares += 8;
  }
}

export function sgd(w: usize, rows: usize, dw: usize, factor: f32, rate: f32, M: i32, N: i32): void {
  w <<= 2; rows <<= 2; dw <<= 2;
  const bytes = (<usize>N) << 2;
  const f = f32x4.splat(factor), r = f32x4.splat(rate);
  for (let m = 0; m < M; m++) {
    let row = w + (<usize>load<i32>(rows)) * bytes;
    for (const end = row + bytes; row < end; row += 16) {
      v128.store(row, f32x4.sub(v128.load(row), f32x4.mul(r, f32x4.mul(f, v128.load(dw)))));
      dw += 16;
    }
    rows += 4;
  }
}

export function momentum(
  w: usize, rows: usize, dw: usize, v: usize, factor: f32, rate: f32, inertia: f32, M: i32, N: i32,
): void {
  w <<= 2; rows <<= 2; dw <<= 2; v <<= 2;
  const bytes = (<usize>N) << 2;
  const f = f32x4.splat(factor), r = f32x4.splat(rate), kept = f32x4.splat(inertia);
  for (let m = 0; m < M; m++) {
    const offset = (<usize>load<i32>(rows)) * bytes;
    let row = w + offset, velocities = v + offset;
    for (const end = row + bytes; row < end; row += 16) {
      const velocity = f32x4.add(f32x4.mul(kept, v128.load(velocities)), f32x4.mul(f, v128.load(dw)));
      v128.store(velocities, velocity);
      v128.store(row, f32x4.sub(v128.load(row), f32x4.mul(r, velocity)));
      dw += 16; velocities += 16;
    }
    rows += 4;
  }
}

/** m = β₁m + (1 - β₁)g; v = β₂v + (1 - β₂)g²; w -= rate · m / (√v + ε), with g = factor · dw */
export function adam(
  w: usize, rows: usize, dw: usize, m: usize, v: usize,
  factor: f32, rate: f32, beta1: f64, beta2: f64, epsilon: f32, M: i32, N: i32,
): void {
  w <<= 2; rows <<= 2; dw <<= 2; m <<= 2; v <<= 2;
  const bytes = (<usize>N) << 2;
  const f = f32x4.splat(factor), r = f32x4.splat(rate), e = f32x4.splat(epsilon);
  const b1 = f32x4.splat(<f32>beta1), b2 = f32x4.splat(<f32>beta2);
  const rest1 = f32x4.splat(<f32>(1 - beta1)), rest2 = f32x4.splat(<f32>(1 - beta2));
  for (let i = 0; i < M; i++) {
    const offset = (<usize>load<i32>(rows)) * bytes;
    let row = w + offset, means = m + offset, squares = v + offset;
    for (const end = row + bytes; row < end; row += 16) {
      const g = f32x4.mul(f, v128.load(dw));
      const mean = f32x4.add(f32x4.mul(b1, v128.load(means)), f32x4.mul(rest1, g));
      const square = f32x4.add(f32x4.mul(b2, v128.load(squares)), f32x4.mul(rest2, f32x4.mul(g, g)));
      v128.store(means, mean);
      v128.store(squares, square);
      v128.store(row, f32x4.sub(v128.load(row), f32x4.div(f32x4.mul(r, mean), f32x4.add(f32x4.sqrt(square), e))));
      dw += 16; means += 16; squares += 16;
    }
    rows += 4;
  }
}

export function movingAverage(w: usize, average: usize, rate: f32, n: i32): void {
  w <<= 2; average <<= 2;
  const r = f32x4.splat(rate);
  for (const end = w + ((<usize>n) << 2); w < end; w += 16) {
    const a = v128.load(average);
    v128.store(average, f32x4.add(a, f32x4.mul(r, f32x4.sub(v128.load(w), a))));
    average += 16;
  }
}
