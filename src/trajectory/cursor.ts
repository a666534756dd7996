/** A state on the GPU that walks along a path. */
import type { Denoiser } from '../denoisers/denoiser.ts';
import { type ColourRow, isMemoryless } from '../diffusion/colour-path.ts';
import type { Path, Row } from '../diffusion/path.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Step } from './journey.ts';

export class Cursor {
  /** The position whose state `x` holds once everything encoded has run; −1 before the first. */
  position = -1;

  constructor(
    readonly x: GPUBuffer,
    readonly step: Step,
    readonly denoiser: Denoiser,
    readonly path: Path<Row | ColourRow>,
    readonly checkpoints: Checkpoints,
  ) {}

  /** Encodes at most `most` steps towards state `p`, from wherever it is nearest. Returns how many. */
  advance(queue: GPUQueue, pass: GPUComputePassEncoder, p: number, most: number): number {
    // What fits is walked: even where the goal is a checkpoint, a step costs less than an upload.
    const ahead = p - this.position;
    if (ahead < 0 || ahead > most) this.#start(queue, p);
    const steps = Math.min(p - this.position, most);
    for (let k = 0; k < steps; k++) {
      this.position++;
      this.denoiser.encode(pass, this.position);
      this.step.encode(pass, this.position);
    }
    return steps;
  }

  /** Moves to the last known state at or before `p`: the present one, a checkpoint, or one that needs no past. */
  #start(queue: GPUQueue, p: number): void {
    const kept = this.checkpoints.nearest(p);
    const beforeFresh = this.path.rows.findLastIndex((row, i) => i <= p && isMemoryless(row)) - 1;
    const nearest = Math.max(kept, beforeFresh);
    if (nearest <= this.position && this.position <= p) return;
    const state = kept > beforeFresh ? this.checkpoints.at(kept) : undefined;
    if (state) queue.writeBuffer(this.x, 0, state);
    this.position = nearest;
  }
}
