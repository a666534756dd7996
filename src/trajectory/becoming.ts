/** Which image of a set a noisy one is becoming: the exact posterior over the set, followed while a run plays. */
import { entropyBits, nearestIndices, posteriorProbabilities } from '../diffusion/ideal.ts';
import type { Images } from '../diffusion/images.ts';
import type { Gpu } from '../gpu/device.ts';
import type { ImageSet } from '../passes/image/image-set.ts';
import { Distances, QUAD } from '../passes/measure/distances.ts';
import type { Trajectory } from './trajectory.ts';

/** What p(i | x_t) was when the copy was made. */
export interface Became {
  /** The position in the run. */
  readonly p: number;
  /** The nearest images, nearest first: their places in the set, their posterior probabilities. */
  readonly nearest: readonly { readonly index: number; readonly probability: number }[];
  /** −Σ p log_2 p over the whole set, in bits: log_2(N) for noise, 0 when it is decided. */
  readonly entropy: number;
}

export interface BecomingOptions {
  readonly set: Images;
  /** Which image of the batch; the first where absent. */
  readonly image?: number;
  /** How many of the nearest; 5 where absent. */
  readonly count?: number;
  readonly onPosterior: (became: Became) => void;
}

/** For the eye, so many a second suffice; on a large set each costs as much as reading it once. */
const EVERY_MS = 100;
const COPIES = 2;

/**
 * The posterior under the set, whatever denoiser the run has: of the distances that the GPU finds, in float64 on the host.
 * Costs one reading of the set ten times a second at the most, nothing while nothing moves; 8 bytes and more for every image
 * of the set, and the set's, unless it is what the run's denoiser knows. Follow a run with `run.follow(becoming)`.
 */
export class Becoming {
  readonly #copies: readonly GPUBuffer[];
  readonly #free: GPUBuffer[];
  #encodedAt = Number.NEGATIVE_INFINITY;
  #released = false;

  private constructor(
    readonly gpu: Gpu,
    readonly run: Trajectory,
    readonly options: BecomingOptions,
    readonly set: ImageSet,
    readonly distances: Distances,
  ) {
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    this.#copies = Array.from({ length: COPIES }, () =>
      gpu.buffer('posterior', distances.buffer.size, MAP_READ | COPY_DST),
    );
    this.#free = [...this.#copies];
  }

  /**
   * @throws RangeError for a run whose channels differ in their noise, for a set of another size, for an image that the
   * batch has not, and as `ImageSet.upload`.
   */
  static create(run: Trajectory, options: BecomingOptions): Promise<Becoming> {
    const { gpu, path, buffers } = run;
    const { shape } = run.options;
    const { set: images, image = 0 } = options;
    let set: ImageSet | undefined;
    const made = gpu.checked(async () => {
      if (!path.levels)
        throw new RangeError('a posterior over a set needs noise that is alike in all channels');
      if (!(Number.isInteger(image) && 0 <= image && image < shape.n)) {
        throw new RangeError(`there is no image ${image} in a batch of ${shape.n}`);
      }
      set = run.prepared.set(images);
      const alphas = path.levels.map(({ alpha }) => alpha);
      const distances = await Distances.create(gpu, {
        ...{ x: buffers.x, shape, set, alphas },
        ...{ from: image, batch: 1 },
      });
      return new Becoming(gpu, run, options, set, distances);
    });
    return made.catch((error) => {
      set?.release();
      throw error;
    });
  }

  /**
   * Encodes the measurement of the state at `p`; returns what to call after submitting. One that comes too soon after the
   * last is left out while the run is `moving`.
   */
  encode(
    encoder: GPUCommandEncoder,
    p: number,
    now: number,
    moving: boolean,
  ): (() => Promise<void>) | undefined {
    if (this.#released || (moving && now - this.#encodedAt < EVERY_MS)) return undefined;
    const staging = this.#free.pop();
    if (!staging) return undefined;
    this.#encodedAt = now;
    const pass = encoder.beginComputePass({ label: 'becoming' });
    this.distances.encode(pass, p);
    pass.end();
    encoder.copyBufferToBuffer(this.distances.buffer, 0, staging, 0, staging.size);
    return async () => {
      await staging.mapAsync(GPUMapMode.READ);
      const distances = this.#distances(new Float32Array(staging.getMappedRange()));
      staging.unmap();
      this.#free.push(staging);
      this.options.onPosterior(this.#became(p, distances));
    };
  }

  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.set.release();
    this.distances.release();
    this.gpu.release(...this.#copies);
  }

  /** Of one image, whose partial sums are added up; it is the first of its quad. */
  #distances(fields: Float32Array): Float64Array {
    const { images, shares } = this.distances;
    return Float64Array.from({ length: images }, (_, i) => {
      let sum = 0;
      for (let share = 0; share < shares; share++) sum += fields[QUAD * (share * images + i)] as number;
      return sum;
    });
  }

  #became(p: number, distances: Float64Array): Became {
    const probabilities = posteriorProbabilities(distances, this.run.path.levels?.[p]?.sigma ?? 0);
    const nearest = nearestIndices(distances, this.options.count ?? 5).map((index) => ({
      index,
      probability: probabilities[index] as number,
    }));
    return { p, nearest, entropy: entropyBits(probabilities) };
  }
}
