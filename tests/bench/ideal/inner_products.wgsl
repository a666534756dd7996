// Plain matrix product X Y^T of the shape of distances.wgsl, for timing beside it: the same tiles, loads and sums, with
// nothing done between a value of one side and one of the other but their product. Whole vectors, whole tiles.

override LANES: u32;
override FOURS: u32;  // rows of y to a workgroup, by fours: 1 or 2

struct Product {
  vectors: u32,  // to a row
  quads: u32,    // rows of x, by fours; four of these to a workgroup
}

@group(0) @binding(0) var<uniform> spec: Product;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> products: array<vec4f>;

var<workgroup> lanes: array<vec4f, 16 * FOURS * (LANES + 1)>;

fn rowsOfX(first: u32, v: u32) -> mat4x4f {
  let at = first * spec.vectors + v;
  return mat4x4f(x[at], x[at + spec.vectors], x[at + 2u * spec.vectors], x[at + 3u * spec.vectors]);
}

fn rowsOfY(first: u32, v: u32) -> mat4x4f {
  let at = first * spec.vectors + v;
  return mat4x4f(y[at], y[at + spec.vectors], y[at + 2u * spec.vectors], y[at + 3u * spec.vectors]);
}

fn dots(x: mat4x4f, y: vec4f) -> vec4f {
  return vec4f(dot(x[0], y), dot(x[1], y), dot(x[2], y), dot(x[3], y));
}

fn dotsOf(x: mat4x4f, y: mat4x4f) -> mat4x4f {
  return mat4x4f(dots(x, y[0]), dots(x, y[1]), dots(x, y[2]), dots(x, y[3]));
}

fn keep(quad: u32, lane: u32, sums: mat4x4f) {
  for (var i = 0u; i < 4u; i++) {
    lanes[(4u * quad + i) * (LANES + 1u) + lane] = sums[i];
  }
}

@compute @workgroup_size(LANES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = 4u * FOURS * group.x;
  let quad = 4u * group.z;
  var sums0 = mat4x4f();
  var sums1 = mat4x4f();
  var sums2 = mat4x4f();
  var sums3 = mat4x4f();
  var more0 = mat4x4f();
  var more1 = mat4x4f();
  var more2 = mat4x4f();
  var more3 = mat4x4f();
  for (var v = lane; v < spec.vectors; v += LANES) {
    let rows = rowsOfY(row, v);
    let x0 = rowsOfX(4u * quad, v);
    let x1 = rowsOfX(4u * quad + 4u, v);
    let x2 = rowsOfX(4u * quad + 8u, v);
    let x3 = rowsOfX(4u * quad + 12u, v);
    sums0 += dotsOf(x0, rows);
    sums1 += dotsOf(x1, rows);
    sums2 += dotsOf(x2, rows);
    sums3 += dotsOf(x3, rows);
    if (FOURS > 1u) {
      let next = rowsOfY(row + 4u, v);
      more0 += dotsOf(x0, next);
      more1 += dotsOf(x1, next);
      more2 += dotsOf(x2, next);
      more3 += dotsOf(x3, next);
    }
  }
  keep(0u, lane, sums0);
  keep(1u, lane, sums1);
  keep(2u, lane, sums2);
  keep(3u, lane, sums3);
  if (FOURS > 1u) {
    keep(4u, lane, more0);
    keep(5u, lane, more1);
    keep(6u, lane, more2);
    keep(7u, lane, more3);
  }
  workgroupBarrier();
  for (var k = lane; k < 16u * FOURS; k += LANES) {
    var sum = vec4f(0.0);
    for (var j = 0u; j < LANES; j++) {
      sum += lanes[k * (LANES + 1u) + j];
    }
    products[(row + 4u * (k / 16u) + k % 4u) * spec.quads + quad + k / 4u % 4u] = sum;
  }
}
