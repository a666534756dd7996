// needs sum.wgsl

// The sum of a value over a workgroup, left among the partial sums of a term. The kernel declares `partials`.

fn leaveSum(first: u32, group: u32, lane: u32, value: vec4f) {
  let sum = sumOfLanes(lane, value);
  if (lane == 0u) {
    partials[first + group] = sum;
  }
}
