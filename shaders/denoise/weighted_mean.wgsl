// sum_i w_i y_i over the images y_i of a tile of a set, for every image of the state: a matrix product. Needs grid.wgsl and
// aligned.wgsl or unaligned.wgsl.
//
// A lane has VECTORS vectors of 4 QUADS images, and keeps their sums in registers: every value of the set is read once for
// all of them. Where the posterior is sharp nearly all weights are exactly 0, and their images are not read at all. Measured on
// a software adapter, in milliseconds of its threads' time for 16 x 256 images of 12,288 values, of the products alone: one
// vector a lane 50, two 35, four no fewer; one image a round instead of two 40. With the test for zero weights and `put` as
// they are below it takes 90. Workgroup memory has nothing to share but the weights, which every lane reads at the same time.

override QUADS: u32;    // of the state's images to a workgroup, 1 to 4
override VECTORS: u32;  // to a lane, 1 or 2

struct Mean {
  values: u32,   // of an image
  vectors: u32,  // of an image
  batch: u32,    // images of the state
  quads: u32,    // of them, with what fills up the last workgroup
  first: u32,    // image of the set at which the tile begins
  count: u32,    // images in the tile
  share: u32,    // of them to a workgroup
  adds: u32,     // whether to add to what an earlier tile has left
}

@group(0) @binding(0) var<uniform> spec: Mean;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;

fn products(w: vec4f, y: vec4f) -> mat4x4f {
  return mat4x4f(w.x * y, w.y * y, w.z * y, w.w * y);
}

fn put(part: u32, b: u32, vector: u32, sums: mat4x4f) {
  for (var k = 0u; k < 4u; k++) {
    if (b + k < spec.batch) {
      let image = part * spec.batch + b + k;
      if (spec.adds != 0u) {
        addToPart(image, vector, spec.values, sums[k]);
      } else {
        putPart(image, vector, spec.values, sums[k]);
      }
    }
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let vector = group.x * VECTORS * WORKGROUP_SIZE + lane;
  let next = vector + WORKGROUP_SIZE;
  if (vector >= spec.vectors) {
    return;
  }
  let quad = group.y * QUADS;
  var sums0 = mat4x4f();
  var sums1 = mat4x4f();
  var sums2 = mat4x4f();
  var sums3 = mat4x4f();
  var more0 = mat4x4f();
  var more1 = mat4x4f();
  var more2 = mat4x4f();
  var more3 = mat4x4f();
  let end = min((group.z + 1u) * spec.share, spec.count);
  for (var i = group.z * spec.share; i < end; i += 2u) {
    let second = min(i + 1u, spec.count - 1u);
    let p = (spec.first + i) * spec.quads + quad;
    let q = (spec.first + second) * spec.quads + quad;
    // Of an odd number the last is not to count twice.
    let also = f32(i + 1u < end);
    let p0 = weights[p];
    let q0 = also * weights[q];
    var p1 = vec4f(0.0);
    var q1 = vec4f(0.0);
    var p2 = vec4f(0.0);
    var q2 = vec4f(0.0);
    var p3 = vec4f(0.0);
    var q3 = vec4f(0.0);
    if (QUADS > 1u) {
      p1 = weights[p + 1u];
      q1 = also * weights[q + 1u];
    }
    if (QUADS > 2u) {
      p2 = weights[p + 2u];
      q2 = also * weights[q + 2u];
    }
    if (QUADS > 3u) {
      p3 = weights[p + 3u];
      q3 = also * weights[q + 3u];
    }
    if (all((p0 + q0) + (p1 + q1) + (p2 + q2) + (p3 + q3) == vec4f(0.0))) {
      continue;
    }
    let y = ofSet(i, vector, spec.values);
    let z = ofSet(second, vector, spec.values);
    sums0 += products(p0, y) + products(q0, z);
    if (QUADS > 1u) {
      sums1 += products(p1, y) + products(q1, z);
    }
    if (QUADS > 2u) {
      sums2 += products(p2, y) + products(q2, z);
    }
    if (QUADS > 3u) {
      sums3 += products(p3, y) + products(q3, z);
    }
    if (VECTORS > 1u) {
      let beside = min(next, spec.vectors - 1u);
      let u = ofSet(i, beside, spec.values);
      let v = ofSet(second, beside, spec.values);
      more0 += products(p0, u) + products(q0, v);
      if (QUADS > 1u) {
        more1 += products(p1, u) + products(q1, v);
      }
      if (QUADS > 2u) {
        more2 += products(p2, u) + products(q2, v);
      }
      if (QUADS > 3u) {
        more3 += products(p3, u) + products(q3, v);
      }
    }
  }
  put(group.z, 4u * quad, vector, sums0);
  if (QUADS > 1u) {
    put(group.z, 4u * quad + 4u, vector, sums1);
  }
  if (QUADS > 2u) {
    put(group.z, 4u * quad + 8u, vector, sums2);
  }
  if (QUADS > 3u) {
    put(group.z, 4u * quad + 12u, vector, sums3);
  }
  if (VECTORS == 1u || next >= spec.vectors) {
    return;
  }
  put(group.z, 4u * quad, next, more0);
  if (QUADS > 1u) {
    put(group.z, 4u * quad + 4u, next, more1);
  }
  if (QUADS > 2u) {
    put(group.z, 4u * quad + 8u, next, more2);
  }
  if (QUADS > 3u) {
    put(group.z, 4u * quad + 12u, next, more3);
  }
}
