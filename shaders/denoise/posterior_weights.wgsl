// needs ../grid.wgsl, chunks.wgsl, evidence.wgsl

// The posterior probabilities p(i | x) = softmax_i(-d_i/2 sigma^2) of a chunk's images, from the evidence of all chunks, and
// their sums over blocks of images, by which the mean knows what it need not read. Its float64 twin is posteriorProbabilities
// in src/diffusion/ideal.ts.

@group(0) @binding(2) var<storage, read> distances: array<vec4f>;
@group(0) @binding(3) var<storage, read> evidence: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> weights: array<vec4f>;  // of the images, then of blocks of them; by quad

override BLOCK: u32;  // images to a lane

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let quad = group.y;
  var mine = NONE;
  for (var chunk = lane; chunk < spec.chunks; chunk += WORKGROUP_SIZE) {
    let at = 2u * (chunk * spec.quads + quad);
    mine = joined(mine, Evidence(evidence[at], evidence[at + 1u]));
  }
  let all = ofLanes(lane, mine);
  let index = group.x * WORKGROUP_SIZE + lane;
  let first = index * BLOCK;
  if (first >= spec.images) {
    return;
  }
  var sum = vec4f(0.0);
  for (var i = first; i < min(first + BLOCK, spec.images); i++) {
    let at = i * spec.quads + quad;
    let weight = weightOf(distances[at] - all.least) / all.sum;
    weights[at] = weight;
    sum += weight;
  }
  weights[(spec.images + index) * spec.quads + quad] = sum;
}
