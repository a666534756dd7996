/**
 * What can go wrong, by kind. Beside these a value that cannot be is a RangeError, what was given up an AbortError, and a device
 * that is lost says so itself (`Gpu.lost`).
 */

/** Why there is no GPU to work with. */
export type Absence = 'no-webgpu' | 'no-adapter' | 'no-device';

export class GpuAbsent extends Error {
  override readonly name = 'GpuAbsent';

  constructor(
    readonly absence: Absence,
    message: string,
  ) {
    super(message);
  }
}

/** What the device's buffers or textures cannot hold: known before anything is made. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';

  constructor(
    what: string,
    /** Bytes of the one buffer that is too large, if that is why. */
    readonly needed: number,
    /** Bytes of the largest there can be. */
    readonly most: number,
    /** The most pixels to a side, where it has sides. */
    readonly side?: number,
  ) {
    super(
      `${what} needs ${mebibytes(needed, Math.ceil)} MiB at once; this device allows ${mebibytes(most, Math.floor)} MiB` +
        (side === undefined ? '' : `, and ${side} pixels a side`),
    );
  }
}

/** To hundredths, so rounded that what is needed is never what is allowed. */
const mebibytes = (bytes: number, round: (x: number) => number): number =>
  round((100 * bytes) / 2 ** 20) / 100;

/** The GPU's own words: it is out of memory, or something is wrong with what it was told. */
export class GpuError extends Error {
  override readonly name = 'GpuError';

  constructor(
    readonly kind: 'validation' | 'out-of-memory' | 'internal',
    message: string,
  ) {
    super(message);
  }
}
