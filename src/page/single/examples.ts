/** The pictures of the sources that come with the page (scripts/sources.mjs). */
import brick from '/sources/brick.webp';
import city from '/sources/city.png';
import dungeon from '/sources/dungeon.png';
import fruit from '/sources/fruit.webp';
import garden from '/sources/garden.png';
import hills from '/sources/hills.webp';
import pebbles from '/sources/pebbles.webp';
import strokes from '/sources/strokes.webp';
import { loadImage } from '../load-image.ts';
import type { ExampleName } from './example-kinds.ts';

export const exampleUrls: Record<ExampleName, string> = {
  hills,
  brick,
  pebbles,
  strokes,
  fruit,
  city,
  dungeon,
  garden,
};

export const loadExample = (name: ExampleName): Promise<ImageBitmap> => loadImage(exampleUrls[name]);
