/** The GPU as this project uses it: one device, what it may do, how much of its memory is taken, what went wrong. */

import { GpuAbsent, GpuError } from './errors.ts';

export class Gpu {
  /** Bytes of the buffers and textures made here and not yet released. */
  bytes = 0;
  /** Called with every error that no error scope caught. */
  onError: (message: string) => void = (message) => console.error(message);
  /** Pipelines by what was compiled: asked for twice, compiled once. */
  readonly pipelines = new Map<string, Promise<GPUComputePipeline | GPURenderPipeline>>();
  readonly #sizes = new Map<GPUBuffer | GPUTexture, number>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly device: GPUDevice,
    /** The adapter's own words for itself, such as "nvidia lovelace". */
    readonly adapterName: string,
    /** Whether the adapter computes on the CPU. */
    readonly software: boolean,
  ) {
    device.addEventListener('uncapturederror', (event) => this.onError(event.error.message));
  }

  get timestamps(): boolean {
    return this.device.features.has('timestamp-query');
  }

  /** The least number of lanes that a subgroup has; 0 where WGSL may not use subgroups. */
  get subgroupSize(): number {
    const { features, adapterInfo } = this.device;
    return features.has('subgroups') ? (adapterInfo.subgroupMinSize ?? 0) : 0;
  }

  /** Settles when the device is gone, with the reason; 'destroyed' means that we did it. */
  get lost(): Promise<GPUDeviceLostInfo> {
    return this.device.lost;
  }

  buffer(label: string, size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    return this.#keep(this.device.createBuffer({ label, size, usage }), size);
  }

  /** A 2-D texture of 4 bytes a texel. */
  texture(
    label: string,
    size: [number, number],
    format: GPUTextureFormat,
    usage: GPUTextureUsageFlags,
  ): GPUTexture {
    return this.#keep(this.device.createTexture({ label, size, format, usage }), 4 * size[0] * size[1]);
  }

  /** Whether a buffer or texture made here has not been released. */
  holds(resource: GPUBuffer | GPUTexture): boolean {
    return this.#sizes.has(resource);
  }

  release(...resources: (GPUBuffer | GPUTexture)[]): void {
    for (const resource of resources) {
      this.bytes -= this.#sizes.get(resource) ?? 0;
      this.#sizes.delete(resource);
      resource.destroy();
    }
  }

  /**
   * Runs `make` and throws what the GPU says of it, validation or memory, as a GpuError; whatever `make` took is then
   * given back. One call at a time, and none within another: error scopes are a stack, and scopes that overlap take
   * each other's errors.
   */
  checked<Result>(make: () => Result | Promise<Result>): Promise<Result> {
    const result = this.#turn.then(() => this.#scoped(make));
    this.#turn = result.catch(() => {});
    return result;
  }

  async #scoped<Result>(make: () => Result | Promise<Result>): Promise<Result> {
    const before = new Set(this.#sizes.keys());
    const filters = ['validation', 'out-of-memory', 'internal'] as const;
    for (const filter of filters) this.device.pushErrorScope(filter);
    const [made] = await Promise.allSettled([new Promise<Result>((resolve) => resolve(make()))]);
    // Scopes are a stack: the last one pushed is the first to answer.
    const popped = await Promise.all(
      filters.toReversed().map(async (kind) => ({ kind, error: await this.device.popErrorScope() })),
    );
    const found = popped.find(({ error }) => error !== null);
    if (made.status === 'fulfilled' && !found) return made.value;
    this.release(...[...this.#sizes.keys()].filter((resource) => !before.has(resource)));
    // The GPU's own words say more than what followed from them.
    if (found?.error) throw new GpuError(found.kind, found.error.message);
    throw (made as PromiseRejectedResult).reason;
  }

  #keep<Resource extends GPUBuffer | GPUTexture>(resource: Resource, bytes: number): Resource {
    this.#sizes.set(resource, bytes);
    this.bytes += bytes;
    return resource;
  }
}

/** What is used where the adapter has it. */
const FEATURES: readonly GPUFeatureName[] = ['timestamp-query', 'subgroups'];

/** @throws GpuAbsent, which says what is missing. */
export async function requestGpu(): Promise<Gpu> {
  if (!navigator.gpu) throw new GpuAbsent('no-webgpu', 'this browser has no WebGPU');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new GpuAbsent('no-adapter', 'WebGPU found no adapter');
  const { maxStorageBufferBindingSize, maxBufferSize, maxTextureDimension2D } = adapter.limits;
  try {
    const device = await adapter.requestDevice({
      requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
      requiredLimits: { maxStorageBufferBindingSize, maxBufferSize, maxTextureDimension2D },
    });
    const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
    const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU';
    return new Gpu(device, name, isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(name));
  } catch (error) {
    throw new GpuAbsent('no-device', error instanceof Error ? error.message : String(error));
  }
}
