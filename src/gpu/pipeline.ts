/** Pipelines and bindings from WGSL sources, compiled asynchronously and once. */
import type { Gpu } from './device.ts';
import type { Wgsl } from './wgsl.ts';

/** What a binding holds; its number is its place in the list. */
export type Binding = 'uniform' | 'table row' | 'read' | 'write' | 'texture';

/** One shader stage: sources joined in the order given, so that a shader's helpers are an explicit list. */
export interface Stage {
  readonly label: string;
  readonly sources: readonly Wgsl[];
  /** WGSL extensions, which the device must have. */
  readonly enable?: readonly string[];
  readonly bindings: readonly Binding[];
  readonly constants?: Record<string, number>;
}

const BINDING_LAYOUTS: Record<Binding, Omit<GPUBindGroupLayoutEntry, 'binding' | 'visibility'>> = {
  uniform: { buffer: { type: 'uniform' } },
  'table row': { buffer: { type: 'uniform', hasDynamicOffset: true } },
  read: { buffer: { type: 'read-only-storage' } },
  write: { buffer: { type: 'storage' } },
  texture: { texture: {} },
};

function pipelineLayout(gpu: Gpu, stage: Stage, visibility: GPUShaderStageFlags): GPUPipelineLayout {
  const entries = stage.bindings.map((kind, binding) => ({ binding, visibility, ...BINDING_LAYOUTS[kind] }));
  return gpu.device.createPipelineLayout({
    bindGroupLayouts: [gpu.device.createBindGroupLayout({ label: stage.label, entries })],
  });
}

/** The whole text of a stage. */
const codeOf = ({ sources, enable = [] }: Stage): string =>
  [...enable.map((extension) => `enable ${extension};`), ...sources.map(({ code }) => code)].join('\n');

/** A label is for people who read errors; two stages that differ in anything else are never taken for one. */
function compiledOnce<Pipeline extends GPUComputePipeline | GPURenderPipeline>(
  gpu: Gpu,
  stage: Stage,
  format: GPUTextureFormat | undefined,
  compile: (code: string) => Promise<Pipeline>,
): Promise<Pipeline> {
  const code = codeOf(stage);
  const constants = Object.entries(stage.constants ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const compiled = JSON.stringify([code, stage.bindings, constants, format]);
  const known = gpu.pipelines.get(compiled) as Promise<Pipeline> | undefined;
  if (known) return known;
  const pipeline = compile(code);
  gpu.pipelines.set(compiled, pipeline);
  return pipeline;
}

/** Compiles `main`. Rejects with the compiler's message when the WGSL is wrong. */
export function computePipeline(gpu: Gpu, stage: Stage): Promise<GPUComputePipeline> {
  const { label, constants } = stage;
  return compiledOnce(gpu, stage, undefined, (code) =>
    gpu.device.createComputePipelineAsync({
      label,
      layout: pipelineLayout(gpu, stage, GPUShaderStage.COMPUTE),
      compute: { module: gpu.device.createShaderModule({ label, code }), ...(constants && { constants }) },
    }),
  );
}

/** A full-screen triangle painted by the stage's only vertex and fragment functions. */
export function paintPipeline(gpu: Gpu, stage: Stage, format: GPUTextureFormat): Promise<GPURenderPipeline> {
  const { label, constants } = stage;
  return compiledOnce(gpu, stage, format, (code) => {
    const module = gpu.device.createShaderModule({ label, code });
    return gpu.device.createRenderPipelineAsync({
      label,
      layout: pipelineLayout(gpu, stage, GPUShaderStage.FRAGMENT),
      vertex: { module, ...(constants && { constants }) },
      fragment: { module, targets: [{ format }], ...(constants && { constants }) },
    });
  });
}

/** Binds resources in the order of the stage's list. */
export function bindGroup(
  gpu: Gpu,
  pipeline: GPUComputePipeline | GPURenderPipeline,
  resources: readonly GPUBindingResource[],
): GPUBindGroup {
  return gpu.device.createBindGroup({
    label: pipeline.label,
    layout: pipeline.getBindGroupLayout(0),
    entries: resources.map((resource, binding) => ({ binding, resource })),
  });
}
