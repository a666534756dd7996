/** A camera's frames, each noised at the chosen t in one step: x_t = α_t x_0 + σ_t ε, all on the GPU. */
import type { NoiseSource } from '../diffusion/noise.ts';
import { closedFormRow } from '../diffusion/path.ts';
import type { Schedule } from '../diffusion/schedule.ts';
import type { Gpu } from '../gpu/device.ts';
import { ImportPicture } from '../passes/image/import-picture.ts';
import { LinearGaussian, rowTable } from '../passes/process/linear-gaussian.ts';
import { checkShape, type Shape, stateBuffer } from '../passes/shape.ts';
import { Pace } from './pace.ts';
import { type Canvases, Screens } from './screens.ts';

export interface LiveOptions {
  /** Playing, its size known. */
  readonly video: HTMLVideoElement;
  readonly shape: Shape;
  readonly schedule: Schedule;
  readonly seed: number;
  /** JAX's where absent. */
  readonly noise?: NoiseSource | undefined;
  readonly canvases: Canvases;
}

export class Live {
  t = 0;
  readonly #pace = new Pace();
  #released = false;

  private constructor(
    readonly gpu: Gpu,
    readonly options: LiveOptions,
    readonly buffers: { x: GPUBuffer; x0: GPUBuffer; table: GPUBuffer },
    readonly importPicture: ImportPicture,
    readonly step: LinearGaussian,
    readonly screens: Screens,
  ) {}

  /** @throws RangeError for a size the device cannot hold, Error with the GPU's words when it refuses. */
  static create(gpu: Gpu, options: LiveOptions): Promise<Live> {
    return gpu.checked(async () => {
      const { video, shape, schedule, seed, noise, canvases } = options;
      checkShape(gpu, shape);
      const x0 = stateBuffer(gpu, 'x_0', shape);
      const x = stateBuffer(gpu, 'x_t', shape);
      const rows = Array.from({ length: schedule.T + 1 }, (_, t) => closedFormRow(schedule, seed, t));
      const table = rowTable(gpu, rows);
      const picture = { width: video.videoWidth, height: video.videoHeight };
      return new Live(
        gpu,
        options,
        { x, x0, table },
        await ImportPicture.create(gpu, { picture, shape, x0, mirror: true }),
        await LinearGaussian.create(gpu, { table, rows, x, x0Hat: x0, shape, noise }),
        await Screens.create(gpu, { x, x0, x0Hat: x0, constant: true, shape }, canvases),
      );
    });
  }

  get msPerStep(): number {
    return this.#pace.msPerStep;
  }

  /** One frame: the video's present picture, noised and shown. */
  tick(now: number): void {
    if (!this.#pace.ready || this.#released) return;
    this.importPicture.upload(this.options.video);
    const encoder = this.gpu.device.createCommandEncoder({ label: 'live frame' });
    const pass = encoder.beginComputePass();
    this.importPicture.encode(pass);
    this.step.encode(pass, this.t);
    pass.end();
    this.screens.encodeSource(encoder);
    this.screens.encode(encoder, now, true);
    this.gpu.device.queue.submit([encoder.finish()]);
    void this.#pace.submitted(1, this.gpu.device.queue.onSubmittedWorkDone());
  }

  release(): void {
    this.#released = true;
    this.screens.release();
    this.importPicture.release();
    this.gpu.release(...Object.values(this.buffers));
  }
}
