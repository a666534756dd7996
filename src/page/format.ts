/** Numbers as people read them. */
import { type Schedule, snrDb } from '../diffusion/schedule.ts';
import type { Text } from './text/areas.ts';

const MINUS = '−';

/** A decimal number with a true minus sign. */
export const decimal = (x: number, digits: number): string => x.toFixed(digits).replace('-', MINUS);

/** A time; samplers look between whole ones, too. */
export const timeText = (t: number): string => String(Number(t.toFixed(1)));

export function snrText(schedule: Schedule, time: number, text: Text): string {
  const t = Math.round(time);
  return t === 0 ? text.noNoise : `${decimal(snrDb(schedule, t), 1)} dB`;
}

export const milliseconds = (ms: number): string => (ms < 10 ? ms.toPrecision(2) : ms.toFixed(0));

export const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** Small numbers by their power of ten, others with four decimals. */
export const scientific = (x: number): string =>
  Math.abs(x) >= 0.001 || x === 0 ? decimal(x, 4) : x.toExponential(2).replaceAll('-', MINUS);
