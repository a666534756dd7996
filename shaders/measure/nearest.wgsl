// needs ../grid.wgsl

// Of squared distances the least, and which image of the set has it; of several the first. A workgroup for four images of the
// state.

struct Nearest {
  images: u32,  // of the set
  quads: u32,   // of the state's images
  shares: u32,  // in which a distance comes
}

@group(0) @binding(0) var<uniform> spec: Nearest;
@group(0) @binding(1) var<storage, read> distances: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> nearest: array<vec4f>;  // quad; distance and index

var<workgroup> leasts: array<vec4f, WORKGROUP_SIZE>;
var<workgroup> indices: array<vec4u, WORKGROUP_SIZE>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let quad = group.x;
  var least = vec4f(0.0);
  var index = vec4u(min(lane, spec.images - 1u));
  for (var i = lane; i < max(spec.images, WORKGROUP_SIZE); i += WORKGROUP_SIZE) {
    let image = min(i, spec.images - 1u);
    var d = vec4f(0.0);
    for (var share = 0u; share < spec.shares; share++) {
      d += distances[(share * spec.images + image) * spec.quads + quad];
    }
    let nearer = vec4<bool>(i == lane) | (d < least);
    least = select(least, d, nearer);
    index = select(index, vec4u(image), nearer);
  }
  leasts[lane] = least;
  indices[lane] = index;
  workgroupBarrier();
  if (lane == 0u) {
    for (var k = 1u; k < WORKGROUP_SIZE; k++) {
      let first = (leasts[k] == least) & (indices[k] < index);
      let nearer = (leasts[k] < least) | first;
      least = select(least, leasts[k], nearer);
      index = select(index, indices[k], nearer);
    }
    nearest[2u * quad] = least;
    nearest[2u * quad + 1u] = vec4f(index);
  }
}
