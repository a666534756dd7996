// needs quads.wgsl

// What the lanes of a workgroup have summed up for 4 FOURS images of a set and 4 QUADS of a state, added up and put where it
// belongs. The kernel declares LANES, QUADS, FOURS and putRow(share, image of the set, quad of the state, sum).

// One more to a row, so that lanes who walk along rows are at different banks of the memory.
var<workgroup> lanes: array<vec4f, 4 * FOURS * QUADS * (LANES + 1)>;

fn keepQuad(row: u32, lane: u32, sums: mat4x4f) {
  for (var i = 0u; i < 4u; i++) {
    lanes[(4u * row + i) * (LANES + 1u) + lane] = sums[i];
  }
}

fn keep(four: u32, lane: u32, sums: Quads) {
  keepQuad(four * QUADS, lane, sums.a);
  if (QUADS > 1u) {
    keepQuad(four * QUADS + 1u, lane, sums.b);
  }
  if (QUADS > 2u) {
    keepQuad(four * QUADS + 2u, lane, sums.c);
  }
  if (QUADS > 3u) {
    keepQuad(four * QUADS + 3u, lane, sums.d);
  }
}

fn leaveRows(share: u32, image: u32, quad: u32, lane: u32, s0: Quads, s1: Quads, s2: Quads, s3: Quads) {
  keep(0u, lane, s0);
  if (FOURS > 1u) {
    keep(1u, lane, s1);
    keep(2u, lane, s2);
    keep(3u, lane, s3);
  }
  workgroupBarrier();
  for (var row = lane; row < 4u * FOURS * QUADS; row += LANES) {
    var sum = vec4f(0.0);
    // In one order for all, so that equal images are equally far.
    for (var k = 0u; k < LANES; k++) {
      sum += lanes[row * (LANES + 1u) + k];
    }
    putRow(share, image + 4u * (row / (4u * QUADS)) + row % 4u, quad + row / 4u % QUADS, sum);
  }
}
