// How many values of x fall into each of BINS equal bins over [-RANGE, RANGE]; values beyond go to the end bins.
// Needs grid.wgsl. A workgroup counts in its own memory first: one global atomic a bin and workgroup, not one a value.

override BINS: u32;
override RANGE: f32;
override VALUES_PER_INVOCATION: u32;

struct Count {
  values: u32,  // how many of x are data; the rest is padding
}

@group(0) @binding(0) var<uniform> count: Count;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> bins: array<atomic<u32>>;

var<workgroup> local: array<atomic<u32>, BINS>;

fn binOf(value: f32) -> u32 {
  let position = (value + RANGE) * (f32(BINS) / (2.0 * RANGE));
  return u32(clamp(position, 0.0, f32(BINS) - 1.0));
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let first = (group.y * groups.x + group.x) * WORKGROUP_SIZE * VALUES_PER_INVOCATION;
  for (var k = 0u; k < VALUES_PER_INVOCATION; k++) {
    let i = first + k * WORKGROUP_SIZE + lane;
    if (i < count.values) {
      atomicAdd(&local[binOf(x[i])], 1u);
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
