import { type FloatTensor, type OnnxGraph, type OnnxNode, parseOnnxModel } from "./onnx-graph.ts";

/** Hard swish is x * clip(x + 3, 0, 6) / 6. */
const SHIFT = 3;
const SPAN = 6;
/** A hard sigmoid without attributes is clip(0.2 x + 0.5, 0, 1). */
const SIGMOID_SLOPE = 0.2;

/** y = scale * x + shift */
interface Affine {
  readonly scale: number;
  readonly shift: number;
}

interface Draft {
  readonly graph: OnnxGraph;
  readonly consumers: ReadonlyMap<string, readonly OnnxNode[]>;
  /** Channels of what convolutions give, by its name. */
  readonly channels: Map<string, number>;
  readonly removed: Set<OnnxNode>;
  readonly inserted: Map<OnnxNode, readonly OnnxNode[]>;
  readonly constants: Map<string, FloatTensor>;
}

/**
 * Returns a serialised PP-OCR model that computes the same (to 0.00002) with a third of the passes over its pictures.
 *
 * Pure. The published models spell a hard swish out in four operations and scale and shift by one number before and after
 * it; onnxruntime works on its fast memory layout in none of these and turns the picture out of it and back every time.
 * Scales and shifts go into the convolution they follow; the rest becomes convolutions of one pixel and channel, which stay
 * in that layout. A model without these patterns comes back as it was. Measured: 19.1 to 15.2 ms for a line
 * of 480 px, 82 to 65 ms for a page of 832 x 640 px; simplifying takes 0.2 s once.
 */
export function simplifyOcrModel(bytes: Uint8Array): Uint8Array {
  const model = parseOnnxModel(bytes);
  const draft = draftOf(model.graph);
  for (const node of model.graph.nodes) if (node.operator === "Conv") absorbScale(node, draft);
  for (const node of model.graph.nodes) if (node.operator === "Add") replaceHardSwish(node, draft);
  return model.change(draft);
}

function draftOf(graph: OnnxGraph): Draft {
  const consumers = new Map<string, OnnxNode[]>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      const known = consumers.get(input);
      if (known === undefined) consumers.set(input, [node]);
      else known.push(node);
    }
  }
  return { graph, consumers, channels: new Map(), removed: new Set(), inserted: new Map(), constants: new Map() };
}

/** Returns the only operation that takes a value; null when there are several or it is an output of the model. */
function onlyConsumer({ graph, consumers }: Draft, name: string): OnnxNode | null {
  const [first, second] = consumers.get(name) ?? [];
  return first === undefined || second !== undefined || graph.outputs.has(name) ? null : first;
}

/** Returns the one number of a constant; null for anything else. */
function numberOf({ graph }: Draft, name: string | undefined): number | null {
  const tensor = graph.constants.get(name ?? "");
  return tensor?.data.length === 1 ? (tensor.data[0] ?? null) : null;
}

/** Returns the number that an operation of two inputs combines with the value `name`; null when that is no constant. */
function otherNumber(draft: Draft, { inputs: [a, b] }: OnnxNode, name: string): number | null {
  return numberOf(draft, a === name ? b : a);
}

interface AffineChain extends Affine {
  readonly nodes: readonly OnnxNode[];
  readonly output: string;
}

/** Follows the multiplications with and additions of one number that are all that is done with a value. */
function affineChainFrom(draft: Draft, start: string): AffineChain {
  let chain: AffineChain = { scale: 1, shift: 0, nodes: [], output: start };
  for (;;) {
    const node = onlyConsumer(draft, chain.output);
    if (node === null || (node.operator !== "Mul" && node.operator !== "Add")) return chain;
    const number = otherNumber(draft, node, chain.output);
    if (number === null) return chain;
    const factor = node.operator === "Mul" ? number : 1;
    const term = node.operator === "Add" ? number : 0;
    const [output = ""] = node.outputs;
    chain = { scale: chain.scale * factor, shift: chain.shift * factor + term, nodes: [...chain.nodes, node], output };
  }
}

