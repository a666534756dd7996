/**
 * An image without the jumps between its opposite edges (Moisan 2011, "Periodic plus smooth image decomposition"): less
 * the smooth component, whose Laplacian on the torus is those jumps.
 */
import { complexOf, fft, inverseFft } from './fft.ts';
import { type Images, valuesOf } from './images.ts';

/** What each pixel would change by if its neighbour beyond the edge were the one at the opposite edge, with signs. */
function jumps(u: Float64Array<ArrayBuffer>, h: number, w: number): Float64Array<ArrayBuffer> {
  const v = new Float64Array(h * w);
  const jump = (from: number, to: number) => {
    const d = (u[to] as number) - (u[from] as number);
    v[from] = (v[from] as number) + d;
    v[to] = (v[to] as number) - d;
  };
  for (let x = 0; x < w; x++) jump(x, (h - 1) * w + x);
  for (let y = 0; y < h; y++) jump(y * w, y * w + w - 1);
  return v;
}

function smoothPart(u: Float64Array<ArrayBuffer>, h: number, w: number): Float64Array<ArrayBuffer> {
  const V = fft(complexOf(jumps(u, h, w)), { h, w });
  // The Laplacian's eigenvalues; frequency 0, the mean, stays with the periodic part.
  const laplacian = (f: number) =>
    2 * Math.cos((2 * Math.PI * Math.floor(f / w)) / h) + 2 * Math.cos((2 * Math.PI * (f % w)) / w) - 4;
  const solved = (part: Float64Array<ArrayBuffer>) =>
    part.map((value, f) => (f === 0 ? 0 : value / laplacian(f)));
  return inverseFft({ re: solved(V.re), im: solved(V.im) }, { h, w }).re;
}

/**
 * Of every channel of every image; as floats, which may leave [−1, 1] a little near the edges.
 * @throws RangeError unless sides are powers of two.
 */
export function periodicPart(images: Images): Images {
  const { n, c, h, w } = images.shape;
  const values = valuesOf(images, 0, n);
  for (let first = 0; first < n * c * h * w; first += h * w) {
    const plane = Float64Array.from(values.subarray(first, first + h * w));
    const smooth = smoothPart(plane, h, w);
    values.set(
      plane.map((value, i) => value - (smooth[i] as number)),
      first,
    );
  }
  return { shape: images.shape, values };
}
