import type { Kernels } from './kernels.js';
import { createReferenceKernels } from './reference.js';
import { createWasmKernels, hasWasm } from './wasm.js';

/** The fastest kernels that this engine has, on a memory of their own. */
export function createKernels(): Kernels {
  return hasWasm() ? createWasmKernels() : createReferenceKernels();
}
