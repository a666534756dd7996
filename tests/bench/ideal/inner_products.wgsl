// needs ../../../shaders/measure/quads.wgsl

// Plain matrix product X Y^T of the shape of distances.wgsl, for timing beside it: the same tiles, loads and sums, with
// nothing done between a value of one side and one of the other but their product. Whole vectors, whole tiles. The bench
// gives a leave_rows*.wgsl.

override LANES: u32;
override QUADS: u32;  // rows of x to a workgroup, by fours: 4
override FOURS: u32;  // rows of y likewise: 1 or 4

struct Product {
  vectors: u32,  // to a row
  quads: u32,    // rows of x, by fours; four of these to a workgroup
}

@group(0) @binding(0) var<uniform> spec: Product;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> products: array<vec4f>;

fn rowsOfX(row: u32, v: u32) -> mat4x4f {
  let at = row * spec.vectors + v;
  return mat4x4f(x[at], x[at + spec.vectors], x[at + 2u * spec.vectors], x[at + 3u * spec.vectors]);
}

fn rowsOfY(row: u32, v: u32) -> mat4x4f {
  let at = row * spec.vectors + v;
  return mat4x4f(y[at], y[at + spec.vectors], y[at + 2u * spec.vectors], y[at + 3u * spec.vectors]);
}

fn dots(x: mat4x4f, y: vec4f) -> vec4f {
  return vec4f(dot(x[0], y), dot(x[1], y), dot(x[2], y), dot(x[3], y));
}

fn dotsOf(x: mat4x4f, y: mat4x4f) -> mat4x4f {
  return mat4x4f(dots(x, y[0]), dots(x, y[1]), dots(x, y[2]), dots(x, y[3]));
}

fn added(to: Quads, x: Quads, y: mat4x4f) -> Quads {
  var sums = to;
  sums.a += dotsOf(x.a, y);
  sums.b += dotsOf(x.b, y);
  sums.c += dotsOf(x.c, y);
  sums.d += dotsOf(x.d, y);
  return sums;
}

fn putRow(share: u32, row: u32, quad: u32, sum: vec4f) {
  products[row * spec.quads + quad] = sum;
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = 4u * FOURS * group.x;
  let quad = 4u * group.z;
  var sums0 = Quads();
  var sums1 = Quads();
  var sums2 = Quads();
  var sums3 = Quads();
  let first = 4u * quad;
  for (var v = lane; v < spec.vectors; v += LANES) {
    let x = Quads(rowsOfX(first, v), rowsOfX(first + 4u, v), rowsOfX(first + 8u, v), rowsOfX(first + 12u, v));
    sums0 = added(sums0, x, rowsOfY(row, v));
    if (FOURS > 1u) {
      sums1 = added(sums1, x, rowsOfY(row + 4u, v));
      sums2 = added(sums2, x, rowsOfY(row + 8u, v));
      sums3 = added(sums3, x, rowsOfY(row + 12u, v));
    }
  }
  leaveRows(0u, row, quad, lane, sums0, sums1, sums2, sums3);
}
