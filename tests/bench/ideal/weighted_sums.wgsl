// needs ../../../shaders/measure/quads.wgsl

// Plain matrix product W Y of the shape of weighted_mean.wgsl, for timing beside it: the same tiles, loads and sums, all of
// them, whatever the weights are. Whole vectors, whole tiles, rows by fours.

override LANES: u32;
override VECTORS: u32;  // to a lane, 1 or 4

struct Product {
  vectors: u32,  // to a row
  quads: u32,    // rows of the product, by fours; four of these to a workgroup
  share: u32,    // rows of y to a workgroup
}

@group(0) @binding(0) var<uniform> spec: Product;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> products: array<vec4f>;

fn weightsOf(row: u32, quad: u32) -> mat4x4f {
  let at = row * spec.quads + quad;
  return mat4x4f(weights[at], weights[at + 1u], weights[at + 2u], weights[at + 3u]);
}

fn times(w: vec4f, y: vec4f) -> mat4x4f {
  return mat4x4f(w.x * y, w.y * y, w.z * y, w.w * y);
}

fn added(to: Quads, w: mat4x4f, y: vec4f) -> Quads {
  var sums = to;
  sums.a += times(w[0], y);
  sums.b += times(w[1], y);
  sums.c += times(w[2], y);
  sums.d += times(w[3], y);
  return sums;
}

fn addedFour(to: Quads, at: u32, w0: mat4x4f, w1: mat4x4f, w2: mat4x4f, w3: mat4x4f) -> Quads {
  let sums = added(added(to, w0, y[at]), w1, y[at + spec.vectors]);
  return added(added(sums, w2, y[at + 2u * spec.vectors]), w3, y[at + 3u * spec.vectors]);
}

fn putQuad(row: u32, vector: u32, sums: mat4x4f) {
  let at = row * spec.vectors + vector;
  products[at] = sums[0];
  products[at + spec.vectors] = sums[1];
  products[at + 2u * spec.vectors] = sums[2];
  products[at + 3u * spec.vectors] = sums[3];
}

fn put(row: u32, vector: u32, sums: Quads) {
  putQuad(row, vector, sums.a);
  putQuad(row + 4u, vector, sums.b);
  putQuad(row + 8u, vector, sums.c);
  putQuad(row + 12u, vector, sums.d);
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let v = group.x * VECTORS * LANES + lane + LANES * vec4u(0u, 1u, 2u, 3u);
  let quad = 4u * group.y;
  var sums0 = Quads();
  var sums1 = Quads();
  var sums2 = Quads();
  var sums3 = Quads();
  for (var i = group.z * spec.share; i < (group.z + 1u) * spec.share; i += 4u) {
    let w0 = weightsOf(i, quad);
    let w1 = weightsOf(i + 1u, quad);
    let w2 = weightsOf(i + 2u, quad);
    let w3 = weightsOf(i + 3u, quad);
    let at = i * spec.vectors + v;
    sums0 = addedFour(sums0, at.x, w0, w1, w2, w3);
    if (VECTORS > 1u) {
      sums1 = addedFour(sums1, at.y, w0, w1, w2, w3);
      sums2 = addedFour(sums2, at.z, w0, w1, w2, w3);
      sums3 = addedFour(sums3, at.w, w0, w1, w2, w3);
    }
  }
  let row = 4u * (group.z * spec.quads + quad);
  put(row, v.x, sums0);
  if (VECTORS > 1u) {
    put(row, v.y, sums1);
    put(row, v.z, sums2);
    put(row, v.w, sums3);
  }
}
