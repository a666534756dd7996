/** A softmax over a few candidate patches for every pixel. */
import code from '../../../shaders/denoise/patch_match.wgsl';
import type { Words } from '../../diffusion/random.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { Kernel } from '../../gpu/kernel.ts';
import { compile, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer } from '../../gpu/uniform.ts';
import type { PatchTables } from './patch-geometry.ts';

const STAGE: Stage = {
  label: 'patch match',
  sources: [code],
  bindings: ['table row', 'uniform', 'table row', 'read', 'read', 'read', 'write', 'write'],
  constants: { WORKGROUP_SIZE },
};

/** One step's random candidates, for so many pixels of the batch. */
export interface SearchRow {
  readonly key: Words;
  readonly radii: readonly [number, number, number];
  readonly first: number;
  readonly count: number;
}

export const searchTable = (gpu: Gpu, rows: readonly SearchRow[]): GPUBuffer =>
  tableBuffer(gpu, 'searches', code, 'search', rows);

export interface PatchSearchBuffers {
  /** The outputs and the source, packed. */
  readonly x: GPUBuffer;
  readonly source: GPUBuffer;
  readonly searches: GPUBuffer;
  /** Pixels of the largest row. */
  readonly pixels: number;
  /** The two nearest patches of every pixel, before and after. */
  readonly known: GPUBuffer;
  readonly found: GPUBuffer;
  readonly x0Hat: GPUBuffer;
}

/** Encoded with the row of the step, and that of the search. */
export class PatchSearch extends Kernel {
  static async create(
    gpu: Gpu,
    { rows, geometry }: PatchTables,
    { x, source, searches, pixels, known, found, x0Hat }: PatchSearchBuffers,
  ): Promise<PatchSearch> {
    const resources = [rows, geometry, searches, x, source, known, found, x0Hat];
    return new PatchSearch(await compile(gpu, STAGE), resources, pixels);
  }
}
