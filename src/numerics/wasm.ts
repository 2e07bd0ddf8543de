import { UserError } from '../errors.js';
import { at } from './at.js';
import { decodeBytes } from './base64.js';
import type { KernelName, Kernels } from './kernels.js';
import { SHARED_KERNELS, SINGLE_KERNELS } from './wasm-binary.js';

const PAGE = 65536;
const LARGEST_MEMORY = 65536;

/** What the module exports; addresses are in bytes. */
type Exported = Readonly<Record<KernelName | 'heapBase', (...values: number[]) => number>>;

/** Tells whether this engine has what the fast kernels need: WebAssembly with 128-bit vectors. */
export function hasWasm(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(decodeBytes(SINGLE_KERNELS));
}

/** Tells whether this engine's threads can share one memory. */
export function hasSharedMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && hasWasm();
}

/** Creates a memory for kernels that several threads use. */
export function createSharedMemory(): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: 16, maximum: LARGEST_MEMORY, shared: true });
}

/**
 * Creates the kernels in WebAssembly.
 *
 * @param shared a memory from `createSharedMemory`, in which each thread's kernels get the same addresses from the same
 * calls of `allocate`. Without it, the kernels have a memory of their own.
 * @throws {UserError} (later, from `allocate`) if the engine cannot give as much memory
 */
