/** What the page knows of a set of images. */
import type { Images } from '../../diffusion/images.ts';
import type { Text } from '../text/areas.ts';

/** A set in memory. */
export interface NamedSet {
  readonly id: string;
  readonly images: Images;
  /** What image i is called, to be written and spoken. */
  nameOf(i: number, text: Text): string;
}

/** A set that can be had: what can be said of it before it is loaded. */
export interface SetEntry {
  readonly id: string;
  readonly group: 'emoji' | 'glyphs' | 'shapes' | 'own';
  readonly shape: Images['shape'];
  /** The visitor's own sets have the title that they were given; the others have one in each language. */
  readonly title?: string;
  /** @throws Error if what the set is made from cannot be had. */
  load(): Promise<NamedSet>;
}
