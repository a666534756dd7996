/** A file becomes a picture, or a reason why not. */

export type PictureFault = 'empty' | 'not-a-picture' | 'undecodable';
/** What a person should know about a picture that was taken all the same. */
export type PictureNote = 'shrunk' | 'first-frame';

export class PictureError extends Error {
  constructor(
    readonly fault: PictureFault,
    readonly fileName: string,
  ) {
    super(`${fileName}: ${fault}`);
    this.name = 'PictureError';
  }
}

export interface Picture {
  readonly bitmap: ImageBitmap;
  readonly notes: readonly PictureNote[];
}

/** The longest side, in pixels, given to a drawing that does not say how large it is. */
const SVG_SIDE = 1024;
/** The longest side at which a drawing is drawn, however large it says it is. */
const SVG_MOST = 4096;
/** Kept as they are in the file: opacity is applied on the GPU, and phones' photographs are turned upright. */
const AS_IT_IS: ImageBitmapOptions = { premultiplyAlpha: 'none', imageOrientation: 'from-image' };

/**
 * @param mostPixelsASide what the device's textures hold; a larger picture is shrunk.
 * @throws PictureError
 */
export async function decodePicture(file: File, mostPixelsASide: number): Promise<Picture> {
  if (file.size === 0) throw new PictureError('empty', file.name);
  const svg = file.type === 'image/svg+xml' || /\.svg$/i.test(file.name);
  if (!svg && file.type !== '' && !file.type.startsWith('image/')) {
    throw new PictureError('not-a-picture', file.name);
  }
  const whole = await (svg ? decodeSvg(file) : createImageBitmap(file, AS_IT_IS)).catch(() => {
    throw new PictureError('undecodable', file.name);
  });
  const bitmap = await shrunkTo(whole, mostPixelsASide);
  const notes: PictureNote[] = [];
  if (bitmap !== whole) notes.push('shrunk');
  if (await isAnimated(file)) notes.push('first-frame');
  return { bitmap, notes };
}

async function shrunkTo(bitmap: ImageBitmap, most: number): Promise<ImageBitmap> {
  const { width, height } = bitmap;
  if (Math.max(width, height) <= most) return bitmap;
  const scale = most / Math.max(width, height);
  const options: ImageBitmapOptions = {
    ...AS_IT_IS,
    resizeWidth: Math.max(1, Math.floor(width * scale)),
    resizeHeight: Math.max(1, Math.floor(height * scale)),
    resizeQuality: 'high',
  };
  return createImageBitmap(bitmap, options);
}

/** Browsers disagree about a drawing without a size, so it is given one: its view box's shape, or a square. */
async function decodeSvg(file: File): Promise<ImageBitmap> {
  const drawing = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
  const root = drawing.documentElement;
  if (root.nodeName !== 'svg') throw new Error('not an SVG document');
  const { width, height } = svgSize(root);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  const url = URL.createObjectURL(
    new Blob([new XMLSerializer().serializeToString(drawing)], { type: 'image/svg+xml' }),
  );
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    return await createImageBitmap(image, { resizeWidth: width, resizeHeight: height });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function svgSize(root: Element): { width: number; height: number } {
  const absolute = (name: string) => {
    const text = root.getAttribute(name) ?? '';
    return /^[\d.]+(px)?$/.test(text) ? Number.parseFloat(text) : 0;
  };
  const width = absolute('width');
  const height = absolute('height');
  if (width >= 1 && height >= 1)
    return scaledSize(width, height, Math.min(1, SVG_MOST / Math.max(width, height)));
  const [, , w = 1, h = 1] = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const scale = w > 0 && h > 0 ? SVG_SIDE / Math.max(w, h) : 0;
  if (!Number.isFinite(scale) || scale === 0) return { width: SVG_SIDE, height: SVG_SIDE };
  return scaledSize(w, h, scale);
}

const scaledSize = (width: number, height: number, scale: number) => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

async function isAnimated(file: File): Promise<boolean> {
  if (!('ImageDecoder' in globalThis) || file.type === '') return false;
  if (!(await ImageDecoder.isTypeSupported(file.type))) return false;
  const decoder = new ImageDecoder({ data: file.stream(), type: file.type });
  try {
    await decoder.tracks.ready;
    return decoder.tracks.selectedTrack?.animated ?? false;
  } catch {
    return false;
  } finally {
    decoder.close();
  }
}
