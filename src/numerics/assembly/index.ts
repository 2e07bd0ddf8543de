// The exports of the module. The docstrings of the kernels stand in ../kernels.ts; each kernel first turns addresses into bytes.
export { multiply, multiplyTransposed, pack, packTransposed } from './product';
export { elmanStates, gatherAddQuantised, gruStates, lstmStates, multiplyQuantised, quantiseRows } from './quantised';
export { packQuantised } from './quantised-panels';
export { roundColumns, roundRows } from './rounding';
export { findNonzeros, multiplySparse } from './sparse';
export { elmanBackward, elmanForward } from './elman';
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export { add, addRowSums, copyRows, dropout, fill, fillRows, gather, gatherAdd, sumGroups } from './rows';
export { argmax, crossEntropy, crossEntropyBackward, crossEntropyOfSets, softmax } from './softmax';
export { adam, momentum, movingAverage, sgd, squaresOfRows, sumOfSquares } from './optimizers';
export { crfGradient, crfLoss, crfLossOfSets, crfPotentials, crfSums, viterbi } from './crf';
/** Returns the end of the memory that the kernels themselves need, in bytes. */
export function heapBase(): usize { return __heap_base; }
