/** How many invocations make a workgroup, for every kernel that walks a buffer with shaders/grid.wgsl. */
export const WORKGROUP_SIZE = 64;

/**
 * A grid of at least `workgroups` workgroups, folded into two dimensions where one would pass the device's limit. The
 * surplus of the last row is for the kernel to ignore.
 */
export function gridOf(workgroups: number, limit: number): [number, number] {
  const columns = Math.min(workgroups, limit);
  return [columns, Math.ceil(workgroups / columns)];
}
