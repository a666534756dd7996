/** A state on the GPU that walks along a path. */
import type { Denoiser } from '../denoisers/denoiser.ts';
import { type ColourRow, isMemoryless, usesX0Hat } from '../diffusion/colour-path.ts';
import type { Path, Row } from '../diffusion/path.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Step } from './journey.ts';

export class Cursor {
  /** The position whose state `x` holds once everything encoded has run; −1 before the first. */
  position = -1;
  /** The position that the denoiser's x̂_0 belongs to. */
  #answered = -1;

  constructor(
    readonly x: GPUBuffer,
    /** Makes state 0, from x_0 itself. */
    readonly load: Step,
    /** Makes every other, from the denoiser's x̂_0. */
    readonly step: Step,
    readonly denoiser: Denoiser,
    readonly path: Path<Row | ColourRow>,
    readonly checkpoints: Checkpoints,
  ) {}

  /** Encodes at most `most` steps towards state `p`, from wherever it is nearest. Returns how many. */
  advance(queue: GPUQueue, pass: GPUComputePassEncoder, p: number, most: number): number {
    // What fits is walked: even where the goal is a checkpoint, a step costs less than an upload.
    const ahead = p - this.position;
    // A first state that is given can only be uploaded.
    const unloaded = this.position < 0 && this.checkpoints.at(0) !== undefined;
    if (ahead < 0 || ahead > most || unloaded) this.#start(queue, p);
    const steps = Math.min(p - this.position, most);
    for (let k = 0; k < steps; k++) this.#encode(pass);
    return steps;
  }

  /** Encodes what the denoiser says of the present state, unless it has been asked already. */
  denoise(pass: GPUComputePassEncoder): void {
    if (this.#answered === this.position) return;
    this.denoiser.encode(pass, this.position);
    this.#answered = this.position;
  }

  #encode(pass: GPUComputePassEncoder): void {
    const next = this.position + 1;
    if (next > 0 && usesX0Hat(this.#row(next))) this.denoise(pass);
    (next === 0 ? this.load : this.step).encode(pass, next);
    this.position = next;
  }

  /** Whether state `p` is made without the one before. */
  #fresh(p: number): boolean {
    const row = this.#row(p);
    return isMemoryless(row) && (p === 0 || this.denoiser.constant || !usesX0Hat(row));
  }

  #row(p: number): Row | ColourRow {
    return this.path.rows[p] as Row | ColourRow;
  }

  /** Moves to the last known state at or before `p`: the present one, a checkpoint, or one that needs no past. */
  #start(queue: GPUQueue, p: number): void {
    const kept = this.checkpoints.nearest(p);
    const beforeFresh = this.path.rows.findLastIndex((_, i) => i <= p && this.#fresh(i)) - 1;
    const nearest = Math.max(kept, beforeFresh);
    if (nearest <= this.position && this.position <= p) return;
    const state = kept > beforeFresh ? this.checkpoints.at(kept) : undefined;
    if (state) queue.writeBuffer(this.x, 0, state);
    this.position = nearest;
    this.#answered = -1;
  }
}
