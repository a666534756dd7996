// One dispatch dimension ends at 65,535 workgroups, so long buffers are walked by a two-dimensional grid of them.

override WORKGROUP_SIZE: u32;

// Who an invocation is. A kernel with a barrier takes these one by one: the group must be known to be the same for all its lanes.
struct Invocation {
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
}

// Counted through the whole grid.
fn gridIndex(here: Invocation) -> u32 {
  return (here.group.y * here.groups.x + here.group.x) * WORKGROUP_SIZE + here.lane;
}
