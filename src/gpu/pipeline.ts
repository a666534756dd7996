/** Pipelines and bindings from WGSL sources, compiled asynchronously and once. */
import type { Gpu } from './device.ts';
import { moduleCode, uniformAt, type Wgsl } from './wgsl.ts';

/** What a binding holds; its number is its place in the list. */
export type Binding = 'uniform' | 'table row' | 'read' | 'write' | 'texture';

/** One shader stage. */
export interface Stage {
  readonly label: string;
  /** The shader, after what it leaves to be chosen, such as a source of noise; what these need comes with them. */
  readonly sources: readonly Wgsl[];
  readonly bindings: readonly Binding[];
  readonly constants?: Record<string, number>;
}

/** A stage compiled for a device. */
export interface Compiled<Pipeline = GPUComputePipeline> {
  readonly gpu: Gpu;
  readonly stage: Stage;
  readonly pipeline: Pipeline;
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

/** A label is for people who read errors; two stages that differ in anything else are never taken for one. */
async function compiledOnce<Pipeline extends GPUComputePipeline | GPURenderPipeline>(
  gpu: Gpu,
  stage: Stage,
  format: GPUTextureFormat | undefined,
  make: (code: string) => Promise<Pipeline>,
): Promise<Compiled<Pipeline>> {
  const code = moduleCode(stage.sources);
  const constants = Object.entries(stage.constants ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const compiled = JSON.stringify([code, stage.bindings, constants, format]);
  const pipeline = (gpu.pipelines.get(compiled) as Promise<Pipeline> | undefined) ?? make(code);
  gpu.pipelines.set(compiled, pipeline);
  return { gpu, stage, pipeline: await pipeline };
}

/** Compiles `main`. Rejects with the compiler's message when the WGSL is wrong. */
export function compile(gpu: Gpu, stage: Stage): Promise<Compiled> {
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
export function compilePainter(
  gpu: Gpu,
  stage: Stage,
  format: GPUTextureFormat,
): Promise<Compiled<GPURenderPipeline>> {
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

/** What is bound: a buffer, a part of one, or a texture; of a buffer for a table's rows, one row at a time. */
export type Resource = GPUBuffer | GPUBufferBinding | GPUTextureView;

/** Binds resources in the order of the stage's list. */
export function bindGroup(
  { gpu, stage, pipeline }: Compiled<GPUComputePipeline | GPURenderPipeline>,
  resources: readonly Resource[],
): GPUBindGroup {
  const bound = (resource: Resource, binding: number): GPUBindingResource => {
    const kind = stage.bindings[binding];
    if (kind === 'texture' || 'buffer' in resource) return resource as GPUBindingResource;
    const buffer = resource as GPUBuffer;
    const row = kind === 'table row' ? uniformAt(stage.sources, binding) : undefined;
    return row ? { buffer, size: row.size } : { buffer };
  };
  return gpu.device.createBindGroup({
    label: stage.label,
    layout: pipeline.getBindGroupLayout(0),
    entries: resources.map((resource, binding) => ({ binding, resource: bound(resource, binding) })),
  });
}
