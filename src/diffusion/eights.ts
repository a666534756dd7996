import type { Images } from './images.ts';

/**
 * Eight images in one, ⌈N/8⌉ of them, eight times as wide: values by pixel, then channel, then image, so that what is
 * compared at a pixel lies together. The last image stands for those that the last eight lacks.
 * @throws RangeError for a set without images, and of another length than its shape says.
 */
export function inEights({ shape: { n, c, h, w }, values }: Images): Images {
  if (!(n > 0) || values.length !== n * c * h * w) {
    throw new RangeError(`${values.length} values are not ${n} images of ${c * h * w}`);
  }
  const eights = Math.ceil(n / 8);
  const plane = h * w;
  const size = 8 * eights * c * plane;
  const made = values instanceof Uint8Array ? new Uint8Array(size) : new Float32Array(size);
  for (let i = 0; i < 8 * eights; i++) {
    const own = Math.min(i, n - 1) * c * plane;
    const first = (i >> 3) * 8 * c * plane + (i & 7);
    for (let channel = 0; channel < c; channel++) {
      for (let p = 0; p < plane; p++) {
        made[first + 8 * (p * c + channel)] = values[own + channel * plane + p] as number;
      }
    }
  }
  return { shape: { n: eights, c, h, w: 8 * w }, values: made };
}
