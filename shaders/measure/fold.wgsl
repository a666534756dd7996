// needs ../grid.wgsl, sum.wgsl

// The last level of every sum: a workgroup adds up one term's partial sums.

struct Fold {
  partials: u32,  // to a term
}

@group(0) @binding(0) var<uniform> fold: Fold;
@group(0) @binding(1) var<storage, read> partials: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> sums: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let term = group.y * groups.x + group.x;
  if (term >= arrayLength(&sums)) {
    return;
  }
  var sum = vec4f(0.0);
  for (var k = lane; k < fold.partials; k += WORKGROUP_SIZE) {
    sum += partials[term * fold.partials + k];
  }
  let total = sumOfLanes(lane, sum);
  if (lane == 0u) {
    sums[term] = total;
  }
}