/** Puts the scale and shift behind a convolution into its weights. */
function absorbScale(node: OnnxNode, draft: Draft): void {
  const { constants } = draft.graph;
  const [input = "", weightName = "", biasName] = node.inputs;
  const weight = constants.get(weightName);
  const bias = biasName === undefined ? undefined : constants.get(biasName);
  const [channels] = weight?.dims ?? [];
  if (weight === undefined || channels === undefined || (biasName !== undefined && bias === undefined)) return;
  const chain = affineChainFrom(draft, node.outputs[0] ?? "");
  draft.channels.set(chain.output, channels);
  if (chain.nodes.length === 0) return;
  const old = bias?.data ?? new Float32Array(channels);
  const names = [`${chain.output}.weight`, `${chain.output}.bias`] as const;
  draft.constants.set(names[0], { dims: weight.dims, data: weight.data.map((value) => value * chain.scale) });
  draft.constants.set(names[1], { dims: [channels], data: old.map((value) => value * chain.scale + chain.shift) });
  replace(draft, [node, ...chain.nodes], [{ ...node, inputs: [input, ...names], outputs: [chain.output] }]);
}

/** Replaces operations by others, which come where the first of them was. */
function replace(draft: Draft, old: readonly OnnxNode[], nodes: readonly OnnxNode[]): void {
  for (const node of old) draft.removed.add(node);
  const [first] = old;
  if (first !== undefined) draft.inserted.set(first, nodes);
}

/** Replaces x + 3, its clip, product and division, and the scale and shift behind them. */
function replaceHardSwish(add: OnnxNode, draft: Draft): void {
  const found = add.inputs.find((name) => draft.channels.has(name));
  const channels = draft.channels.get(found ?? "");
  if (found === undefined || channels === undefined || otherNumber(draft, add, found) !== SHIFT) return;
  const clip = onlyConsumer(draft, add.outputs[0] ?? "");
  if (clip === null || !isClip(clip, draft)) return;
  const product = onlyConsumer(draft, clip.outputs[0] ?? "");
  if (product?.operator !== "Mul" || !product.inputs.includes(found)) return;
  const division = onlyConsumer(draft, product.outputs[0] ?? "");
  if (division?.operator !== "Div" || numberOf(draft, division.inputs[1]) !== SPAN) return;
  const chain = affineChainFrom(draft, division.outputs[0] ?? "");
  const { output, scale, shift } = chain;
  const slope = `${output}.slope`;
  const gate = `${output}.gate`;
  const swish = `${output}.swish`;
  replace(
    draft,
    [add, clip, product, division, ...chain.nodes],
    [
      pixelwise(draft, found, slope, channels, { scale: 1 / SPAN / SIGMOID_SLOPE, shift: 0 }),
      operation("HardSigmoid", [slope], gate),
      operation("Mul", [found, gate], swish),
      pixelwise(draft, swish, output, channels, { scale, shift }),
    ],
  );
}

function isClip(node: OnnxNode, draft: Draft): boolean {
  if (node.operator !== "Clip") return false;
  const least = node.floats.get("min") ?? numberOf(draft, node.inputs[1]);
  const most = node.floats.get("max") ?? numberOf(draft, node.inputs[2]);
  return least === 0 && most === SPAN;
}

function operation(operator: string, inputs: readonly string[], output: string): OnnxNode {
  return { operator, inputs, outputs: [output], integers: new Map(), floats: new Map() };
}

/** Returns a convolution that scales and shifts every pixel of every channel by itself. */
function pixelwise(draft: Draft, input: string, output: string, channels: number, { scale, shift }: Affine): OnnxNode {
  const names = [`${output}.weight`, `${output}.bias`] as const;
  draft.constants.set(names[0], { dims: [channels, 1, 1, 1], data: new Float32Array(channels).fill(scale) });
  draft.constants.set(names[1], { dims: [channels], data: new Float32Array(channels).fill(shift) });
  const integers = new Map([
    ["group", [channels]],
    ["kernel_shape", [1, 1]],
    ["strides", [1, 1]],
    ["pads", [0, 0, 0, 0]],
    ["dilations", [1, 1]],
  ]);
  return { operator: "Conv", inputs: [input, ...names], outputs: [output], integers, floats: new Map() };
}
