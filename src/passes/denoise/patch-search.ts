/** A softmax over a few candidate patches for every pixel. */
import code from '../../../shaders/denoise/patch_match.wgsl';
import patches from '../../../shaders/denoise/patches.wgsl';
import grid from '../../../shaders/grid.wgsl';
import threefry from '../../../shaders/random/threefry.wgsl';
import type { Words } from '../../diffusion/random.ts';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer } from '../../gpu/uniform.ts';
import { PatchStage, type PatchTables } from './patch-stage.ts';

const STAGE: Stage = {
  label: 'patch match',
  sources: [threefry, grid, patches, code],
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

export class PatchSearch extends PatchStage {
  static async create(gpu: Gpu, tables: PatchTables, buffers: PatchSearchBuffers): Promise<PatchSearch> {
    const { x, source, searches, pixels, known, found, x0Hat } = buffers;
    const pipeline = await computePipeline(gpu, STAGE);
    const second = { table: searches, wgsl: code, name: 'search' };
    return new PatchSearch(gpu, pipeline, tables, pixels, [x, source, known, found, x0Hat], second);
  }
}
