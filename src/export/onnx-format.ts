import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** The version of onnx.proto (ONNX 1.16) that defines the numbers of types and fields in this file. */
const IR_VERSION = 8;

/** The version of ONNX's operators in the graphs. */
const OPERATORS_VERSION = 17;

const AttributeType = { number: 2, string: 3, object: 7 } as const;

export const ElementType = { float32: 1, int32: 6, int64: 7 } as const;
export type ElementType = (typeof ElementType)[keyof typeof ElementType];

/** Constant numbers of a graph. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: Float32Array | BigInt64Array;
}

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | string | readonly number[]>>;
}

/** An input or output; a dimension of variable size has a name. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/**
 * Encodes an ONNX file.
 *
 * @param metadata texts by name, for programs
 * @param description a text for people
 */
export function writeOnnx(
  graph: OnnxGraph,
  metadata: Readonly<Record<string, string>>,
  description: string,
): Uint8Array {
  const writer = new BinaryWriter();
  writeInteger(writer, 1, IR_VERSION);
  writeText(writer, 2, 'rnn-tagger');
  writeText(writer, 6, description);
  writeMessage(writer, 7, () => writeGraph(writer, graph));
  writeMessage(writer, 8, () => writeInteger(writer, 2, OPERATORS_VERSION));
  for (const [key, value] of Object.entries(metadata))
    writeMessage(writer, 14, () => {
      writeText(writer, 1, key);
      writeText(writer, 2, value);
    });
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, { nodes, tensors, inputs, outputs }: OnnxGraph): void {
  for (const node of nodes) writeMessage(writer, 1, () => writeNode(writer, node));
  writeText(writer, 2, 'tagger');
  for (const tensor of tensors) writeMessage(writer, 5, () => writeTensor(writer, tensor));
  for (const input of inputs) writeMessage(writer, 11, () => writeValue(writer, input));
  for (const output of outputs) writeMessage(writer, 12, () => writeValue(writer, output));
}

function writeNode(writer: BinaryWriter, { operator, inputs, outputs, attributes }: OnnxNode): void {
  for (const input of inputs) writeText(writer, 1, input);
  for (const output of outputs) writeText(writer, 2, output);
  writeText(writer, 4, operator);
  for (const [name, value] of Object.entries(attributes))
    writeMessage(writer, 5, () => writeAttribute(writer, name, value));
}

function writeAttribute(writer: BinaryWriter, name: string, value: OnnxNode['attributes'][string]): void {
  writeText(writer, 1, name);
  if (typeof value === 'number') writeInteger(writer, 3, value);
  else if (typeof value === 'string') writeText(writer, 4, value);
  else for (const each of value) writeInteger(writer, 8, each);
  writeInteger(writer, 20, AttributeType[typeof value as keyof typeof AttributeType]);
}

function writeTensor(writer: BinaryWriter, { name, shape, numbers }: OnnxTensor): void {
  for (const size of shape) writeInteger(writer, 1, size);
  writeInteger(writer, 2, numbers instanceof Float32Array ? ElementType.float32 : ElementType.int64);
  writeText(writer, 8, name);
  writer.tag(9, WireType.LengthDelimited).bytes(littleEndian(numbers));
}

function littleEndian(numbers: Float32Array | BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(numbers.byteLength);
  const view = new DataView(bytes.buffer);
  if (numbers instanceof Float32Array)
    for (const [index, number] of numbers.entries()) view.setFloat32(4 * index, number, true);
  else for (const [index, number] of numbers.entries()) view.setBigInt64(8 * index, number, true);
  return bytes;
}

function writeValue(writer: BinaryWriter, { name, type, shape }: OnnxValue): void {
  const writeShape = (): void => {
    for (const size of shape)
      writeMessage(writer, 1, () =>
        typeof size === 'number' ? writeInteger(writer, 1, size) : writeText(writer, 2, size),
      );
  };
  writeText(writer, 1, name);
  writeMessage(writer, 2, () =>
    writeMessage(writer, 1, () => {
      writeInteger(writer, 1, type);
      writeMessage(writer, 2, writeShape);
    }),
  );
}

function writeMessage(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write();
  writer.join();
}

function writeText(writer: BinaryWriter, field: number, text: string): void {
  writer.tag(field, WireType.LengthDelimited).string(text);
}

function writeInteger(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}
