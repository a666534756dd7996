// needs triangle.wgsl

// The histogram as filled bars, straight from the counts on the GPU: nothing is read back to draw it.

struct Bars {
  density: f32,   // count -> density: 1 / (values x bin width)
  top: f32,       // the density at the upper edge
  bins: u32,
  colour: vec4f,  // not premultiplied
}

@group(0) @binding(0) var<uniform> spec: Bars;
@group(0) @binding(1) var<storage, read> counts: array<u32>;

@fragment
fn fill(at: Corner) -> @location(0) vec4f {
  let bin = min(u32(at.across.x * f32(spec.bins)), spec.bins - 1u);
  let height = f32(counts[bin]) * spec.density / spec.top;
  return select(vec4f(0.0), vec4f(spec.colour.rgb * spec.colour.a, spec.colour.a), at.across.y < height);
}
