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

function shaderModule(gpu: Gpu, { label, sources, enable = [] }: Stage): GPUShaderModule {
  const lines = [...enable.map((extension) => `enable ${extension};`), ...sources.map(({ code }) => code)];
  return gpu.device.createShaderModule({ label, code: lines.join('\n') });
}

function compiledOnce<Pipeline extends GPUComputePipeline | GPURenderPipeline>(
  gpu: Gpu,
  label: string,
  compile: () => Promise<Pipeline>,
): Promise<Pipeline> {
  const known = gpu.pipelines.get(label) as Promise<Pipeline> | undefined;
  if (known) return known;
  const pipeline = compile();
  gpu.pipelines.set(label, pipeline);
  return pipeline;
}

/** Compiles `main`. Rejects with the compiler's message when the WGSL is wrong. */
export function computePipeline(gpu: Gpu, stage: Stage): Promise<GPUComputePipeline> {
  return compiledOnce(gpu, stage.label, () =>
    gpu.device.createComputePipelineAsync({
      label: stage.label,
      layout: pipelineLayout(gpu, stage, GPUShaderStage.COMPUTE),
      compute: {
        module: shaderModule(gpu, stage),
        ...(stage.constants && { constants: stage.constants }),
      },
    }),
  );
}

/** A full-screen triangle painted by the stage's only vertex and fragment functions. */
export function paintPipeline(gpu: Gpu, stage: Stage, format: GPUTextureFormat): Promise<GPURenderPipeline> {
  return compiledOnce(gpu, `${stage.label} ${format}`, () => {
    const module = shaderModule(gpu, stage);
    return gpu.device.createRenderPipelineAsync({
      label: stage.label,
      layout: pipelineLayout(gpu, stage, GPUShaderStage.FRAGMENT),
      vertex: { module },
      fragment: { module, targets: [{ format }] },
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
