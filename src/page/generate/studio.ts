/**
 * What generates here: a batch of samples on the wall, one of them made again alone for the stage, and branches off that
 * one. All are at the same step: the one that is looked at leads, and the wall follows.
 */
import { type Images, valuesOf } from '../../diffusion/images.ts';
import type { Level } from '../../diffusion/step.ts';
import type { Gpu } from '../../gpu/device.ts';
import type { Became } from '../../trajectory/becoming.ts';
import { Checkpoints } from '../../trajectory/checkpoints.ts';
import type { Canvases } from '../../trajectory/screens.ts';
import { type GeneratingOptions, Trajectory } from '../../trajectory/trajectory.ts';
import { ancestral, fallingFrom, stepsOf } from './steps.ts';
import { tiling } from './tiles.ts';
import type { Wanted } from './wanted.ts';
import { widest } from './window-sizes.ts';

/** Steps a second: the whole way takes three seconds or so. */
const RATE = 10;
/** How many branches leave a state. */
export const BRANCHES = 8;
/** The wall's states that the host keeps: every so many, in the background. */
const WALL_SPACING = 4;
/** Where a step takes longer, what leads goes first and the rest waits. */
const SLOW_MS = 30;

/** What was there, so that it can be made again on another device. */
export interface Kept {
  readonly wall: Checkpoints;
  readonly sample: number | undefined;
  readonly solo: Checkpoints | undefined;
}

export interface Screens {
  readonly wall: Pick<Canvases, 'x' | 'x0Hat'>;
  readonly solo: Pick<Canvases, 'x' | 'x0Hat'>;
  readonly branches: Pick<Canvases, 'x' | 'columns'>;
}

const every = (spacing: number, last: number): Checkpoints =>
  new Checkpoints(Array.from({ length: Math.floor(last / spacing) + 1 }, (_, i) => i * spacing));

/** @throws RangeError for an image that the set has not. */
async function denoiserOf(
  { denoiser, k, source }: Wanted,
  set: Images,
): Promise<GeneratingOptions['denoiser']> {
  const { n, c, h, w } = set.shape;
  switch (denoiser) {
    case 'local':
      return { name: 'local', set, kMax: Math.min(k, widest(Math.max(h, w))) };
    case 'ideal':
      return { name: 'ideal', set };
    case 'wiener': {
      if (source >= n) throw new RangeError(`there is no image ${source + 1} in a set of ${n}`);
      const { periodicPart } = await import('../../diffusion/periodic-part.ts');
      const image = { shape: { n: 1, c, h, w }, values: valuesOf(set, source, 1) };
      return { name: 'wiener', source: periodicPart(image) };
    }
  }
}

export class Studio {
  solo: Trajectory | undefined;
  /** Which image of the batch is to be on the stage: it may still be in the making. */
  chosen: number | undefined;
  /** Which one is. */
  sample: number | undefined;
  branches: Trajectory | undefined;
  /** The position that the branches left from. */
  branchedAt = 0;
  /** Told of every change of what is shown. */
  onChange: () => void = () => {};
  /** Told of the posterior over the set for what is on the stage, where the denoiser is the ideal one. */
  onPosterior: (became: Became) => void = () => {};
  #branchings = 0;
  #picking = 0;
  #released = false;

  private constructor(
    readonly gpu: Gpu,
    readonly set: Images,
    readonly wanted: Wanted,
    readonly denoiser: GeneratingOptions['denoiser'],
    readonly wall: Trajectory,
    readonly screens: () => Screens,
    readonly kept: Kept | undefined,
  ) {}

  /**
   * What the denoiser of the studio `before` knows is shared where it is the same.
   * @throws RangeError for what cannot be, Error with the GPU's words.
   */
  static async create(
    gpu: Gpu,
    set: Images,
    wanted: Wanted,
    screens: () => Screens,
    kept?: Kept,
    before?: Studio,
  ): Promise<Studio> {
    const steps = await stepsOf(wanted);
    const denoiser = await denoiserOf(wanted, set);
    const { c, h, w } = set.shape;
    const wall = await Trajectory.create(gpu, {
      shape: { n: wanted.n, c, h, w },
      seed: wanted.seed,
      steps,
      denoiser,
      prepared: before?.wall.prepared,
      checkpoints: kept?.wall ?? every(WALL_SPACING, steps.length),
    });
    wall.rate = RATE;
    wall.charting = false;
    return new Studio(gpu, set, wanted, denoiser, wall, screens, kept);
  }

  /** Shows the wall from now on. */
  async attach(): Promise<void> {
    // What is on the canvases yet may be another number of images.
    const { columns } = tiling(this.wanted.n);
    await this.wall.attach({ ...this.screens().wall, columns });
    this.wall.onChange = () => this.onChange();
  }

  /** What is looked at. */
  get lead(): Trajectory {
    return this.solo ?? this.wall;
  }

  get last(): number {
    return this.wall.last;
  }

  get position(): number {
    return this.lead.target;
  }

  /** The noise level of what is shown. */
  get level(): Level {
    return this.levelAt(Math.max(this.lead.shown, 0));
  }

  levelAt(p: number): Level {
    return (this.wall.path.levels as readonly Level[])[p] as Level;
  }

  get playing(): boolean {
    return this.lead.playing;
  }

