/** Sets of images on the host. */

/** N images of one size, NCHW. Bytes v = 0 … 255 stand for v/127.5 − 1; floats for themselves. */
export interface Images {
  readonly shape: { readonly n: number; readonly c: number; readonly h: number; readonly w: number };
  readonly values: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
}

/** Whether its values are bytes, not floats. */
export const isInBytes = ({ values }: Images): boolean => values instanceof Uint8Array;

/** Images `first` … `first + n − 1` as values in [−1, 1]. */
export function valuesOf(
  { shape: { c, h, w }, values }: Images,
  first: number,
  n: number,
): Float32Array<ArrayBuffer> {
  const part = values.slice(first * c * h * w, (first + n) * c * h * w);
  return part instanceof Float32Array ? part : new Float32Array(part).map((v) => v / 127.5 - 1);
}
