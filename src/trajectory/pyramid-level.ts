/** One level of a pyramid on the GPU: its state, its denoiser, and its steps cut into parts that can wait for each other. */
import { type Denoiser, noiseLevel } from '../denoisers/denoiser.ts';
import { bindPatchMatch, type PatchMatch } from '../denoisers/patch-match.ts';
import { type InParts, patches } from '../denoisers/patches.ts';
import { Pictures } from '../denoisers/pictures.ts';
import type { Images } from '../diffusion/images.ts';
import type { Row } from '../diffusion/path.ts';
import { levelKey, type PyramidLevel, type Recipe, searchKey } from '../diffusion/pyramid.ts';
import { samplerRows } from '../diffusion/sampler-rows.ts';
import { ddim } from '../diffusion/samplers/ddim.ts';
import type { Level } from '../diffusion/step.ts';
import type { Gpu } from '../gpu/device.ts';
import { PatchField } from '../passes/denoise/patch-field.ts';
import { Resize } from '../passes/image/resize.ts';
import { LinearGaussian, rowTable } from '../passes/process/linear-gaussian.ts';
import { checkShape, type Shape, stateBuffer } from '../passes/shape.ts';

/** Some of a run's work. */
export interface Unit {
  /** Of how many steps of its level this many will have been done. */
  readonly step: number;
  /** About how many million operations it takes, at least 1. */
  readonly cost: number;
  readonly encode: (pass: GPUComputePassEncoder) => void;
}

export interface LevelOptions {
  readonly plan: PyramidLevel;
  readonly recipe: Recipe;
  /** Whether only whole patches of the source count. */
  readonly whole: boolean;
  /** The coarsest is 0. */
  readonly index: number;
  readonly seed: number;
  readonly shape: Shape;
  readonly source: Images;
  /** The next coarser source, enlarged. */
  readonly blurred?: Images | undefined;
  /** The level that this one refines. */
  readonly coarser?: LevelRun | undefined;
}

/** Operations for one value of two patches compared, by either denoiser; for pacing only. */
const CANDIDATES = 17;
const OPERATIONS = 6;

/**
 * The rows of a level: the state it begins with, from pure noise or from α x̂_0 + σ z with what is in x̂_0; then
 * DDIM's steps, which draw nothing.
 */
export function levelRows(levels: readonly Level[], seed: number, index: number): Row[] {
  const key = levelKey(seed, index);
  const { alpha, sigma } = levels[0] as Level;
  const begin = index === 0 ? { a: 0, b: 0, s: 1 } : { a: 0, b: alpha, s: sigma };
  return [{ ...begin, key }, ...samplerRows(ddim()(levels)).map((row) => ({ ...row, key }))];
}

type PatchDenoiser = (Denoiser & InParts) | PatchMatch;

export class LevelRun {
  private constructor(
    readonly gpu: Gpu,
    readonly options: LevelOptions,
    readonly x: GPUBuffer,
    readonly pictures: Pictures,
    readonly denoiser: PatchDenoiser,
    readonly table: GPUBuffer,
    readonly step: LinearGaussian,
    /** What must be done before the first step. */
    readonly before: readonly (Resize | PatchField)[],
    readonly units: readonly Unit[],
  ) {}

  static async create(gpu: Gpu, options: LevelOptions): Promise<LevelRun> {
    const { plan, recipe, index, seed, shape, source, blurred, coarser } = options;
    checkShape(gpu, shape);
    const x = stateBuffer(gpu, 'x_t', shape);
    const pictures = Pictures.upload(gpu, options, shape);
    const denoiser = await denoiserOf(gpu, x, pictures, options);
    const rows = levelRows(plan.levels, seed, index);
    const table = rowTable(gpu, rows);
    const { x0Hat } = denoiser;
    const step = await LinearGaussian.create(gpu, { table, rows, x, x0Hat, shape });
    const before: (Resize | PatchField)[] = [];
    if (coarser && blurred) {
      const from = coarser.options.plan;
      const { padding } = recipe;
      before.push(
        await Resize.create(gpu, { x: coarser.x, resized: x0Hat, shape, from: from.size, padding }),
      );
      if ('start' in denoiser) {
        const field = {
          ...{ coarse: coarser.field, fine: denoiser.start, images: shape.n, size: plan.size },
          ...{ coarseSize: from.size, source: plan.source, coarseSource: from.source },
        };
        before.push(await PatchField.create(gpu, field));
      }
    }
    const units = unitsOf({ denoiser, step, before, plan, shape, source });
    return new LevelRun(gpu, options, x, pictures, denoiser, table, step, before, units);
  }

  /** The nearest patches once the level is done. */
  get field(): GPUBuffer {
    return this.denoiser.fieldAfter(this.options.plan.levels.length - 2);
  }

  release(): void {
    for (const pass of this.before) pass.release();
    this.denoiser.release();
    this.pictures.release();
    this.gpu.release(this.x, this.table);
  }
}

function denoiserOf(
  gpu: Gpu,
  x: GPUBuffer,
  pictures: Pictures,
  options: LevelOptions,
): Promise<PatchDenoiser> {
  const { plan, recipe, whole, index, seed, shape, source, blurred } = options;
  const { levels, patches: patch, gammas, radii } = plan;
  const { padding, heightPenalty } = recipe;
  const given = { source, ...(blurred && { blurred }), gammas, patch, padding, heightPenalty, whole };
  const inputs = { x, shape, levels: levels.map(noiseLevel) };
  if (plan.exact) return patches.bind(gpu, pictures, inputs, given);
  const keys = levels.map((_, p) => searchKey(seed, index, p));
  return bindPatchMatch(gpu, pictures, inputs, { ...given, keys, radii });
}

type Parts = Pick<LevelRun, 'denoiser' | 'step' | 'before'> & Pick<LevelOptions, 'plan' | 'shape' | 'source'>;

function unitsOf({ denoiser, step, before, plan, shape, source }: Parts): Unit[] {
  const { n, h, w } = shape;
  const steps = plan.levels.length - 1;
  const pairs = n * h * w * (plan.exact ? source.shape.h * source.shape.w : CANDIDATES);
  const begin: Unit = {
    step: 0,
    cost: 1,
    encode: (pass) => {
      for (const made of before) made.encode(pass);
      step.encode(pass, 0);
    },
  };
  const steppings = Array.from({ length: steps }, (_, p) => {
    const size = plan.patches[p] as number;
    // Box sums are shared between neighbours; candidates are compared pixel by pixel.
    const values = plan.exact ? size + 2 : size ** 2;
    return Array.from({ length: denoiser.parts }, (_, part): Unit => {
      const last = part === denoiser.parts - 1;
      return {
        step: last ? p + 1 : p,
        cost: Math.max(1, (pairs * values * OPERATIONS) / denoiser.parts / 1e6),
        encode: (pass) => {
          denoiser.encodePart(pass, p, part);
          if (last) step.encode(pass, p + 1);
        },
      };
    });
  });
  return [begin, ...steppings.flat()];
}
