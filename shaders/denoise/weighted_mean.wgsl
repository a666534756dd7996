// sum_i w_i y_i over the images y_i of a tile of a set, for every image of the state: a matrix product. Needs grid.wgsl and
// aligned.wgsl or unaligned.wgsl.
//
// A lane has VECTORS vectors of 4 QUADS images, and keeps their sums in registers: every value of the set is read once for
// all of them. Where the posterior is sharp nearly all weights are exactly 0: blocks of images without any are not read.
// Workgroup memory has nothing to share but the weights, which every lane reads at the same time.

override QUADS: u32;    // of the state's images to a workgroup, 1 to 4
override VECTORS: u32;  // to a lane, 1 or 4
override BLOCK: u32;    // images of the set

struct Mean {
  values: u32,   // of an image
  vectors: u32,  // of an image
  batch: u32,    // images of the state
  quads: u32,    // of them, with what fills up the last workgroup
  images: u32,   // of the whole set
  first: u32,    // of them here: where the tile of the set begins
  count: u32,    // in the tile
  share: u32,    // of them to a workgroup
  adds: u32,     // whether to add to what an earlier tile has left
}

@group(0) @binding(0) var<uniform> spec: Mean;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;  // of the images, then sums over blocks of them; by quad

// A vector of 16 images.
struct Quads {
  a: mat4x4f,
  b: mat4x4f,
  c: mat4x4f,
  d: mat4x4f,
}

// Of quads from `quad` on, a column each.
fn weightsOf(image: u32, quad: u32) -> mat4x4f {
  let at = image * spec.quads + quad;
  var w = mat4x4f();
  w[0] = weights[at];
  if (QUADS > 1u) {
    w[1] = weights[at + 1u];
  }
  if (QUADS > 2u) {
    w[2] = weights[at + 2u];
  }
  if (QUADS > 3u) {
    w[3] = weights[at + 3u];
  }
  return w;
}

// The image of the tile to go on with: past blocks without weight.
fn nextOf(image: u32, end: u32, quad: u32) -> u32 {
  var i = image;
  while (i < end && (spec.first + i) % BLOCK == 0u) {
    let w = weightsOf(spec.images + (spec.first + i) / BLOCK, quad);
    if (!all(w[0] + w[1] + w[2] + w[3] == vec4f(0.0))) {
      break;
    }
    i += BLOCK;
  }
  return i;
}

fn products(w: vec4f, y: vec4f) -> mat4x4f {
  return mat4x4f(w.x * y, w.y * y, w.z * y, w.w * y);
}

// Two images at once: a loop's turn costs a software adapter as much as a few products for each of its sums.
fn added(to: Quads, p: mat4x4f, y: vec4f, q: mat4x4f, z: vec4f) -> Quads {
  var sums = to;
  sums.a += products(p[0], y) + products(q[0], z);
  if (QUADS > 1u) {
    sums.b += products(p[1], y) + products(q[1], z);
  }
  if (QUADS > 2u) {
    sums.c += products(p[2], y) + products(q[2], z);
  }
  if (QUADS > 3u) {
    sums.d += products(p[3], y) + products(q[3], z);
  }
  return sums;
}

fn putImage(part: u32, b: u32, vector: u32, sum: vec4f) {
  if (b < spec.batch && vector < spec.vectors) {
    putPart(part * spec.batch + b, vector, spec.values, sum, spec.adds != 0u);
  }
}

fn putQuad(part: u32, quad: u32, vector: u32, sums: mat4x4f) {
  putImage(part, 4u * quad, vector, sums[0]);
  putImage(part, 4u * quad + 1u, vector, sums[1]);
  putImage(part, 4u * quad + 2u, vector, sums[2]);
  putImage(part, 4u * quad + 3u, vector, sums[3]);
}

fn put(part: u32, quad: u32, vector: u32, sums: Quads) {
  putQuad(part, quad, vector, sums.a);
  if (QUADS > 1u) {
    putQuad(part, quad + 1u, vector, sums.b);
  }
  if (QUADS > 2u) {
    putQuad(part, quad + 2u, vector, sums.c);
  }
  if (QUADS > 3u) {
    putQuad(part, quad + 3u, vector, sums.d);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let vector = group.x * VECTORS * WORKGROUP_SIZE + lane + WORKGROUP_SIZE * vec4u(0u, 1u, 2u, 3u);
  let v = min(vector, vec4u(spec.vectors - 1u));
  let quad = group.y * QUADS;
  var sums0 = Quads();
  var sums1 = Quads();
  var sums2 = Quads();
  var sums3 = Quads();
  let end = min((group.z + 1u) * spec.share, spec.count);
  for (var i = nextOf(group.z * spec.share, end, quad); i < end; i = nextOf(i + 2u, end, quad)) {
    let j = min(i + 1u, end - 1u);
    let p = weightsOf(spec.first + i, quad);
    // Of an odd number the last is not to count twice.
    let q = f32(i < j) * weightsOf(spec.first + j, quad);
    sums0 = added(sums0, p, ofSet(i, v.x, spec.values), q, ofSet(j, v.x, spec.values));
    if (VECTORS > 1u) {
      sums1 = added(sums1, p, ofSet(i, v.y, spec.values), q, ofSet(j, v.y, spec.values));
      sums2 = added(sums2, p, ofSet(i, v.z, spec.values), q, ofSet(j, v.z, spec.values));
      sums3 = added(sums3, p, ofSet(i, v.w, spec.values), q, ofSet(j, v.w, spec.values));
    }
  }
  put(group.z, quad, vector.x, sums0);
  if (VECTORS > 1u) {
    put(group.z, quad, vector.y, sums1);
    put(group.z, quad, vector.z, sums2);
    put(group.z, quad, vector.w, sums3);
  }
}
