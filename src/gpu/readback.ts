import type { Gpu } from './device.ts';

/** Copies a whole buffer to the host, through a staging buffer that is used again and again. */
export class Readback {
  readonly #staging: GPUBuffer;
  #busy = false;

  constructor(
    readonly gpu: Gpu,
    bytes: number,
  ) {
    this.#staging = gpu.buffer('readback', bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }

  /** Whether a copy is still on its way; a second must wait. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Encodes the copy. After submitting, await `read()`. */
  encode(encoder: GPUCommandEncoder, source: GPUBuffer): void {
    this.#busy = true;
    encoder.copyBufferToBuffer(source, 0, this.#staging, 0, source.size);
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    await this.#staging.mapAsync(GPUMapMode.READ);
    const copy = new Float32Array(this.#staging.getMappedRange().slice(0));
    this.#staging.unmap();
    this.#busy = false;
    return copy;
  }

  release(): void {
    this.gpu.release(this.#staging);
  }
}
