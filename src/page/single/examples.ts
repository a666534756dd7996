/** The sources that come with the page (scripts/sources.mjs). */
import brick from '/sources/brick.webp';
import city from '/sources/city.png';
import dungeon from '/sources/dungeon.png';
import fruit from '/sources/fruit.webp';
import garden from '/sources/garden.png';
import hills from '/sources/hills.webp';
import pebbles from '/sources/pebbles.webp';
import strokes from '/sources/strokes.webp';
import type { PictureKind } from '../../diffusion/pyramid.ts';

export interface Example {
  readonly url: string;
  readonly kind: PictureKind;
}

export const examples = {
  hills: { url: hills, kind: 'landscape' },
  brick: { url: brick, kind: 'texture' },
  pebbles: { url: pebbles, kind: 'texture' },
  strokes: { url: strokes, kind: 'texture' },
  fruit: { url: fruit, kind: 'texture' },
  city: { url: city, kind: 'pixels' },
  dungeon: { url: dungeon, kind: 'pixels' },
  garden: { url: garden, kind: 'pixels' },
} as const satisfies Record<string, Example>;

export type ExampleName = keyof typeof examples;
export const exampleNames = Object.keys(examples) as ExampleName[];

/** What is shown in the place of a picture that no link can bring. */
export const exampleOf = (kind: PictureKind): ExampleName =>
  exampleNames.find((name) => examples[name].kind === kind) as ExampleName;

/** Decodes through an image element: a `data:` URL, in the single-file build, may not be fetched. */
export async function loadExample(name: ExampleName): Promise<ImageBitmap> {
  const image = new Image();
  image.src = examples[name].url;
  await image.decode();
  return createImageBitmap(image);
}
