// needs ../random/threefry.wgsl, ../grid.wgsl, patches.wgsl

// The softmax over a few patches of the source for each pixel instead of all: the two nearest that it knows, those of its
// neighbours, shifted as they are apart, and three at random near its own (the search of PatchMatch, Barnes et al. 2009).
// Each candidate counts once, and with its exact distance. An approximation of patch_softmax.wgsl.

struct Search {
  key: vec2u,    // of this step's random candidates
  radii: vec3u,  // how far they may be, in pixels of the source
  first: u32,    // pixel, counted through the batch
  count: u32,
}

@group(0) @binding(2) var<uniform> search: Search;  // chosen by a dynamic offset into the table
@group(0) @binding(3) var<storage, read> x: array<vec4f>;
@group(0) @binding(4) var<storage, read> source: array<vec4f>;
@group(0) @binding(5) var<storage, read> known: array<vec2u>;  // the two nearest of every pixel, by the last step
@group(0) @binding(6) var<storage, read_write> found: array<vec2u>;
@group(0) @binding(7) var<storage, read_write> x0Hat: array<f32>;

const NEVER = -1e30;
const NEGLIGIBLE = 30.0;  // as in patch_softmax.wgsl
const NONE = 0xffffffffu;
const CANDIDATES = 17u;   // 2 of its own, 3 distances in 4 directions, 3 at random

// The source's pixel at a place that may be too near its edges, or beyond them.
fn candidateAt(place: vec2i) -> u32 {
  let size = vec2i(geometry.source);
  var p = place;
  if (geometry.wraps == 1u) {
    p = ((p % size) + size) % size;
  }
  let least = vec2i(i32(inset()));
  return select(NONE, u32(p.y * size.x + p.x), all(p >= least) && all(p < size - least));
}

fn placeOf(candidate: u32) -> vec2i {
  return vec2i(vec2u(candidate % geometry.source.x, candidate / geometry.source.x));
}

fn ofNeighbour(image: u32, pixel: vec2i, offset: vec2i) -> u32 {
  let size = vec2i(geometry.size);
  var p = pixel + offset;
  if (geometry.wraps == 1u) {
    p = ((p % size) + size) % size;
  }
  if (any(p < vec2i(0)) || any(p >= size)) {
    return NONE;
  }
  let i = image * geometry.size.x * geometry.size.y + u32(p.y * size.x + p.x);
  return candidateAt(placeOf(known[i].x) - offset);
}

fn atRandom(i: u32, own: u32, n: u32, radius: u32) -> u32 {
  let bits = threefry2x32(search.key, vec2u(0u, 3u * i + n));
  let place = placeOf(own) + vec2i(bits % (2u * radius + 1u)) - i32(radius);
  if (geometry.wraps == 1u) {
    return candidateAt(place);
  }
  return candidateAt(clamp(place, vec2i(0), vec2i(geometry.source) - 1));
}

// The log-weight of a candidate, or NEVER once it is certain to be far below `least`.
fn logWeight(corner: u32, y: u32, candidate: u32, least: f32) -> f32 {
  let width = 2u * row.radius + 1u;
  let place = vec2u(placeOf(candidate));
  let loss = heightLoss(y, place.y);
  var p = corner;
  var q = (place.y + geometry.margin - row.radius) * geometry.tiled.x + place.x + geometry.margin - row.radius;
  var distance = 0.0;
  for (var j = 0u; j < width; j++) {
    for (var i = 0u; i < width; i++) {
      let d = x[p + i] - row.alpha * source[q + i];
      distance += dot(d, d);
    }
    if (-distance * row.invTwoVariance - loss < least) {
      return NEVER;
    }
    p += geometry.padded.x;
    q += geometry.tiled.x;
  }
  return -distance * row.invTwoVariance - loss;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let offset = gridIndex(here);
  if (offset >= search.count) {
    return;
  }
  let i = search.first + offset;
  let plane = geometry.size.x * geometry.size.y;
  let image = i / plane;
  let pixel = vec2u(i % geometry.size.x, i % plane / geometry.size.x);
  let corner = (image * geometry.padded.y + pixel.y + geometry.margin - row.radius) * geometry.padded.x
    + pixel.x + geometry.margin - row.radius;

  var candidates: array<u32, CANDIDATES>;
  candidates[0] = known[i].x;
  candidates[1] = known[i].y;
  for (var k = 0u; k < 12u; k++) {
    let far = i32(select(select(5u, 2u, k < 8u), 1u, k < 4u));
    let along = select(far, -far, k % 2u == 1u);
    candidates[2u + k] = ofNeighbour(image, vec2i(pixel), select(vec2i(along, 0), vec2i(0, along), k % 4u >= 2u));
  }
  for (var k = 0u; k < 3u; k++) {
    candidates[14u + k] = atRandom(i, known[i].x, k, search.radii[k]);
  }

  var top = vec2f(NEVER);
  var best = vec2u(candidates[0]);
  var total = 0.0;
  var mean = vec4f(0.0);
  for (var k = 0u; k < CANDIDATES; k++) {
    let candidate = candidates[k];
    var again = candidate == NONE;
    for (var other = 0u; other < k; other++) {
      again |= candidates[other] == candidate;
    }
    if (again) {
      continue;
    }
    let weighed = logWeight(corner, pixel.y, candidate, top.x - NEGLIGIBLE);
    if (weighed == NEVER) {
      continue;
    }
    if (weighed > top.x) {
      let scale = exp(top.x - weighed);
      total *= scale;
      mean *= scale;
      top = vec2f(weighed, top.x);
      best = vec2u(candidate, best.x);
    } else if (weighed > top.y) {
      top.y = weighed;
      best.y = candidate;
    }
    let weight = exp(weighed - top.x);
    let place = vec2u(placeOf(candidate)) + geometry.margin;
    total += weight;
    mean += weight * source[place.y * geometry.tiled.x + place.x];
  }
  mean /= total;
  found[i] = best;
  for (var c = 0u; c < geometry.channels; c++) {
    x0Hat[(image * geometry.channels + c) * plane + i % plane] = mean[c];
  }
}
