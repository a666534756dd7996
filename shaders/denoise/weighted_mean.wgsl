// needs ../grid.wgsl, ../measure/quads.wgsl

// sum_i w_i y_i over the images y_i of a tile of a set, for every image of the state: a matrix product. The pass gives
// aligned.wgsl or unaligned.wgsl.
//
// A lane has VECTORS vectors of 4 QUADS images, and keeps their sums in registers: every value of the set is read once for
// all of them. Where the posterior is sharp nearly all weights are exactly 0: blocks of images without any are not read.
// Workgroup memory has nothing to share but the weights, which every lane reads at the same time. A test for each pair of
// images would make a software adapter merge all sums at every turn (docs/bench/choices.md).

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

fn added(to: Quads, w: mat4x4f, y: vec4f) -> Quads {
  var sums = to;
  sums.a += products(w[0], y);
  if (QUADS > 1u) {
    sums.b += products(w[1], y);
  }
  if (QUADS > 2u) {
    sums.c += products(w[2], y);
  }
  if (QUADS > 3u) {
    sums.d += products(w[3], y);
  }
  return sums;
}

// Four images of the set at once: a loop's turn costs a software adapter as much as a few products for each of its sums.
fn addedFour(to: Quads, i: vec4u, v: u32, w0: mat4x4f, w1: mat4x4f, w2: mat4x4f, w3: mat4x4f) -> Quads {
  let sums = added(added(to, w0, ofSet(i.x, v, spec.values)), w1, ofSet(i.y, v, spec.values));
  return added(added(sums, w2, ofSet(i.z, v, spec.values)), w3, ofSet(i.w, v, spec.values));
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
  for (var at = nextOf(group.z * spec.share, end, quad); at < end; at = nextOf(at + 4u, end, quad)) {
    let wanted = at + vec4u(0u, 1u, 2u, 3u);
    let i = min(wanted, vec4u(end - 1u));
    // Past the end the last image once more, which is not to count twice.
    let counts = vec4f(i == wanted);
    let w0 = weightsOf(spec.first + i.x, quad);
    let w1 = counts.y * weightsOf(spec.first + i.y, quad);
    let w2 = counts.z * weightsOf(spec.first + i.z, quad);
    let w3 = counts.w * weightsOf(spec.first + i.w, quad);
    sums0 = addedFour(sums0, i, v.x, w0, w1, w2, w3);
    if (VECTORS > 1u) {
      sums1 = addedFour(sums1, i, v.y, w0, w1, w2, w3);
      sums2 = addedFour(sums2, i, v.z, w0, w1, w2, w3);
      sums3 = addedFour(sums3, i, v.w, w0, w1, w2, w3);
    }
  }
  put(group.z, quad, vector.x, sums0);
  if (VECTORS > 1u) {
    put(group.z, quad, vector.y, sums1);
    put(group.z, quad, vector.z, sums2);
    put(group.z, quad, vector.w, sums3);
  }
}
