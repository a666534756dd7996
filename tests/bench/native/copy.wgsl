// The ceiling for bytes: what a kernel reaches that only reads and writes. Needs grid.wgsl.

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> target_: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = gridIndex(group, groups, local);
  if (i < arrayLength(&target_)) {
    target_[i] = source[i];
  }
}
