/** The emoji that this project drew (scripts/sets.mjs). */
import emojiUrl from '/sets/emoji.webp';
import facesUrl from '/sets/faces.webp';
import { atlasEntry } from './atlas.ts';

/** Round yellow faces in one circle: what the page opens on. */
export const faces = atlasEntry('faces', 89, facesUrl, () => import('./atlas/faces.json'));

/** Animals, food, plants, vehicles, things: no people, no flags. */
export const emoji = atlasEntry('emoji', 352, emojiUrl, () => import('./atlas/emoji.json'));
