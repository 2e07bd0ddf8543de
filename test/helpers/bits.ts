const view = new DataView(new ArrayBuffer(4));

/** The single-precision number that 32 bits spell. */
export function floatOf(bits: number): number {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}

/** The bits of a number in single precision, as eight hexadecimal digits. */
export function bitsOf(x: number): string {
  view.setFloat32(0, x);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

/** FNV-1a over the bits of numbers in single precision: one changed bit changes it. */
export function digestOf(numbers: Iterable<number>): string {
  return digestOfBits(
    Int32Array.from(Array.from(numbers), (number) => {
      view.setFloat32(0, number);
      return view.getInt32(0);
    }),
  );
}

/** FNV-1a over whole numbers of 32 bits. */
export function digestOfBits(integers: Iterable<number>): string {
  let hash = 0x811c9dc5;
  for (const integer of integers) {
    for (const shift of [24, 16, 8, 0]) hash = Math.imul(hash ^ ((integer >>> shift) & 0xff), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Every `stride`-th number of single precision from `low` to `high`, both of one sign and `low` nearer to zero. */
export function* floatsBetween(low: number, high: number, stride: number): Generator<number, void, undefined> {
  const last = Number.parseInt(bitsOf(high), 16);
  for (let bits = Number.parseInt(bitsOf(low), 16); bits <= last; bits += stride) yield floatOf(bits);
}
