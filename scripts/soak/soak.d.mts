import type { Page } from 'playwright';
import type { Census, Gap } from './faults.mjs';

export interface Found {
  /** How often each action was done. */
  readonly done: Record<string, number>;
  readonly before: Census;
  readonly after: Census;
  readonly gaps: readonly Gap[];
  readonly frames: number;
  readonly errors: readonly string[];
}

export function soak(
  page: Page,
  url: string,
  options: { ms: number; seed?: number; log?: (action: string) => void },
): Promise<Found>;
