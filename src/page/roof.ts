/** How near the run comes to what the GPU's memory allows: measured once for a size, when nothing moves. */
import type { Gpu } from '../gpu/device.ts';
import { copyRate, shareOf } from '../trajectory/roof.ts';
import type { Trajectory } from '../trajectory/trajectory.ts';

export class Roof {
  #measured: { readonly gpu: Gpu; readonly bytes: number; readonly rate: number } | undefined;
  #measuring = false;

  /** Resolves to whether something new is known. */
  async measure(run: Trajectory): Promise<boolean> {
    if (this.#measuring || this.#knows(run) || shareOf(run, 1) === undefined) return false;
    this.#measuring = true;
    try {
      const { gpu, buffers } = run;
      const bytes = buffers.x.size;
      this.#measured = { gpu, bytes, rate: await copyRate(gpu, bytes) };
      return true;
    } finally {
      this.#measuring = false;
    }
  }

  share(run: Trajectory | undefined): number | undefined {
    return run && this.#knows(run) ? shareOf(run, this.#measured?.rate as number) : undefined;
  }

  #knows({ gpu, buffers }: Trajectory): boolean {
    return this.#measured?.gpu === gpu && this.#measured.bytes === buffers.x.size;
  }
}
