import type { Address, Kernels } from '../numerics/kernels.js';
import type { Direction } from './elman.js';

/**
 * The layer without memory that recurrent ones are compared with: h = tanh(x), each token by itself.
 *
 * @param h (N, H): in, what the input layer gave; out, the hidden states
 */
export function feedforward(kernels: Kernels, N: number, { H, ld }: Direction, h: Address): void {
  kernels.elmanForward(h, 0, 0, h, N, ld, H);
}

/**
 * @param h (N, H), the hidden states
 * @param dh (N, H): in, the loss's gradient by h; out, its gradient by the layer's input
 */
export function feedforwardBackward(kernels: Kernels, N: number, { H, ld }: Direction, h: Address, dh: Address): void {
  kernels.elmanBackward(h, dh, N, ld, 0, dh, 0, H);
}
