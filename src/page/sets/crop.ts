/** How a picture of any size becomes a square tile. */

export type Fit = 'crop' | 'pad';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What is taken from the picture, and where in the tile it goes. `crop` takes the middle square and fills the tile;
 * `pad` takes all of it and leaves equal margins.
 */
export function fitted(
  { width, height }: { readonly width: number; readonly height: number },
  side: number,
  fit: Fit,
): { readonly from: Rectangle; readonly to: Rectangle } {
  if (fit === 'crop') {
    const square = Math.min(width, height);
    const from = { x: (width - square) / 2, y: (height - square) / 2, width: square, height: square };
    return { from, to: { x: 0, y: 0, width: side, height: side } };
  }
  const scale = side / Math.max(width, height);
  // A picture as thin as a hair keeps one pixel.
  const [w, h] = [Math.max(1, width * scale), Math.max(1, height * scale)];
  return {
    from: { x: 0, y: 0, width, height },
    to: { x: (side - w) / 2, y: (side - h) / 2, width: w, height: h },
  };
}

/** Pixel by pixel RGBA as three planes, opacity left out. */
export function planesOf(rgba: ArrayLike<number>): Uint8Array {
  const plane = rgba.length / 4;
  const planes = new Uint8Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) planes[c * plane + i] = rgba[4 * i + c] as number;
  }
  return planes;
}
