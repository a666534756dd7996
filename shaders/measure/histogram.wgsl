// needs ../grid.wgsl

// How many values of x fall into each of BINS equal bins over [-RANGE, RANGE]; values beyond go to the end bins. A workgroup
// counts in its own memory first: one global atomic a bin and workgroup, not one a value. What a workgroup costs besides is
// shared by many values (docs/bench/choices.md).

override BINS: u32;
override RANGE: f32;
override VECTORS_PER_INVOCATION: u32;

struct Count {
  values: u32,  // how many of x are data; the rest is padding
}

@group(0) @binding(0) var<uniform> count: Count;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> bins: array<atomic<u32>>;

var<workgroup> local: array<atomic<u32>, BINS>;

fn binsOf(values: vec4f) -> vec4u {
  let position = (values + RANGE) * (f32(BINS) / (2.0 * RANGE));
  return vec4u(clamp(position, vec4f(0.0), vec4f(f32(BINS) - 1.0)));
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = (group.y * groups.x + group.x) * WORKGROUP_SIZE * VECTORS_PER_INVOCATION;
  for (var k = 0u; k < VECTORS_PER_INVOCATION; k++) {
    let i = first + k * WORKGROUP_SIZE + lane;
    if (4u * i < count.values) {
      let bin = binsOf(x[i]);
      let left = count.values - 4u * i;
      atomicAdd(&local[bin.x], 1u);
      atomicAdd(&local[bin.y], u32(left > 1u));
      atomicAdd(&local[bin.z], u32(left > 2u));
      atomicAdd(&local[bin.w], u32(left > 3u));
    }
  }
  workgroupBarrier();
  for (var bin = lane; bin < BINS; bin += WORKGROUP_SIZE) {
    let n = atomicLoad(&local[bin]);
    if (n > 0u) {
      atomicAdd(&bins[bin], n);
    }
  }
}
