/** Why something was refused, as a sentence for the visitor: what happened, and what that changed. */
import { GpuError, TooLarge } from '../gpu/errors.ts';
import { mebibytes } from './format.ts';
import type { Text } from './text/areas.ts';

export function refusalOf(error: unknown, { refusals }: Text): string {
  if (error instanceof TooLarge) {
    return refusals.tooLarge(mebibytes(error.needed), mebibytes(error.most), error.side);
  }
  if (error instanceof GpuError) {
    return error.kind === 'out-of-memory' ? refusals.outOfMemory : refusals.gpu(error.message);
  }
  const { message } = error instanceof Error ? error : { message: String(error) };
  return error instanceof RangeError ? refusals.badValue(message) : refusals.unexpected(message);
}
