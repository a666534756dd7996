/** The pictures that this project made itself (scripts/samples.mjs). */
import lake from '/samples/lake.webp';
import planet from '/samples/planet.webp';
import windowPicture from '/samples/window.webp';

export const samples = { lake, window: windowPicture, planet } as const;
export type SampleName = keyof typeof samples;

/** Decodes through an image element: a `data:` URL, in the single-file build, may not be fetched. */
export async function loadSample(name: SampleName): Promise<ImageBitmap> {
  const image = new Image();
  image.src = samples[name];
  await image.decode();
  return createImageBitmap(image);
}
