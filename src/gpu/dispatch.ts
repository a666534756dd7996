/** How many workgroups of how many invocations: for kernels that walk a buffer with shaders/grid.wgsl. */
import type { Gpu } from './device.ts';

/** Invocations of a workgroup, for every kernel that has no reason for another number. */
export const WORKGROUP_SIZE = 64;

/**
 * A grid of at least `workgroups` workgroups, folded into two dimensions where one would pass the device's limit. The
 * surplus, less than one to a row, is for the kernel to ignore: it is not free, on a software adapter it costs as much as
 * the others.
 */
export function gridOf(workgroups: number, limit: number): [number, number] {
  const rows = Math.max(1, Math.ceil(workgroups / limit));
  return [Math.ceil(workgroups / rows), rows];
}

/** So many workgroups within this device's limit. */
export const groupsFor = (gpu: Gpu, workgroups: number): [number, number] =>
  gridOf(workgroups, gpu.device.limits.maxComputeWorkgroupsPerDimension);

/** Workgroups of `WORKGROUP_SIZE` for so many invocations. */
export const gridFor = (gpu: Gpu, invocations: number): [number, number] =>
  groupsFor(gpu, Math.ceil(invocations / WORKGROUP_SIZE));
