/** Glyphs of the fonts at hand, dark on white, grey, 32×32: drawn when they are asked for. */
import type { Alphabet } from './alphabets.ts';
import { type Drawn, SIDE } from './procedural.ts';

const TEXT_SIZE = 26;
/** No font has a glyph for a noncharacter: what is drawn stands for any glyph that is missing. */
const MISSING = '\u{10ffff}';

/** Draws a character with the middle of its ink at the middle of the tile, moved by the offset. */
function glyphBy(context: OffscreenCanvasRenderingContext2D) {
  return (character: string, font: string, [dx, dy]: readonly [number, number]): Uint8Array => {
    context.font = font;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, SIDE, SIDE);
    context.fillStyle = '#000';
    const ink = context.measureText(character);
    const x = (ink.actualBoundingBoxLeft - ink.actualBoundingBoxRight) / 2;
    const y = (ink.actualBoundingBoxAscent - ink.actualBoundingBoxDescent) / 2;
    // Whole pixels: between them the same glyph would be blurred in its own way at every place.
    context.fillText(character, Math.round(SIDE / 2 + x) + dx, Math.round(SIDE / 2 + y) + dy);
    const { data } = context.getImageData(0, 0, SIDE, SIDE);
    // The red channel: text on an opaque canvas may be smoothed per subpixel, and one subpixel is grey.
    return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i] as number);
  };
}

/**
 * Characters in turn, and of each all typefaces, weights and offsets. Blank glyphs, missing ones and copies are left
 * out, so that how many images there are depends on the fonts.
 * @throws Error if no character can be drawn.
 */
export function glyphs({ characters, families, weights, offsets }: Alphabet): Drawn {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas to draw glyphs on');
  const draw = glyphBy(context);
  const fonts = families.flatMap((family) => weights.map((weight) => `${weight} ${TEXT_SIZE}px ${family}`));
  const seen = new Set([new Uint8Array(SIDE * SIDE).fill(255).join()]);
  for (const font of fonts) for (const offset of offsets) seen.add(draw(MISSING, font, offset).join());
  const found: Uint8Array[] = [];
  const names: string[] = [];
  for (const character of characters) {
    for (const font of fonts) {
      for (const offset of offsets) {
        const glyph = draw(character, font, offset);
        const known = glyph.join();
        if (seen.has(known)) continue;
        seen.add(known);
        found.push(glyph);
        names.push(character);
      }
    }
  }
  if (found.length === 0) throw new Error('no font at hand has these characters');
  const values = new Uint8Array(found.length * SIDE * SIDE);
  for (const [i, glyph] of found.entries()) values.set(glyph, i * SIDE * SIDE);
  return {
    images: { shape: { n: found.length, c: 1, h: SIDE, w: SIDE }, values },
    nameOf: (i) => names[i] ?? '',
  };
}
