// needs ../grid.wgsl

// The evidence of a set's images, up to a factor: of squared distances d_i the least and sum_i exp(-(d_i - least)/2 sigma^2).

struct Level {
  halfPrecision: f32,  // 1/2 sigma^2
  sharp: u32,      // whether sigma is so small that only the nearest count; halfPrecision is then 0
}

// Of four images of the state at once.
struct Evidence {
  least: vec4f,
  sum: vec4f,
}

@group(0) @binding(0) var<uniform> level: Level;  // chosen by a dynamic offset into the table

// Of no image: further than any.
const NONE = Evidence(vec4f(1e30), vec4f(0.0));
// What is so much further has no weight; times the greatest, 1e28, it is still a float32.
const FAR = 1e10f;

fn weightOf(excess: vec4f) -> vec4f {
  if (level.sharp != 0u) {
    return select(vec4f(0.0), vec4f(1.0), excess <= vec4f(0.0));
  }
  return exp(-level.halfPrecision * min(excess, vec4f(FAR)));
}

fn joined(p: Evidence, q: Evidence) -> Evidence {
  let least = min(p.least, q.least);
  return Evidence(least, p.sum * weightOf(p.least - least) + q.sum * weightOf(q.least - least));
}

var<workgroup> leasts: array<vec4f, WORKGROUP_SIZE>;
var<workgroup> sums: array<vec4f, WORKGROUP_SIZE>;

// The evidence of all lanes, for each of them. To join them one by one would take two exponentials each.
fn ofLanes(lane: u32, mine: Evidence) -> Evidence {
  leasts[lane] = mine.least;
  workgroupBarrier();
  var least = leasts[0];
  for (var k = 1u; k < WORKGROUP_SIZE; k++) {
    least = min(least, leasts[k]);
  }
  sums[lane] = mine.sum * weightOf(mine.least - least);
  workgroupBarrier();
  var sum = sums[0];
  for (var k = 1u; k < WORKGROUP_SIZE; k++) {
    sum += sums[k];
  }
  return Evidence(least, sum);
}
