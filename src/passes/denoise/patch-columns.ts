/** Squared differences between outputs and a displaced source, summed over the height of a patch. */
import code from '../../../shaders/denoise/patch_columns.wgsl';
import patches from '../../../shaders/denoise/patches.wgsl';
import grid from '../../../shaders/grid.wgsl';
import type { Gpu } from '../../gpu/device.ts';
import { WORKGROUP_SIZE } from '../../gpu/dispatch.ts';
import { computePipeline, type Stage } from '../../gpu/pipeline.ts';
import { tableBuffer } from '../../gpu/uniform.ts';
import { BYTES_PER_VALUE } from '../shape.ts';
import { type PatchGeometry, PatchStage, type PatchTables } from './patch-stage.ts';

const STAGE: Stage = {
  label: 'patch columns',
  sources: [grid, patches, code],
  bindings: ['table row', 'uniform', 'table row', 'read', 'read', 'write'],
  constants: { WORKGROUP_SIZE },
};

/** Displacements that are dealt with at once. */
export interface Chunk {
  readonly first: number;
  readonly count: number;
}

/** Values for one displacement. */
export const columnValues = ({ shape, padded, margin }: PatchGeometry): number =>
  shape.n * (padded[1] - 2 * margin) * padded[0];

/** All displacements of the torus in chunks that take no more than so many values each, if one does. */
export function chunksOf(geometry: PatchGeometry, most: number): Chunk[] {
  const [width, height] = geometry.torus;
  const count = Math.max(1, Math.min(width * height, Math.floor(most / columnValues(geometry))));
  return Array.from({ length: Math.ceil((width * height) / count) }, (_, i) => ({
    first: i * count,
    count: Math.min(count, width * height - i * count),
  }));
}

export const chunkTable = (gpu: Gpu, chunks: readonly Chunk[]): GPUBuffer =>
  tableBuffer(gpu, 'chunks of displacements', code, 'chunk', chunks);

/** For one chunk; its first has the largest count. */
export const patchColumnBytes = (geometry: PatchGeometry, [first]: readonly Chunk[]): number =>
  (first?.count ?? 0) * columnValues(geometry) * BYTES_PER_VALUE;

export const columnsBuffer = (gpu: Gpu, geometry: PatchGeometry, chunks: readonly Chunk[]): GPUBuffer =>
  gpu.buffer('columns of patches', patchColumnBytes(geometry, chunks), GPUBufferUsage.STORAGE);

export interface PatchColumnsBuffers {
  readonly geometry: PatchGeometry;
  /** The outputs and the source, packed. */
  readonly x: GPUBuffer;
  readonly source: GPUBuffer;
  readonly chunks: GPUBuffer;
  readonly columns: GPUBuffer;
}

export class PatchColumns extends PatchStage {
  static async create(
    gpu: Gpu,
    tables: PatchTables,
    { geometry, x, source, chunks, columns }: PatchColumnsBuffers,
  ): Promise<PatchColumns> {
    const pipeline = await computePipeline(gpu, STAGE);
    // Four rows each, for four displacements.
    const values = columnValues(geometry);
    const fours = Math.ceil(columns.size / BYTES_PER_VALUE / values / 4);
    const invocations = (fours * values) / 4;
    const second = { table: chunks, wgsl: code, name: 'chunk' };
    return new PatchColumns(gpu, pipeline, tables, invocations, [x, source, columns], second);
  }
}
