import type { KernelCase } from './kernel-cases/case.js';
import { cellCases } from './kernel-cases/cells.js';
import { crfCases, crfOfSetsCases } from './kernel-cases/crf.js';
import { optimizerCases } from './kernel-cases/optimizers.js';
import { outputCases } from './kernel-cases/outputs.js';
import { productCases } from './kernel-cases/products.js';
import { quantisedCases } from './kernel-cases/quantised.js';
import { rowCases } from './kernel-cases/rows.js';

export type { KernelCase, Output } from './kernel-cases/case.js';

/** Every kernel on numbers of single or double precision, at and around the vector width. */
export const FLOAT_CASES: readonly KernelCase[] = [
  ...productCases(),
  ...cellCases(),
  ...rowCases(),
  ...optimizerCases(),
  ...outputCases(),
  ...crfCases(),
  ...crfOfSetsCases(),
];

/** Every kernel. */
export const KERNEL_CASES: readonly KernelCase[] = [...FLOAT_CASES, ...quantisedCases()];