export function createWasmKernels(shared?: WebAssembly.Memory): Kernels {
  const memory = shared ?? new WebAssembly.Memory({ initial: 16 });
  const module = new WebAssembly.Module(decodeBytes(shared ? SHARED_KERNELS : SINGLE_KERNELS));
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exported;
  let numbers = new Float32Array(memory.buffer);
  let integers = new Int32Array(memory.buffer);
  let doubles = new Float64Array(memory.buffer);
  let used = Math.ceil(wasm.heapBase() / 64) * 16;
  /**
   * The end of the memory that has been in use and may hold numbers. Only below it is memory cleared when it is allocated,
   * so that no page is touched in vain.
   */
  let written = used;

  function makeRoom(): void {
    const missing = used * 4 - memory.buffer.byteLength;
    if (missing > 0) grow(memory, Math.ceil(missing / PAGE));
    if (numbers.buffer === memory.buffer) return;
    numbers = new Float32Array(memory.buffer);
    integers = new Int32Array(memory.buffer);
    doubles = new Float64Array(memory.buffer);
  }

  return {
    get memory() {
      return numbers;
    },
    get integers() {
      return integers;
    },
    get used() {
      return used;
    },
    loadDouble: (address) => at(doubles, address / 2),
    storeDouble(address, value) {
      doubles[address / 2] = value;
    },
    allocate(n) {
      const address = used;
      used += Math.ceil(n / 16) * 16;
      makeRoom();
      if (address < written) numbers.fill(0, address, Math.min(used, written));
      return address;
    },
    release(to) {
      written = Math.max(written, used);
      used = to;
    },
    pack: (b, panels, K, N) => wasm.pack(b * 4, panels * 4, K, N),
    packTransposed: (b, panels, K, N) => wasm.packTransposed(b * 4, panels * 4, K, N),
    multiply: (a, lda, panels, c, ldc, M, K, N) => wasm.multiply(a * 4, lda, panels * 4, c * 4, ldc, M, K, N),
    multiplyTransposed: (a, lda, b, ldb, c, ldc, M, K, N, scratch) =>
      wasm.multiplyTransposed(a * 4, lda, b * 4, ldb, c * 4, ldc, M, K, N, scratch * 4),
    gather: (table, ids, y, ldy, M, N) => wasm.gather(table * 4, ids * 4, y * 4, ldy, M, N),
    gatherAdd: (table, ids, y, ldy, M, N) => wasm.gatherAdd(table * 4, ids * 4, y * 4, ldy, M, N),
    sumPositions: (x, ldx, positions, from, to, sum, N) =>
      wasm.sumPositions(x * 4, ldx, positions * 4, from, to, sum * 4, N),
    fillRows: (bias, y, ldy, M, N) => wasm.fillRows(bias * 4, y * 4, ldy, M, N),
    addRowSums: (x, ldx, sum, M, N) => wasm.addRowSums(x * 4, ldx, sum * 4, M, N),
    copyRows: (x, ldx, y, ldy, M, N) => wasm.copyRows(x * 4, ldx, y * 4, ldy, M, N),
    fill: (x, value, n) => wasm.fill(x * 4, value, n),
    add: (x, y, n) => wasm.add(x * 4, y * 4, n),
    dropout: (x, ldx, keys, rate, M, N) => wasm.dropout(x * 4, ldx, keys * 4, rate, M, N),
    elmanForward: (before, beforeRows, panels, h, rows, ld, H) =>
      wasm.elmanForward(before * 4, beforeRows, panels * 4, h * 4, rows, ld, H),
    elmanBackward: (h, dh, rows, ld, panels, dBefore, beforeRows, H) =>
      wasm.elmanBackward(h * 4, dh * 4, rows, ld, panels * 4, dBefore * 4, beforeRows, H),
    lstmForward: (hBefore, cBefore, beforeRows, panels, z, ldz, c, tanhC, h, ld, rows, H) =>
      wasm.lstmForward(
        hBefore * 4,
        cBefore * 4,
        beforeRows,
        panels * 4,
        z * 4,
        ldz,
        c * 4,
        tanhC * 4,
        h * 4,
        ld,
        rows,
        H,
      ),
    lstmBackward: (z, ldz, cBefore, beforeRows, tanhC, dh, dc, ld, rows, panels, dhBefore, dcBefore, H) =>
      wasm.lstmBackward(
        z * 4,
        ldz,
        cBefore * 4,
        beforeRows,
        tanhC * 4,
        dh * 4,
        dc * 4,
        ld,
        rows,
        panels * 4,
        dhBefore * 4,
        dcBefore * 4,
        H,
      ),
    gruForward: (before, beforeRows, gatePanels, candidatePanels, z, ldz, u, h, ld, rows, H) =>
      wasm.gruForward(
        before * 4,
        beforeRows,
        gatePanels * 4,
        candidatePanels * 4,
        z * 4,
        ldz,
        u * 4,
        h * 4,
        ld,
        rows,
        H,
      ),
    gruBackward: (z, ldz, u, before, beforeRows, dh, ld, rows, gatePanels, candidatePanels, dBefore, H) =>
      wasm.gruBackward(
        z * 4,
        ldz,
        u * 4,
        before * 4,
        beforeRows,
        dh * 4,
        ld,
        rows,
        gatePanels * 4,
        candidatePanels * 4,
        dBefore * 4,
        H,
      ),
    softmax: (x, ld, M, K) => wasm.softmax(x * 4, ld, M, K),
    crossEntropy: (p, ld, targets, losses, M) => wasm.crossEntropy(p * 4, ld, targets * 4, losses * 4, M),
    crossEntropyBackward: (p, ld, targets, factor, M) => wasm.crossEntropyBackward(p * 4, ld, targets * 4, factor, M),
    argmax: (x, ld, best, M, K) => wasm.argmax(x * 4, ld, best * 4, M, K),
    crfPotentials: (weights, allowed, potentials, W) => wasm.crfPotentials(weights * 4, allowed * 4, potentials * 4, W),
    crfLoss: (x, ld, targets, rows, T, K, W, weights, potentials, factor, pairs, scratch) =>
      wasm.crfLoss(
        x * 4,
        ld,
        targets * 4,
        rows * 4,
        T,
        K,
        W,
        weights * 4,
        potentials * 4,
        factor,
        pairs * 4,
        scratch * 4,
      ),
    crfGradient: (pairs, potentials, counts, factor, gradient, W) =>
      wasm.crfGradient(pairs * 4, potentials * 4, counts * 4, factor, gradient * 4, W),
    crfSums: (x, ld, rows, T, K, W, potentials, inverse, sums) =>
      wasm.crfSums(x * 4, ld, rows * 4, T, K, W, potentials * 4, inverse, sums * 4),
    viterbi: (x, ld, rows, T, K, W, masked, best, scratch) =>
      wasm.viterbi(x * 4, ld, rows * 4, T, K, W, masked * 4, best * 4, scratch * 4),
    sumOfSquares: (x, n) => wasm.sumOfSquares(x * 4, n),
    sgd: (w, dw, factor, rate, n) => wasm.sgd(w * 4, dw * 4, factor, rate, n),
    momentum: (w, dw, v, factor, rate, inertia, n) => wasm.momentum(w * 4, dw * 4, v * 4, factor, rate, inertia, n),
    adam: (w, dw, m, v, factor, rate, beta1, beta2, epsilon, n) =>
      wasm.adam(w * 4, dw * 4, m * 4, v * 4, factor, rate, beta1, beta2, epsilon, n),
    movingAverage: (w, average, rate, n) => wasm.movingAverage(w * 4, average * 4, rate, n),
  };
}

function grow(memory: WebAssembly.Memory, pages: number): void {
  try {
    memory.grow(pages);
  } catch (cause) {
    throw new UserError('the network and its batches need more memory than there is', {
      hint: 'at most 4 GB can be used: try a smaller --hidden, --vocabulary-size or --batch-size',
      cause,
    });
  }
}
