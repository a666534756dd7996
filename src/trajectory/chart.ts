/** Walks a path once in the background and keeps its checkpoints. */

import type { Gpu } from '../gpu/device.ts';
import { Readback } from '../gpu/readback.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Cursor } from './cursor.ts';

export class Chart {
  readonly #readback: Readback;
  #arrived: number | undefined;

  constructor(
    readonly gpu: Gpu,
    readonly cursor: Cursor,
    readonly checkpoints: Checkpoints,
  ) {
    this.#readback = new Readback(gpu, cursor.x.size);
  }

  get done(): boolean {
    return this.checkpoints.missing === undefined;
  }

  /** Encodes at most `most` steps towards the next checkpoint, and its way to the host once there. */
  encode(encoder: GPUCommandEncoder, most: number): number {
    const next = this.checkpoints.missing;
    if (next === undefined || this.#readback.busy) return 0;
    const pass = encoder.beginComputePass();
    const steps = this.cursor.advance(this.gpu.device.queue, pass, next, most);
    pass.end();
    if (this.cursor.position === next) {
      this.#readback.encode(encoder, this.cursor.x);
      this.#arrived = next;
    }
    return steps;
  }

  /** After submitting: keeps the checkpoint that was reached, if one was. Resolves to whether one was. */
  async collect(): Promise<boolean> {
    const p = this.#arrived;
    if (p === undefined) return false;
    this.#arrived = undefined;
    this.checkpoints.save(p, await this.#readback.read());
    return true;
  }

  release(): void {
    this.#readback.release();
  }
}
