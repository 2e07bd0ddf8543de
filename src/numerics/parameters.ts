import type { Kernels, Numbers } from './kernels.js';

/** Names and shapes of a network's weights, in the order in which they lie. */
export type ParameterShapes = Readonly<Record<string, readonly number[]>>;

/** Weights (or their gradient, or an optimizer's moments) in one flat block, with a view of each by its name. */
export interface ParameterBlock<Shapes extends ParameterShapes = ParameterShapes> {
  readonly shapes: Shapes;
  readonly data: Numbers;
  readonly views: { readonly [Name in keyof Shapes]: Numbers };
}

/** Product of a shape's dimensions. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** A block of zeros. */
export function allocateParameters<Shapes extends ParameterShapes>(
  shapes: Shapes,
  kernels: Kernels,
): ParameterBlock<Shapes> {
  const total = Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0);
  const data = kernels.allocate(total);
  const views: Record<string, Numbers> = {};
  let offset = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    views[name] = data.subarray(offset, offset + sizeOf(shape));
    offset += sizeOf(shape);
  }
  return { shapes, data, views: views as ParameterBlock<Shapes>['views'] };
}
