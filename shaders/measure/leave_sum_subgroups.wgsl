enable subgroups;
// needs ../grid.wgsl

// What leave_sum.wgsl does, without a barrier: every subgroup leaves a sum of its own. The kernel declares `partials`, with a
// place for each. On a software adapter a barrier costs the whole kernel, not the sum alone (docs/bench/choices.md).

fn leaveSum(first: u32, group: u32, lane: u32, value: vec4f) {
  let size = subgroupAdd(1u);
  let sum = subgroupAdd(value);
  if (subgroupElect()) {
    partials[first + (group * WORKGROUP_SIZE + lane) / size] = sum;
  }
}
