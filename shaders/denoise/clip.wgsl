// x0Hat held within [-range, range]. Needs grid.wgsl. Its float64 twin is clip in src/diffusion/limit.ts.

struct Clip {
  range: f32,
}

@group(0) @binding(0) var<uniform> clip: Clip;
@group(0) @binding(1) var<storage, read_write> limited: array<vec4f>;
@group(0) @binding(2) var<storage, read> x0Hat: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = gridIndex(group, groups, local);
  if (i >= arrayLength(&limited)) {
    return;
  }
  limited[i] = clamp(x0Hat[i], vec4f(-clip.range), vec4f(clip.range));
}
