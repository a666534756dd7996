// Plain matrix product W Y of the shape of weighted_mean.wgsl, for timing beside it: the same tiles, loads and sums, all of
// them, whatever the weights are. Whole vectors, whole tiles, an even number of rows.

override LANES: u32;
override VECTORS: u32;  // to a lane, 1 or 2

struct Product {
  vectors: u32,  // to a row
  quads: u32,    // rows of the product, by fours; four of these to a workgroup
  share: u32,    // rows of y to a workgroup
}

@group(0) @binding(0) var<uniform> spec: Product;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> products: array<vec4f>;

fn times(w: vec4f, y: vec4f) -> mat4x4f {
  return mat4x4f(w.x * y, w.y * y, w.z * y, w.w * y);
}

fn put(row: u32, vector: u32, sums: mat4x4f) {
  for (var k = 0u; k < 4u; k++) {
    products[(row + k) * spec.vectors + vector] = sums[k];
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let vector = group.x * VECTORS * LANES + lane;
  let next = vector + LANES;
  let quad = 4u * group.y;
  var sums0 = mat4x4f();
  var sums1 = mat4x4f();
  var sums2 = mat4x4f();
  var sums3 = mat4x4f();
  var more0 = mat4x4f();
  var more1 = mat4x4f();
  var more2 = mat4x4f();
  var more3 = mat4x4f();
  for (var i = group.z * spec.share; i < (group.z + 1u) * spec.share; i += 2u) {
    let p = i * spec.quads + quad;
    let q = p + spec.quads;
    let a = y[i * spec.vectors + vector];
    let b = y[(i + 1u) * spec.vectors + vector];
    sums0 += times(weights[p], a) + times(weights[q], b);
    sums1 += times(weights[p + 1u], a) + times(weights[q + 1u], b);
    sums2 += times(weights[p + 2u], a) + times(weights[q + 2u], b);
    sums3 += times(weights[p + 3u], a) + times(weights[q + 3u], b);
    if (VECTORS > 1u) {
      let c = y[i * spec.vectors + next];
      let d = y[(i + 1u) * spec.vectors + next];
      more0 += times(weights[p], c) + times(weights[q], d);
      more1 += times(weights[p + 1u], c) + times(weights[q + 1u], d);
      more2 += times(weights[p + 2u], c) + times(weights[q + 2u], d);
      more3 += times(weights[p + 3u], c) + times(weights[q + 3u], d);
    }
  }
  let row = 4u * (group.z * spec.quads + quad);
  put(row, vector, sums0);
  put(row + 4u, vector, sums1);
  put(row + 8u, vector, sums2);
  put(row + 12u, vector, sums3);
  if (VECTORS > 1u) {
    put(row, next, more0);
    put(row + 4u, next, more1);
    put(row + 8u, next, more2);
    put(row + 12u, next, more3);
  }
}
