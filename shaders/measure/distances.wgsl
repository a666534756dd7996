// needs quads.wgsl

// |x_b - alpha y_i|^2 between the images x_b of a state and the images y_i of a set: a matrix product but for what is done
// with two values. The differences themselves are squared: |x|^2 - 2 alpha x.y + alpha^2 |y|^2 would lose what is left where
// they nearly agree. The pass gives aligned.wgsl or unaligned.wgsl, and a leave_rows*.wgsl. Its float64 twin is
// squaredDistances in src/diffusion/ideal.ts.
//
// A workgroup has 4 FOURS images of the set and 4 QUADS of the state; its lanes walk along the values and keep their sums in
// registers, so that 20 loads serve 64 differences, or 32 of them 256. Staging both sides in workgroup memory needs barriers
// within the loop, at each of which a software adapter switches between all lanes. Loads cost it as much as arithmetic.

override LANES: u32;
override QUADS: u32;  // of the state's images to a workgroup, 1 to 4
override FOURS: u32;  // of the set's images to a workgroup, 1 or 4

struct Distances {
  values: u32,   // of an image
  vectors: u32,  // of an image
  share: u32,    // of them to a workgroup: long images are shared out, and their partial sums added up later
  shares: u32,
  images: u32,   // of the whole set
  first: u32,    // of them here: where the tile of the set begins
  count: u32,    // in the tile
  begin: u32,    // the first image of the state that is asked for
  batch: u32,    // how many are
  quads: u32,    // of them, with what fills up the last workgroup
}

struct Level {
  alpha: f32,
}

@group(0) @binding(0) var<uniform> spec: Distances;
@group(0) @binding(3) var<storage, read_write> distances: array<vec4f>;  // share, image of the set, quad of the state's
@group(0) @binding(4) var<uniform> level: Level;                         // chosen by a dynamic offset into the table

fn quadOfState(first: u32, vector: u32) -> mat4x4f {
  let b = min(first + vec4u(0u, 1u, 2u, 3u), vec4u(spec.begin + spec.batch - 1u));
  return mat4x4f(
    ofState(b.x, vector, spec.values),
    ofState(b.y, vector, spec.values),
    ofState(b.z, vector, spec.values),
    ofState(b.w, vector, spec.values),
  );
}

fn quadsOfState(first: u32, vector: u32) -> Quads {
  var x = Quads();
  x.a = quadOfState(first, vector);
  if (QUADS > 1u) {
    x.b = quadOfState(first + 4u, vector);
  }
  if (QUADS > 2u) {
    x.c = quadOfState(first + 8u, vector);
  }
  if (QUADS > 3u) {
    x.d = quadOfState(first + 12u, vector);
  }
  return x;
}

fn fourOfSet(first: u32, vector: u32) -> mat4x4f {
  let i = min(first + vec4u(0u, 1u, 2u, 3u), vec4u(spec.count - 1u));
  return level.alpha * mat4x4f(
    ofSet(i.x, vector, spec.values),
    ofSet(i.y, vector, spec.values),
    ofSet(i.z, vector, spec.values),
    ofSet(i.w, vector, spec.values),
  );
}

// Of four images of the state from one of the set.
fn squares(x: mat4x4f, y: vec4f) -> vec4f {
  let r0 = x[0] - y;
  let r1 = x[1] - y;
  let r2 = x[2] - y;
  let r3 = x[3] - y;
  return vec4f(dot(r0, r0), dot(r1, r1), dot(r2, r2), dot(r3, r3));
}

fn squaresOf(x: mat4x4f, y: mat4x4f) -> mat4x4f {
  return mat4x4f(squares(x, y[0]), squares(x, y[1]), squares(x, y[2]), squares(x, y[3]));
}

fn added(to: Quads, x: Quads, y: mat4x4f) -> Quads {
  var sums = to;
  sums.a += squaresOf(x.a, y);
  if (QUADS > 1u) {
    sums.b += squaresOf(x.b, y);
  }
  if (QUADS > 2u) {
    sums.c += squaresOf(x.c, y);
  }
  if (QUADS > 3u) {
    sums.d += squaresOf(x.d, y);
  }
  return sums;
}

fn putRow(share: u32, image: u32, quad: u32, sum: vec4f) {
  if (image < spec.count) {
    distances[(share * spec.images + spec.first + image) * spec.quads + quad] = sum;
  }
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let image = 4u * FOURS * (group.y * groups.x + group.x);
  if (image >= spec.count) {
    return;
  }
  let quad = group.z / spec.shares * QUADS;
  let share = group.z % spec.shares;
  var sums0 = Quads();
  var sums1 = Quads();
  var sums2 = Quads();
  var sums3 = Quads();
  let end = min((share + 1u) * spec.share, spec.vectors);
  for (var v = share * spec.share + lane; v < end; v += LANES) {
    let x = quadsOfState(spec.begin + 4u * quad, v);
    sums0 = added(sums0, x, fourOfSet(image, v));
    if (FOURS > 1u) {
      sums1 = added(sums1, x, fourOfSet(image + 4u, v));
      sums2 = added(sums2, x, fourOfSet(image + 8u, v));
      sums3 = added(sums3, x, fourOfSet(image + 12u, v));
    }
  }
  leaveRows(share, image, quad, lane, sums0, sums1, sums2, sums3);
}
