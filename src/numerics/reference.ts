import { at } from './at.js';
import { doublePrecision, singlePrecision } from './elementary.js';
import type { Kernels } from './kernels.js';
import { crfKernels } from './reference/crf.js';
import { elmanKernels } from './reference/elman.js';
import { gruKernels } from './reference/gru.js';
import { lstmKernels } from './reference/lstm.js';
import { ReferenceMemory } from './reference/memory.js';
import { optimizerKernels } from './reference/optimizers.js';
import { productKernels } from './reference/product.js';
import { quantisedKernels } from './reference/quantised.js';
import { roundingKernels } from './reference/rounding.js';
import { rowKernels } from './reference/rows.js';
import { softmaxKernels } from './reference/softmax.js';

/** Creates the kernels in plain TypeScript, in single precision: the definition that faster ones match bit by bit. */
export function createReferenceKernels(): Kernels {
  return kernelsIn(new ReferenceMemory(singlePrecision, true));
}

/** Creates plain kernels in double precision, with the functions of Math, to check gradients. */
export function createDoubleKernels(): Kernels {
  return kernelsIn(new ReferenceMemory(doublePrecision, false));
}

/** Creates the plain kernels in a given memory. */
export function kernelsIn(memory: ReferenceMemory): Kernels {
  const product = productKernels(memory);
  return {
    get memory() {
      return memory.numbers;
    },
    get integers() {
      return memory.integers;
    },
    get used() {
      return memory.used;
    },
    loadDouble: (address) => at(memory.doubles, memory.double(address)),
    storeDouble(address, value) {
      memory.doubles[memory.double(address)] = value;
    },
    allocate: (n) => memory.allocate(n),
    release: (used) => memory.release(used),
    ...product,
    ...elmanKernels(memory, product.multiply),
    ...lstmKernels(memory, product.multiply),
    ...gruKernels(memory, product.multiply),
    ...quantisedKernels(memory),
    ...roundingKernels(memory),
    ...rowKernels(memory),
    ...softmaxKernels(memory),
    ...crfKernels(memory),
    ...optimizerKernels(memory),
  };
}
