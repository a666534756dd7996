// x' = a x + b x0 and nothing else: what a step cannot do without. Needs grid.wgsl.

const A = 0.9;
const B = 0.1;

@group(0) @binding(0) var<storage, read> x0: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> x: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = gridIndex(group, groups, local);
  if (i < arrayLength(&x0)) {
    x[i] = A * x[i] + B * x0[i];
  }
}
