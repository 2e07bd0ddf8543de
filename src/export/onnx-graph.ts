import type { OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './onnx-format.js';

/** An ONNX graph that is being made: operations are added in their order, and numbers that they need. */
export class GraphBuilder {
  readonly #nodes: OnnxNode[] = [];
  readonly #tensors = new Map<string, OnnxTensor>();

  /** Adds an operation with one output, and gives the name of that. */
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

  /** Numbers by a name, which it gives. */
  tensor(name: string, shape: readonly number[], numbers: Float32Array): string {
    this.#tensors.set(name, { name, shape, numbers });
    return name;
  }

  /** A list of whole numbers. */
  integers(...numbers: readonly number[]): string {
    const name = `integers ${numbers.join(' ')}`;
    this.#tensors.set(name, { name, shape: [numbers.length], numbers: BigInt64Array.from(numbers, BigInt) });
    return name;
  }

  /** One whole number. */
  integer(number: number): string {
    const name = `integer ${number}`;
    this.#tensors.set(name, { name, shape: [], numbers: BigInt64Array.of(BigInt(number)) });
    return name;
  }

  /** The sum of one or more values of one shape, from the first on. */
  sum(values: readonly string[]): string {
    return values.reduce((sum, value) => this.add('Add', [sum, value]));
  }

  finish(inputs: readonly OnnxValue[], outputs: readonly OnnxValue[]): OnnxGraph {
    return { nodes: this.#nodes, tensors: [...this.#tensors.values()], inputs, outputs };
  }
}
