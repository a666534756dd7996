import type { Shape } from '../../trajectory/trajectory.ts';
import { type Settings, SIZE_MAX } from '../settings.ts';

/** The shape of a run on a picture of this size: its longest side is the size asked for. */
export function shapeOf(
  picture: { readonly width: number; readonly height: number },
  { size, frame, colour }: Pick<Settings, 'size' | 'frame' | 'colour'>,
): Shape {
  const longest = Math.max(picture.width, picture.height);
  const side = size === 'original' ? Math.min(longest, SIZE_MAX) : Number(size);
  const c = colour === 'grey' ? 1 : 3;
  if (frame === 'square') {
    const shortest = Math.min(picture.width, picture.height);
    const square = size === 'original' ? Math.min(shortest, SIZE_MAX) : side;
    return { n: 1, c, h: square, w: square };
  }
  const scaled = (length: number) => Math.max(1, Math.round((length * side) / longest));
  return { n: 1, c, h: scaled(picture.height), w: scaled(picture.width) };
}
