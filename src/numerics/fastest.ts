import type { Kernels } from './kernels.js';
import { createReferenceKernels } from './reference.js';
import { createWasmKernels, hasWasm } from './wasm.js';

/** Creates the fastest kernels that this engine can run, with a memory of their own. */
export function createKernels(): Kernels {
  return hasWasm() ? createWasmKernels() : createReferenceKernels();
}
