/** How many invocations make a workgroup, for every kernel that walks a buffer with shaders/grid.wgsl. */
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
