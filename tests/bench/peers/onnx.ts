/** Just enough of ONNX's protocol buffers (onnx.proto, IR version 8) to write a graph of a few nodes. */

type Bytes = readonly number[];

const varint = (n: number): Bytes => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
const int = (field: number, n: number): Bytes => [...varint(field << 3), ...varint(n)];
const bytes = (field: number, content: Bytes): Bytes => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
];
const text = (field: number, content: string): Bytes => bytes(field, [...new TextEncoder().encode(content)]);

const FLOAT = 1;
const TYPE_INT = 2;
const TYPE_INTS = 7;

/** AttributeProto: one whole number, or several. */
export const attribute = (name: string, value: number | readonly number[]): Bytes =>
  typeof value === 'number'
    ? [...text(1, name), ...int(3, value), ...int(20, TYPE_INT)]
    : [...text(1, name), ...value.flatMap((n) => int(8, n)), ...int(20, TYPE_INTS)];

/** NodeProto. */
export const node = (
  op: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Bytes[] = [],
): Bytes => [
  ...inputs.flatMap((input) => text(1, input)),
  ...text(2, output),
  ...text(3, output),
  ...text(4, op),
  ...attributes.flatMap((each) => bytes(5, each)),
];

/** ValueInfoProto of a float tensor. */
const value = (name: string, shape: readonly number[]): Bytes => {
  const dims = shape.flatMap((n) => bytes(1, int(1, n)));
  const tensor = [...int(1, FLOAT), ...bytes(2, dims)];
  return [...text(1, name), ...bytes(2, bytes(1, tensor))];
};

type Values = Record<string, readonly number[]>;

/** ModelProto: a graph of float tensors, each value by its name and shape. */
export function model(nodes: readonly Bytes[], inputs: Values, outputs: Values): Uint8Array<ArrayBuffer> {
  const values = (field: number, all: Values) =>
    Object.entries(all).flatMap(([name, shape]) => bytes(field, value(name, shape)));
  const graph = [
    ...nodes.flatMap((each) => bytes(1, each)),
    ...text(2, 'step'),
    ...values(11, inputs),
    ...values(12, outputs),
  ];
  const opset = [...text(1, ''), ...int(2, 17)];
  return new Uint8Array([...int(1, 8), ...bytes(8, opset), ...bytes(7, graph)]);
}
