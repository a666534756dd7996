// |x_b - alpha y_i|^2 between the images x_b of a state and the images y_i of a set: a matrix product but for what is
// done with two values. The differences themselves are squared: |x|^2 - 2 alpha x.y + alpha^2 |y|^2 would lose what is
// left where they nearly agree. Needs aligned.wgsl or unaligned.wgsl. Its float64 twin is squaredDistances in
// src/diffusion/ideal.ts.
//
// A workgroup has four images of the set and 4 QUADS of the state; its lanes walk along the values and keep their sums in
// registers, so that twenty loads serve 64 differences. Measured on a software adapter, 16 x 512 images of 12,288 values:
// loads of vectors 93 ms, of single values 150 ms; 64 lanes 199 ms, 32 or 16 about 90; tiles of 2 x 16 or 4 x 8 are 10 to
// 30 % slower, 8 x 8 the same. Staging both sides in workgroup memory needs barriers within the loop, which cost more
// there than they save.

override LANES: u32;
override QUADS: u32;  // of the state's images to a workgroup, 1 to 4

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
var<workgroup> lanes: array<vec4f, 4 * QUADS * (LANES + 1)>;

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

fn keep(quad: u32, lane: u32, sums: mat4x4f) {
  for (var i = 0u; i < 4u; i++) {
    lanes[(4u * quad + i) * (LANES + 1u) + lane] = sums[i];
  }
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let four = vec4u(0u, 1u, 2u, 3u);
  let firstImage = 4u * (group.y * groups.x + group.x);
  if (firstImage >= spec.count) {
    return;
  }
  let quad = group.z / spec.shares * QUADS;
  let share = group.z % spec.shares;
  let i = min(firstImage + four, vec4u(spec.count - 1u));
  let last = vec4u(spec.begin + spec.batch - 1u);
  let b = spec.begin + 4u * quad + four;
  var sums0 = mat4x4f();
  var sums1 = mat4x4f();
  var sums2 = mat4x4f();
  var sums3 = mat4x4f();
  let end = min((share + 1u) * spec.share, spec.vectors);
  for (var v = share * spec.share + lane; v < end; v += LANES) {
    let y = level.alpha * mat4x4f(
      ofSet(i.x, v, spec.values),
      ofSet(i.y, v, spec.values),
      ofSet(i.z, v, spec.values),
      ofSet(i.w, v, spec.values),
    );
    sums0 += squaresOf(quadOfState(min(b, last), v), y);
    if (QUADS > 1u) {
      sums1 += squaresOf(quadOfState(min(b + 4u, last), v), y);
    }
    if (QUADS > 2u) {
      sums2 += squaresOf(quadOfState(min(b + 8u, last), v), y);
    }
    if (QUADS > 3u) {
      sums3 += squaresOf(quadOfState(min(b + 12u, last), v), y);
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
  workgroupBarrier();
  for (var row = lane; row < 4u * QUADS; row += LANES) {
    let image = firstImage + row % 4u;
    if (image < spec.count) {
      var sum = vec4f(0.0);
      // In one order for all, so that equal images are equally far.
      for (var k = 0u; k < LANES; k++) {
        sum += lanes[row * (LANES + 1u) + k];
      }
      distances[(share * spec.images + spec.first + image) * spec.quads + quad + row / 4u] = sum;
    }
  }
}
