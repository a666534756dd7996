// |x_b - alpha y_i|^2 between the images x_b of a state and the images y_i of a set: a matrix product but for what is
// done with two values. The differences themselves are squared: |x|^2 - 2 alpha x.y + alpha^2 |y|^2 would lose what is
// left where they nearly agree. Needs aligned.wgsl or unaligned.wgsl. Its float64 twin is squaredDistances in
// src/diffusion/ideal.ts.
//
// A workgroup has 4 FOURS images of the set and 4 QUADS of the state; its lanes walk along the values and keep their sums in
// registers, so that 20 loads serve 64 differences, or 24 of them 128. Measured on a software adapter, in milliseconds of
// its threads' time for 16 x 256 images of 12,288 values: 4 x 16 images by 32 lanes 65, by 16 lanes 55, by 4 lanes 50; 8 x 8
// by 4 lanes 40, 8 x 16 by 4 lanes 35, 16 x 16 30; loads of single values instead of vectors take half as long again. An
// image to a lane, without any sum over lanes, 35 to 45. Staging both sides in workgroup memory needs barriers within the
// loop, at each of which such an adapter switches between all lanes.

override LANES: u32;
override QUADS: u32;  // of the state's images to a workgroup, 1 to 4
override FOURS: u32;  // of the set's images to a workgroup, 1 or 2

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

// One more to a row, so that lanes who walk along rows are at different banks of the memory.
var<workgroup> lanes: array<vec4f, 4 * FOURS * QUADS * (LANES + 1)>;

fn quadOfState(b: vec4u, vector: u32) -> mat4x4f {
  return mat4x4f(
    ofState(b.x, vector, spec.values),
    ofState(b.y, vector, spec.values),
    ofState(b.z, vector, spec.values),
    ofState(b.w, vector, spec.values),
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

fn foursOfSet(i: vec4u, vector: u32) -> mat4x4f {
  return level.alpha * mat4x4f(
    ofSet(i.x, vector, spec.values),
    ofSet(i.y, vector, spec.values),
    ofSet(i.z, vector, spec.values),
    ofSet(i.w, vector, spec.values),
  );
}

fn keep(row: u32, lane: u32, sums: mat4x4f) {
  for (var i = 0u; i < 4u; i++) {
    lanes[(4u * row + i) * (LANES + 1u) + lane] = sums[i];
  }
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let four = vec4u(0u, 1u, 2u, 3u);
  let firstImage = 4u * FOURS * (group.y * groups.x + group.x);
  if (firstImage >= spec.count) {
    return;
  }
  let quad = group.z / spec.shares * QUADS;
  let share = group.z % spec.shares;
  let i = min(firstImage + four, vec4u(spec.count - 1u));
  let j = min(firstImage + 4u + four, vec4u(spec.count - 1u));
  let last = vec4u(spec.begin + spec.batch - 1u);
  let b = spec.begin + 4u * quad + four;
  var sums0 = mat4x4f();
  var sums1 = mat4x4f();
  var sums2 = mat4x4f();
  var sums3 = mat4x4f();
  var more0 = mat4x4f();
  var more1 = mat4x4f();
  var more2 = mat4x4f();
  var more3 = mat4x4f();
  let end = min((share + 1u) * spec.share, spec.vectors);
  for (var v = share * spec.share + lane; v < end; v += LANES) {
    let y = foursOfSet(i, v);
    var z = mat4x4f();
    if (FOURS > 1u) {
      z = foursOfSet(j, v);
    }
    let x0 = quadOfState(min(b, last), v);
    sums0 += squaresOf(x0, y);
    if (FOURS > 1u) {
      more0 += squaresOf(x0, z);
    }
    if (QUADS > 1u) {
      let x1 = quadOfState(min(b + 4u, last), v);
      sums1 += squaresOf(x1, y);
      if (FOURS > 1u) {
        more1 += squaresOf(x1, z);
      }
    }
    if (QUADS > 2u) {
      let x2 = quadOfState(min(b + 8u, last), v);
      sums2 += squaresOf(x2, y);
      if (FOURS > 1u) {
        more2 += squaresOf(x2, z);
      }
    }
    if (QUADS > 3u) {
      let x3 = quadOfState(min(b + 12u, last), v);
      sums3 += squaresOf(x3, y);
      if (FOURS > 1u) {
        more3 += squaresOf(x3, z);
      }
    }
  }
  keep(0u, lane, sums0);
  if (QUADS > 1u) {
    keep(1u, lane, sums1);
  }
  if (QUADS > 2u) {
    keep(2u, lane, sums2);
  }
  if (QUADS > 3u) {
    keep(3u, lane, sums3);
  }
  if (FOURS > 1u) {
    keep(QUADS, lane, more0);
    if (QUADS > 1u) {
      keep(QUADS + 1u, lane, more1);
    }
    if (QUADS > 2u) {
      keep(QUADS + 2u, lane, more2);
    }
    if (QUADS > 3u) {
      keep(QUADS + 3u, lane, more3);
    }
  }
  workgroupBarrier();
  for (var row = lane; row < 4u * FOURS * QUADS; row += LANES) {
    let image = firstImage + 4u * (row / (4u * QUADS)) + row % 4u;
    if (image < spec.count) {
      var sum = vec4f(0.0);
      // In one order for all, so that equal images are equally far.
      for (var k = 0u; k < LANES; k++) {
        sum += lanes[row * (LANES + 1u) + k];
      }
      let at = (share * spec.images + spec.first + image) * spec.quads;
      distances[at + quad + row / 4u % QUADS] = sum;
    }
  }
}
