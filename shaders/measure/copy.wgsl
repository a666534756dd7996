// y = x, which is all that memory allows: the ceiling of bytes a second. Needs grid.wgsl.

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = gridIndex(group, groups, local);
  if (i < arrayLength(&x)) {
    y[i] = x[i];
  }
}
