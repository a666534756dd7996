/** The sources that come with the page, by name, and what each is a picture of. */
import type { PictureKind } from '../../diffusion/pyramid.ts';

export const exampleKinds = {
  hills: 'landscape',
  brick: 'texture',
  pebbles: 'texture',
  strokes: 'texture',
  fruit: 'texture',
  city: 'pixels',
  dungeon: 'pixels',
  garden: 'pixels',
} as const satisfies Record<string, PictureKind>;

export type ExampleName = keyof typeof exampleKinds;
export const exampleNames = Object.keys(exampleKinds) as ExampleName[];

/** What is shown in the place of a picture that no link can bring. */
export const exampleOf = (kind: PictureKind): ExampleName =>
  exampleNames.find((name) => exampleKinds[name] === kind) as ExampleName;
