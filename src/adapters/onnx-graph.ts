import { bytesOf, fieldOf, formatFields, numbersOf, parseFields, textsOf, type WireField } from "./onnx-messages.ts";

/** One operation of a network. */
export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole-number attributes by name, such as a convolution's pads. */
  readonly integers: ReadonlyMap<string, readonly number[]>;
  /** Attributes that are single floats by name; those of an added operation are not written. */
  readonly floats: ReadonlyMap<string, number>;
}

/** A constant array of 32-bit floats. */
export interface FloatTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** A network as its operations in the order of work, the constants among them and what it gives. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, FloatTensor>;
  readonly outputs: ReadonlySet<string>;
}

/** What is done to a graph: operations that go, operations that come in the place of another, new constants. */
export interface GraphChange {
  readonly removed: ReadonlySet<OnnxNode>;
  readonly inserted: ReadonlyMap<OnnxNode, readonly OnnxNode[]>;
  readonly constants: ReadonlyMap<string, FloatTensor>;
}

// Field numbers of onnx.proto3.
const MODEL_GRAPH = 7;
const GRAPH = { node: 1, constant: 5, output: 12 } as const;
const NODE = { input: 1, output: 2, operator: 4, attribute: 5 } as const;
const ATTRIBUTE = { name: 1, float: 2, integer: 3, tensor: 5, integers: 8, type: 20 } as const;
const TENSOR = { dims: 1, dataType: 2, name: 8, raw: 9 } as const;
const FLOAT = 1;
const INTEGER_TYPE = 2;
const INTEGERS_TYPE = 7;

interface ParsedNode {
  readonly node: OnnxNode;
  readonly field: WireField;
}

/** A model that can be looked at and changed; everything that is not changed stays as it was, byte by byte. */
export interface OnnxModel {
  readonly graph: OnnxGraph;
  readonly change: (change: GraphChange) => Uint8Array;
}

/** Returns a serialised model opened for changes. Pure. @see onnx.proto3 of ONNX IR version 8 */
export function parseOnnxModel(bytes: Uint8Array): OnnxModel {
  const model = parseFields(bytes);
  const graphFields = parseFields(bytesOf(model, MODEL_GRAPH)[0] ?? new Uint8Array());
  const parsed = graphFields.flatMap((field) => (field.number === GRAPH.node ? [{ node: parseNode(field), field }] : []));
  const outputs = new Set(bytesOf(graphFields, GRAPH.output).flatMap((output) => textsOf(parseFields(output), 1)));
  const graph = { nodes: parsed.map(({ node }) => node), constants: constantsOf(graphFields, parsed), outputs };
  return { graph, change: (change) => formatModel(model, graphFields, parsed, change) };
}

function parseNode({ value }: WireField): OnnxNode {
  const fields = typeof value === "bigint" ? [] : parseFields(value);
  const integers = new Map<string, readonly number[]>();
  const floats = new Map<string, number>();
  for (const attribute of bytesOf(fields, NODE.attribute).map(parseFields)) {
    const values = [...numbersOf(attribute, ATTRIBUTE.integer), ...numbersOf(attribute, ATTRIBUTE.integers)];
    const [name = ""] = textsOf(attribute, ATTRIBUTE.name);
    if (values.length > 0) integers.set(name, values);
    const [float] = bytesOf(attribute, ATTRIBUTE.float);
    if (float !== undefined) floats.set(name, new DataView(float.buffer, float.byteOffset).getFloat32(0, true));
  }
  const [operator = ""] = textsOf(fields, NODE.operator);
  return { operator, inputs: textsOf(fields, NODE.input), outputs: textsOf(fields, NODE.output), integers, floats };
}

function constantsOf(graphFields: readonly WireField[], parsed: readonly ParsedNode[]): Map<string, FloatTensor> {
  const constants = new Map<string, FloatTensor>();
  const add = (name: string, bytes: Uint8Array | undefined): void => {
    const tensor = bytes === undefined ? null : parseTensor(parseFields(bytes));
    if (tensor !== null) constants.set(name, tensor);
  };
  for (const bytes of bytesOf(graphFields, GRAPH.constant)) add(textsOf(parseFields(bytes), TENSOR.name)[0] ?? "", bytes);
  for (const { node, field } of parsed) {
    if (node.operator !== "Constant" || typeof field.value === "bigint") continue;
    const [attribute] = bytesOf(parseFields(field.value), NODE.attribute);
    add(node.outputs[0] ?? "", attribute === undefined ? undefined : bytesOf(parseFields(attribute), ATTRIBUTE.tensor)[0]);
  }
  return constants;
}

/**
 * Null for other numbers than 32-bit floats and for tensors that do not hold their data as raw bytes.
 *
 * Raw bytes are little-endian, as are all machines that onnxruntime is built for.
 */
function parseTensor(fields: readonly WireField[]): FloatTensor | null {
  const [raw] = bytesOf(fields, TENSOR.raw);
  if (raw === undefined || numbersOf(fields, TENSOR.dataType)[0] !== FLOAT) return null;
  return { dims: numbersOf(fields, TENSOR.dims), data: new Float32Array(Uint8Array.from(raw).buffer) };
}

function formatModel(
  model: readonly WireField[],
  graphFields: readonly WireField[],
  parsed: readonly ParsedNode[],
  { removed, inserted, constants }: GraphChange,
): Uint8Array {
  const nodes = parsed.flatMap(({ node, field }) => [
    ...(inserted.get(node) ?? []).map((added) => fieldOf(GRAPH.node, formatNode(added))),
    ...(removed.has(node) ? [] : [field]),
  ]);
  const added = [...constants].map(([name, tensor]) => fieldOf(GRAPH.constant, formatTensor(name, tensor)));
  const others = graphFields.filter(({ number }) => number !== GRAPH.node);
  const graph = fieldOf(MODEL_GRAPH, formatFields([...nodes, ...others, ...added]));
  return formatFields(model.map((field) => (field.number === MODEL_GRAPH ? graph : field)));
}

function formatNode({ operator, inputs, outputs, integers }: OnnxNode): Uint8Array {
  return formatFields([
    ...inputs.map((input) => fieldOf(NODE.input, input)),
    ...outputs.map((output) => fieldOf(NODE.output, output)),
    fieldOf(NODE.operator, operator),
    ...[...integers].map(([name, values]) => fieldOf(NODE.attribute, formatAttribute(name, values))),
  ]);
}

function formatAttribute(name: string, values: readonly number[]): Uint8Array {
  const [first = 0] = values;
  return formatFields([
    fieldOf(ATTRIBUTE.name, name),
    ...(name === "group" ? [fieldOf(ATTRIBUTE.integer, first)] : values.map((value) => fieldOf(ATTRIBUTE.integers, value))),
    fieldOf(ATTRIBUTE.type, name === "group" ? INTEGER_TYPE : INTEGERS_TYPE),
  ]);
}

function formatTensor(name: string, { dims, data }: FloatTensor): Uint8Array {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return formatFields([
    ...dims.map((dim) => fieldOf(TENSOR.dims, dim)),
    fieldOf(TENSOR.dataType, FLOAT),
    fieldOf(TENSOR.name, name),
    fieldOf(TENSOR.raw, raw),
  ]);
}