  /** Whether the batch is finished and shown. */
  get done(): boolean {
    return this.wall.shown === this.last && !this.wall.playing;
  }

  get msPerStep(): number {
    return this.lead.msPerStep;
  }

  /** Whether what is looked at shows the state that it was sent to. Behind it the wall may take longer. */
  get painted(): boolean {
    return this.lead.painted;
  }

  /** Paints again what its canvases show. */
  repaint(): void {
    for (const run of [this.wall, this.solo, this.branches]) run?.repaint();
  }

  toggle(): void {
    if (this.playing) this.lead.pause();
    else this.lead.play();
  }

  seek(p: number): void {
    this.lead.pause();
    this.lead.seek(p);
  }

  /** Makes one image of the batch again, alone, as far along as the batch. Of several calls the last one counts. */
  async pick(sample: number): Promise<void> {
    this.chosen = sample;
    const call = ++this.#picking;
    const { wanted, wall } = this;
    const kept = sample === this.kept?.sample ? this.kept.solo : undefined;
    const solo = await Trajectory.create(this.gpu, {
      shape: { ...wall.options.shape, n: 1 },
      seed: wanted.seed,
      firstImage: sample,
      steps: await stepsOf(wanted),
      denoiser: this.denoiser,
      prepared: wall.prepared,
      checkpoints: kept ?? every(1, this.last),
    });
    solo.rate = RATE;
    if (call !== this.#picking || this.#released) return solo.release();
    try {
      if (this.denoiser.name === 'ideal') await this.#follow(solo);
      await solo.attach(this.screens().solo);
    } catch (error) {
      solo.release();
      throw error;
    }
    if (call !== this.#picking || this.#released) return solo.release();
    const { position, playing } = this;
    this.#leave();
    this.sample = sample;
    this.solo = solo;
    this.wall.pause();
    solo.seek(position);
    if (playing) solo.play();
    solo.onChange = () => {
      if (solo.shown === solo.target && this.wall.target !== solo.shown) this.wall.seek(solo.shown);
      this.onChange();
    };
    this.onChange();
  }

  /** Which image of the set it is becoming. */
  async #follow(solo: Trajectory): Promise<void> {
    const { Becoming } = await import('../../trajectory/becoming.ts');
    const { set } = this;
    solo.follow(await Becoming.create(solo, { set, onPosterior: (became) => this.onPosterior(became) }));
  }

  /** Back to the batch, as far along. */
  unpick(): void {
    this.#picking++;
    this.chosen = undefined;
    const { position, playing } = this;
    this.#leave();
    this.wall.seek(position);
    if (playing) this.wall.play();
    this.onChange();
  }

  /** Eight ways on from what is on the stage, each with noise of its own. */
  async branch(): Promise<void> {
    const { solo } = this;
    // A jump that is under way goes on: the branches leave from where it leads.
    if (solo?.playing) solo.pause();
    const p = this.position;
    if (!solo || p >= this.last) return;
    const state = solo.checkpoints.at(p) ?? (await solo.read(p));
    if (solo !== this.solo) return;
    const { c, h, w } = solo.options.shape;
    const size = c * h * w;
    const given = new Float32Array(BRANCHES * size);
    for (let b = 0; b < BRANCHES; b++) given.set(state.subarray(0, size), b * size);
    const levels = fallingFrom(this.wall.path.levels as readonly Level[], p);
    const branches = await Trajectory.create(this.gpu, {
      shape: { n: BRANCHES, c, h, w },
      seed: (this.wanted.seed + 0x9e3779b9 * ++this.#branchings) >>> 0,
      steps: ancestral(levels),
      given,
      denoiser: this.denoiser,
      prepared: this.wall.prepared,
      // The state that is given is the one to keep.
      checkpoints: new Checkpoints([0]),
    });
    branches.rate = RATE;
    if (solo !== this.solo) return branches.release();
    try {
      await branches.attach(this.screens().branches);
    } catch (error) {
      branches.release();
      throw error;
    }
    if (solo !== this.solo) return branches.release();
    this.branches?.release();
    this.branches = branches;
    this.branchedAt = p;
    branches.onChange = () => this.onChange();
    branches.play();
  }

  /** Whether the branches have come to their ends. */
  get branched(): boolean {
    const { branches } = this;
    return branches !== undefined && branches.shown === branches.last;
  }

  tick(now: number): void {
    const { wall, solo, branches, lead } = this;
    const busy = lead.playing || lead.seeking;
    const slow = lead.msPerStep > SLOW_MS;
    branches?.tick(now);
    if (slow && branches?.playing) return;
    wall.charting = !this.gpu.software && !busy && (solo?.chart.done ?? true);
    lead.tick(now);
    if (lead !== wall && !(slow && busy)) wall.tick(now);
  }

  /** What another device needs to show the same soon. */
  get keep(): Kept {
    const { wall, sample, solo } = this;
    return { wall: wall.checkpoints, sample, solo: solo?.checkpoints };
  }

  release(): void {
    this.#released = true;
    this.#leave();
    this.wall.release();
  }

  #leave(): void {
    this.solo?.release();
    this.branches?.release();
    this.solo = undefined;
    this.branches = undefined;
    this.sample = undefined;
  }
}
