// What the module exports. Addresses count numbers of four bytes, as the contract in kernels.ts does; each kernel makes bytes of them.
export { multiply, multiplyTransposed, pack, packTransposed } from './product';
export { elmanBackward, elmanForward } from './elman';
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export { add, addRowSums, copyRows, dropout, fill, fillRows, gather, gatherAdd, sumPositions } from './rows';
export { argmax, crossEntropy, crossEntropyBackward, softmax } from './softmax';
export { adam, momentum, movingAverage, sgd, sumOfSquares } from './optimizers';
export { crfGradient, crfLoss, crfPotentials, crfSums } from './crf';
export { viterbi } from './viterbi';
/** Returns the end of the memory that the kernels themselves need, in bytes. */
export function heapBase(): usize { return __heap_base; }
