// What all shaders share that compare the patches of outputs with those of one source picture. Both are packed as
// pack.wgsl does it, and begin `margin` pixels before their origins. The source lies on a torus: itself, or with padding
// by zeros itself and as many zeros as a patch can reach beyond it.

struct Geometry {
  size: vec2u,         // of an output image: width, height
  padded: vec2u,       // of it packed: whole fours, and the margins
  source: vec2u,       // size of the source
  torus: vec2u,        // size of the torus it lies on
  tiled: vec2u,        // size of that packed
  margin: u32,         // the largest radius of a patch
  images: u32,         // outputs in the batch
  channels: u32,
  shares: u32,         // among how many invocations the source's patches are shared out
  heightPenalty: f32,  // taken from the log-weight, times the squared difference of relative heights
  wraps: u32,          // whether the source goes on at its other end
  inset: u32,          // so many pixels of a patch, at most, must not go beyond the source's edges
}

struct Row {
  alpha: f32,
  invTwoVariance: f32,  // 1/(2 sigma^2)
  radius: u32,          // of the patches, (k - 1)/2, at least 1
}

@group(0) @binding(0) var<uniform> row: Row;  // chosen by a dynamic offset into the table
@group(0) @binding(1) var<uniform> geometry: Geometry;

// How far from the source's edges the centres of patches must stay.
fn inset() -> u32 {
  return min(row.radius, geometry.inset);
}

// The log-weight that a patch loses for coming from another height.
fn heightLoss(y: u32, sourceY: u32) -> f32 {
  let heights = (vec2f(f32(y), f32(sourceY)) + 0.5) / vec2f(f32(geometry.size.y), f32(geometry.source.y));
  let difference = heights.x - heights.y;
  return geometry.heightPenalty * difference * difference;
}
