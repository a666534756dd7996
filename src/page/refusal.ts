/** Why something cannot be, in the page's language where the page knows. */
import { TooLarge } from '../trajectory/trajectory.ts';
import { mebibytes } from './format.ts';
import type { Text } from './text/areas.ts';

export const reasonOf = (error: Error, text: Text): string =>
  error instanceof TooLarge
    ? text.beyond(mebibytes(error.needed), mebibytes(error.most), error.side)
    : error.message;
