/** Walks a path once in the background, keeps its checkpoints and measures its bound. */

import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Cursor } from './cursor.ts';
import type { Meter } from './meter.ts';

export class Chart {
  readonly #readback: Readback;
  #arrived: number | undefined;

  constructor(
    readonly gpu: Gpu,
    readonly cursor: Cursor,
    readonly checkpoints: Checkpoints,
    /** Absent where no bound is wanted. */
    readonly meter?: Meter,
  ) {
    this.#readback = new Readback(gpu, cursor.x.size);
  }

  get done(): boolean {
    return this.checkpoints.missing === undefined && (!this.meter || this.meter.bound !== undefined);
  }

  /** Encodes at most `most` steps towards the next checkpoint, and its way to the host once there. */
  encode(encoder: GPUCommandEncoder, most: number): number {
    if (this.#readback.busy) return 0;
    const measuring = this.meter !== undefined && !this.meter.finished;
    const { missing } = this.checkpoints;
    const next = measuring ? Math.min(missing ?? Infinity, this.cursor.path.T) : missing;
    if (next === undefined) return 0;
    const pass = encoder.beginComputePass();
    const steps = measuring ? this.#measure(pass, next, most) : this.#advance(pass, next, most);
    pass.end();
    if (this.cursor.position === missing) {
      this.#readback.encode(encoder, this.cursor.x);
      this.#arrived = missing;
    }
    if (measuring && this.meter.finished) this.meter.encodeSums(encoder);
    return steps;
  }

  /** After submitting: keeps what has arrived, a checkpoint or the bound. Resolves to whether anything has. */
  async collect(): Promise<boolean> {
    const arrived = await Promise.all([this.#keep(), this.meter?.collect()]);
    return arrived.includes(true);
  }

  release(): void {
    this.#readback.release();
    this.meter?.release();
  }

  #advance(pass: GPUComputePassEncoder, p: number, most: number): number {
    return this.cursor.advance(this.gpu.device.queue, pass, p, most);
  }

  /** Walks to `p` by way of every state, and measures each. */
  #measure(pass: GPUComputePassEncoder, p: number, most: number): number {
    let steps = 0;
    while (this.cursor.position < p && steps < most) {
      steps += this.#advance(pass, this.cursor.position + 1, 1);
      this.meter?.encode(pass, this.cursor.position);
    }
    return steps;
  }

  async #keep(): Promise<boolean> {
    const p = this.#arrived;
    if (p === undefined) return false;
    this.#arrived = undefined;
    this.checkpoints.save(p, await this.#readback.read());
    return true;
  }
}
