/** Where runs are walked: by the library's `walk` on the host, and with every step taken by the kernel on the GPU. */
import { type Walk, walk } from '../../../src/diffusion/walk.ts';
import { type Entry, type Figure, flat } from '../entry.ts';
import { gpuWalk } from '../gpu.ts';

/** The states of a run in turn. */
export type Walker = (walk: Walk) => Iterable<Float64Array> | AsyncIterable<Float32Array>;

/** Relative to max(1, |x|), from float64 on both sides. */
export const FLOAT64 = 1e-9;
/** Relative to a state's scale, from float32. */
export const FLOAT32 = 2e-5;

/** The largest |x|, or 1. */
const scaleOf = ({ theirs }: Figure): number => Math.max(1, ...flat(theirs ?? []).map(Math.abs));

/** Of a run's figures all on the host, and its states, relative to the scale that each has, on the GPU. */
export const walked = (
  figures: (walker: Walker) => Promise<Figure[]>,
): Required<Pick<Entry, 'figures' | 'onGpu'>> => ({
  figures: () => figures(walk),
  onGpu: async (page) => {
    const all = await figures((run) => gpuWalk(page, run));
    return all
      .filter(({ state, theirs }) => state && theirs !== undefined)
      .map((figure) => ({
        ...figure,
        name: `${figure.name} on the GPU`,
        within: FLOAT32,
        floor: scaleOf(figure),
      }));
  },
});
