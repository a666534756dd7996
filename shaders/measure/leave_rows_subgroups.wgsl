enable subgroups;
// needs quads.wgsl

// What leave_rows.wgsl does where one subgroup has all LANES, without a barrier and memory for it (docs/bench/choices.md).

fn leaveRow(share: u32, image: u32, quad: u32, lane: u32, sum: vec4f) {
  let total = subgroupAdd(sum);
  if (lane == 0u) {
    putRow(share, image, quad, total);
  }
}

fn leaveQuad(share: u32, image: u32, quad: u32, lane: u32, sums: mat4x4f) {
  leaveRow(share, image, quad, lane, sums[0]);
  leaveRow(share, image + 1u, quad, lane, sums[1]);
  leaveRow(share, image + 2u, quad, lane, sums[2]);
  leaveRow(share, image + 3u, quad, lane, sums[3]);
}

fn leaveFour(share: u32, image: u32, quad: u32, lane: u32, sums: Quads) {
  leaveQuad(share, image, quad, lane, sums.a);
  if (QUADS > 1u) {
    leaveQuad(share, image, quad + 1u, lane, sums.b);
  }
  if (QUADS > 2u) {
    leaveQuad(share, image, quad + 2u, lane, sums.c);
  }
  if (QUADS > 3u) {
    leaveQuad(share, image, quad + 3u, lane, sums.d);
  }
}

fn leaveRows(share: u32, image: u32, quad: u32, lane: u32, s0: Quads, s1: Quads, s2: Quads, s3: Quads) {
  leaveFour(share, image, quad, lane, s0);
  if (FOURS > 1u) {
    leaveFour(share, image + 4u, quad, lane, s1);
    leaveFour(share, image + 8u, quad, lane, s2);
    leaveFour(share, image + 12u, quad, lane, s3);
  }
}
