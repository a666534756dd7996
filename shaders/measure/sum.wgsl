// needs ../grid.wgsl

// Sums over a state: every lane of a workgroup adds up its share, the first lane adds up the lanes, and fold.wgsl adds up the
// workgroups; so float32's rounding stays far below that of one long sum.

var<workgroup> lanes: array<vec4f, WORKGROUP_SIZE>;

// The sum of one value of every lane; only the first lane gets it. A tree would need a barrier for every level: software
// adapters switch between all lanes at each, and with seven of them the sums took longer than the step they measure.
fn sumOfLanes(lane: u32, value: vec4f) -> vec4f {
  lanes[lane] = value;
  workgroupBarrier();
  var sum = vec4f(0.0);
  if (lane == 0u) {
    for (var k = 0u; k < WORKGROUP_SIZE; k++) {
      sum += lanes[k];
    }
  }
  return sum;
}
