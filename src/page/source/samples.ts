/** The pictures that this project made itself (scripts/samples.mjs). */
import lake from '/samples/lake.webp';
import planet from '/samples/planet.webp';
import windowPicture from '/samples/window.webp';
import { loadImage } from '../load-image.ts';

export const samples = { lake, window: windowPicture, planet } as const;
export type SampleName = keyof typeof samples;

export const loadSample = (name: SampleName): Promise<ImageBitmap> => loadImage(samples[name]);
