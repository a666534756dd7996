/** The emoji that this project drew (scripts/sets.mjs). */
import emojiUrl from '/sets/emoji.webp';
import facesUrl from '/sets/faces.webp';
import { atlasEntry } from './atlas.ts';

/** Round yellow faces in one circle: what the page opens on. */
export const faces = atlasEntry('faces', facesUrl, { n: 89, size: 64, columns: 10 });

/** Animals, food, plants, vehicles, things: no people, no flags. */
export const emoji = atlasEntry('emoji', emojiUrl, { n: 352, size: 64, columns: 32 });
