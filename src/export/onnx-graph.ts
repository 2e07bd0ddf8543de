import type { OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './onnx-format.js';

/** Builds an ONNX graph from operations, in their order, and constant numbers. */
export class GraphBuilder {
  readonly #nodes: OnnxNode[] = [];
  readonly #tensors = new Map<string, OnnxTensor>();

  /** Adds an operation with one output, and returns the output's name. */
  add(operator: string, inputs: readonly string[], attributes: OnnxNode['attributes'] = {}): string {
    return this.addNamed(`${operator.toLowerCase()}${this.#nodes.length}`, operator, inputs, attributes);
  }

  addNamed(
    output: string,
    operator: string,
    inputs: readonly string[],
    attributes: OnnxNode['attributes'] = {},
  ): string {
    this.#nodes.push({ operator, inputs, outputs: [output], attributes });
    return output;
  }

  /** Adds `Slice`: the part of a value from `start` to before `end` along an axis. */
  slice(value: string, start: number, end: number, axis: number): string {
    return this.add('Slice', [value, this.integers(start), this.integers(end), this.integers(axis)]);
  }

  /** Adds constant numbers by a name, and returns the name. */
  tensor(name: string, shape: readonly number[], numbers: OnnxTensor['numbers']): string {
    this.#tensors.set(name, { name, shape, numbers });
    return name;
  }

  /** Adds a constant list of whole numbers, and returns its name. */
  integers(...numbers: readonly number[]): string {
    return this.tensor(`integers ${numbers.join(' ')}`, [numbers.length], BigInt64Array.from(numbers, BigInt));
  }

  /** Adds a constant whole number, and returns its name. */
  integer(number: number): string {
    return this.tensor(`integer ${number}`, [], BigInt64Array.of(BigInt(number)));
  }

  /** Adds the sum of one or more values of one shape, in their order. */
  sum(values: readonly string[]): string {
    return values.reduce((sum, value) => this.add('Add', [sum, value]));
  }

  finish(inputs: readonly OnnxValue[], outputs: readonly OnnxValue[]): OnnxGraph {
    return { nodes: this.#nodes, tensors: [...this.#tensors.values()], inputs, outputs };
  }
}
