// One dispatch dimension ends at 65,535 workgroups, so long buffers are walked by a two-dimensional grid of them.

override WORKGROUP_SIZE: u32;

fn gridIndex(group: vec3u, groups: vec3u, local: u32) -> u32 {
  return (group.y * groups.x + group.x) * WORKGROUP_SIZE + local;
}
