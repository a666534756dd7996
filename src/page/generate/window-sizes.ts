/** The local denoiser's widest window along a slider: odd, and evenly spread in its logarithm. */
import { K_MIN } from './wanted.ts';

/** Positions of the slider. */
export const NOTCHES = 100;

/** The widest that makes a difference: from every pixel it sees the whole picture. */
export const widest = (size: number): number => Math.max(2 * size - 1, K_MIN);

const oddNear = (x: number): number => 2 * Math.round((x - 1) / 2) + 1;

export const windowAt = (notch: number, size: number): number =>
  oddNear(K_MIN * (widest(size) / K_MIN) ** (notch / NOTCHES));

export const notchOf = (k: number, size: number): number =>
  widest(size) === K_MIN
    ? NOTCHES
    : Math.min(NOTCHES, Math.round((NOTCHES * Math.log(k / K_MIN)) / Math.log(widest(size) / K_MIN)));

/** The window as wide for a picture of another size, in proportion. */
export const scaled = (k: number, from: number, to: number): number =>
  Math.min(Math.max(oddNear((k * to) / from), K_MIN), widest(to));
