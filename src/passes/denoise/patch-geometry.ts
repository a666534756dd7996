/** What the kernels over patches have in common: the geometry of output and source, and rows of a table. */
import patches from '../../../shaders/denoise/patches.wgsl';
import type { Padding, PatchRow } from '../../diffusion/patches.ts';
import type { Gpu } from '../../gpu/device.ts';
import { tableBuffer, uniformBuffer } from '../../gpu/uniform.ts';
import type { PackOptions } from '../image/pack.ts';
import type { Shape } from '../shape.ts';

export interface PatchProblem {
  /** Of the outputs. */
  readonly shape: Shape;
  readonly source: { readonly h: number; readonly w: number };
  readonly padding: Padding;
  /** The largest radius of a patch. */
  readonly margin: number;
  readonly heightPenalty: number;
  /** How many pixels of a patch, at most, must not go beyond the source's edges. */
  readonly inset: number;
}

const fours = (length: number): number => 4 * Math.ceil(length / 4);

/** Where things lie, as shaders/denoise/patches.wgsl has it. */
export interface PatchGeometry extends PatchProblem {
  readonly padded: readonly [width: number, height: number];
  readonly torus: readonly [width: number, height: number];
  readonly tiled: readonly [width: number, height: number];
}

export function patchGeometry(problem: PatchProblem): PatchGeometry {
  const { shape, source, padding, margin } = problem;
  const zeros = padding === 'zero' ? margin : 0;
  const torus = [source.w + zeros, source.h + zeros] as const;
  return {
    ...problem,
    padded: [fours(shape.w) + 2 * margin, fours(shape.h) + 2 * margin],
    torus,
    // A window of four outputs reaches three pixels further.
    tiled: [torus[0] + 2 * margin + 3, torus[1] + 2 * margin + 3],
  };
}

/** How the outputs and the source are to be packed. */
export function packings({ shape, padding, margin, padded, torus, tiled }: PatchGeometry): {
  readonly output: Pick<PackOptions, 'extent' | 'period' | 'margin'>;
  readonly source: Pick<PackOptions, 'extent' | 'period' | 'margin'>;
} {
  const period = padding === 'zero' ? padded : ([shape.w, shape.h] as const);
  return { output: { extent: padded, period, margin }, source: { extent: tiled, period: torus, margin } };
}

export interface PatchTables {
  readonly rows: GPUBuffer;
  readonly geometry: GPUBuffer;
}

export function patchTables(
  gpu: Gpu,
  { shape, source, padding, ...more }: PatchGeometry,
  shares: number,
  rows: readonly PatchRow[],
): PatchTables {
  const { padded, torus, tiled, margin, heightPenalty, inset } = more;
  return {
    rows: tableBuffer(gpu, 'rows of patches', patches, 'row', rows),
    geometry: uniformBuffer(gpu, 'geometry', patches, 'geometry', {
      ...{ padded, torus, tiled, margin, heightPenalty, inset, shares },
      ...{ size: [shape.w, shape.h], source: [source.w, source.h] },
      ...{ images: shape.n, channels: shape.c, wraps: Number(padding === 'circular') },
    }),
  };
}
