// needs ../grid.wgsl, chunks.wgsl, evidence.wgsl

// The evidence of one chunk of a set, with a running least distance: what is summed is brought to another whenever a nearer
// image turns up, as in online softmax (Milakov & Gimelshein 2018). Partial sums of long images are added up on the way.

@group(0) @binding(2) var<storage, read_write> distances: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> evidence: array<vec4f>;  // chunk, quad; least and sum

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let quad = group.y;
  let first = group.x * spec.chunk;
  let end = min(first + spec.chunk, spec.images);
  var mine = NONE;
  for (var i = first + lane; i < end; i += WORKGROUP_SIZE) {
    let at = i * spec.quads + quad;
    var d = distances[at];
    if (spec.shares > 1u) {
      for (var share = 1u; share < spec.shares; share++) {
        d += distances[share * spec.images * spec.quads + at];
      }
      distances[at] = d;
    }
    mine = joined(mine, Evidence(d, vec4f(1.0)));
  }
  let all = ofLanes(lane, mine);
  if (lane == 0u) {
    let at = 2u * (group.x * spec.quads + quad);
    evidence[at] = all.least;
    evidence[at + 1u] = all.sum;
  }
}
