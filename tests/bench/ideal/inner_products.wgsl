// Plain matrix product X Y^T of the shape of distances.wgsl, for timing beside it: the same tiles, loads and sums, with
// nothing done between a value of one side and one of the other but their product. Whole vectors, whole tiles.

override LANES: u32;

struct Product {
  vectors: u32,  // to a row
  quads: u32,    // rows of x, by fours; four of these to a workgroup
}

@group(0) @binding(0) var<uniform> spec: Product;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> y: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> products: array<vec4f>;

var<workgroup> lanes: array<vec4f, 16 * (LANES + 1)>;

fn rowsOfX(first: u32, v: u32) -> mat4x4f {
  let at = first * spec.vectors + v;
  return mat4x4f(x[at], x[at + spec.vectors], x[at + 2u * spec.vectors], x[at + 3u * spec.vectors]);
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
  let row = 4u * group.x;
  let quad = 4u * group.z;
  var sums0 = mat4x4f();
  var sums1 = mat4x4f();
  var sums2 = mat4x4f();
  var sums3 = mat4x4f();
  for (var v = lane; v < spec.vectors; v += LANES) {
    let at = row * spec.vectors + v;
    let rows = mat4x4f(y[at], y[at + spec.vectors], y[at + 2u * spec.vectors], y[at + 3u * spec.vectors]);
    sums0 += dotsOf(rowsOfX(4u * quad, v), rows);
    sums1 += dotsOf(rowsOfX(4u * quad + 4u, v), rows);
    sums2 += dotsOf(rowsOfX(4u * quad + 8u, v), rows);
    sums3 += dotsOf(rowsOfX(4u * quad + 12u, v), rows);
  }
  keep(0u, lane, sums0);
  keep(1u, lane, sums1);
  keep(2u, lane, sums2);
  keep(3u, lane, sums3);
  workgroupBarrier();
  for (var k = lane; k < 16u; k += LANES) {
    var sum = vec4f(0.0);
    for (var j = 0u; j < LANES; j++) {
      sum += lanes[k * (LANES + 1u) + j];
    }
    products[(row + k % 4u) * spec.quads + quad + k / 4u] = sum;
  }
}
