import type { Shape } from '../trajectory/trajectory.ts';

/** Below this many pixels a side, pixels are shown as squares. */
const COARSE = 200;

/** The class of a canvas that shows a picture of this size. */
export const coarseness = ({ h, w }: Pick<Shape, 'h' | 'w'>): string =>
  Math.max(h, w) < COARSE ? 'coarse' : '';

/** [−1, 1] to a byte, clipped, as shaders/show/show.wgsl does. */
const byte = (x: number) => Math.round(255 * Math.min(Math.max(0.5 * x + 0.5, 0), 1));

/**
 * Draws the first image of a state, its shorter side at most `side` pixels. Pixels are picked, not averaged: the mean of
 * many noisy pixels would be grey, and a frame of pure noise has to look like noise.
 */
export function drawState(
  canvas: HTMLCanvasElement,
  state: Float32Array,
  { c, h, w }: Shape,
  side = Number.POSITIVE_INFINITY,
): void {
  const scale = Math.min(1, side / Math.min(h, w));
  const width = Math.max(1, Math.floor(w * scale));
  const height = Math.max(1, Math.floor(h * scale));
  const picture = new ImageData(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = Math.floor((y + 0.5) / scale) * w + Math.floor((x + 0.5) / scale);
      const at = 4 * (y * width + x);
      for (let k = 0; k < 3; k++) {
        picture.data[at + k] = byte(state[(c === 1 ? 0 : k) * h * w + pixel] as number);
      }
      picture.data[at + 3] = 255;
    }
  }
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
}
