/** What scripts/native/measure.mjs runs in Node, once there is a `navigator.gpu`. */
import type { Shape } from '../../../src/passes/shape.ts';
import { gpu } from '../../gpu/harness/device.ts';
import { checks } from './correct.ts';
import { timesAt } from './times.ts';

export const adapter = () => ({
  name: gpu.adapterName,
  software: gpu.software,
  timestamps: gpu.timestamps,
  /** Who keeps these alive keeps Dawn from ending with them. */
  gpu,
});

export { checks };

export const times = (shape: Shape, rounds: number) => timesAt(gpu, shape, rounds);
