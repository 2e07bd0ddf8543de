import type { Address } from '../numerics/kernels.js';
import type { QuantisedMatrix } from '../numerics/quantised-matrix.js';
import type { Step } from './sequence.js';

/** The recurrent parameters of one direction for tagging, by the names that the cell gives them. */
export interface TaggingWeights {
  matrix(name: string): QuantisedMatrix;
  bias(name: string): Address;
}

/** States of 12 bits, in pairs: rows of one direction, `ld` pairs apart. */
export interface PairedStates {
  readonly address: Address;
  readonly ld: number;
}

/**
 * The equations of a cell as tagging computes them, one step after the other in the order of reading. States are rounded
 * to 12 bits, matrices to 16; tanh and σ are `shortTanh` and `shortSigmoid`.
 */
export interface TaggingLayer {
  /** (rows, gates · H): the pre-activations of a step, written by the caller; overwritten */
  readonly z: Address;
  /** Begins to read sentences, and returns what adds to `z` what the states before give, and writes the states of a step. */
  start(weights: TaggingWeights, states: PairedStates): (step: Step) => void;
}
