import type { Kernels } from '../../../src/numerics/kernels.js';
import { createDoubleKernels } from '../../../src/numerics/reference.js';
import { textbookCells } from './cells.js';
import { textbookCrf } from './crf.js';
import { textbookOptimizers } from './optimizers.js';
import { textbookProducts } from './products.js';
import { textbookRows } from './rows.js';
import { textbookSoftmax } from './softmax.js';

/**
 * The kernels once more, straight from their formulas, in double precision and with no thought of order, speed or
 * range: what those that are used are held against. Only the memory is theirs.
 */
export function createTextbookKernels(): Kernels {
  const kernels = createDoubleKernels();
  return Object.assign(
    kernels,
    textbookProducts(kernels),
    textbookRows(kernels),
    textbookCells(kernels),
    textbookSoftmax(kernels),
    textbookCrf(kernels),
    textbookOptimizers(kernels),
  );
}
