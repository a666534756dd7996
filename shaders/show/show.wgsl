// Data becomes a picture: one image of an NCHW batch, [-1, 1] to [0, 1], one texel a pixel. Values outside are clipped,
// as any screen must.

struct Show {
  size: vec2u,      // width, height
  channels: u32,    // 1: grey; 2: red and green; 3 or 4: RGB
  image: u32,       // which of the batch
}

@group(0) @binding(0) var<uniform> spec: Show;
@group(0) @binding(1) var<storage, read> x: array<f32>;

@vertex
fn corner(@builtin(vertex_index) i: u32) -> @builtin(position) vec4f {
  return vec4f(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

fn channel(c: u32, i: u32) -> f32 {
  let plane = spec.size.x * spec.size.y;
  return 0.5 * x[(spec.image * spec.channels + c) * plane + i] + 0.5;
}

@fragment
fn colour(@builtin(position) p: vec4f) -> @location(0) vec4f {
  let i = u32(p.y) * spec.size.x + u32(p.x);
  switch (spec.channels) {
    case 1u: {
      return vec4f(vec3f(channel(0u, i)), 1.0);
    }
    case 2u: {
      return vec4f(channel(0u, i), channel(1u, i), 0.0, 1.0);
    }
    default: {
      return vec4f(channel(0u, i), channel(1u, i), channel(2u, i), 1.0);
    }
  }
}
