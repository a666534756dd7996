// needs triangle.wgsl

// Data becomes a picture: images of an NCHW batch side by side, [-1, 1] to [0, 1], one texel a pixel. Values outside are
// clipped, as any screen must.

struct Show {
  size: vec2u,      // width, height
  channels: u32,    // 1: grey; 2: red and green; 3 or 4: RGB
  image: u32,       // the first to be shown
  columns: u32,     // images side by side
  images: u32,      // of the batch; beyond them nothing is shown
}

@group(0) @binding(0) var<uniform> spec: Show;
@group(0) @binding(1) var<storage, read> x: array<f32>;

fn channel(image: u32, c: u32, i: u32) -> f32 {
  let plane = spec.size.x * spec.size.y;
  return 0.5 * x[(image * spec.channels + c) * plane + i] + 0.5;
}

@fragment
fn colour(@builtin(position) p: vec4f) -> @location(0) vec4f {
  let tile = vec2u(p.xy) / spec.size;
  let place = vec2u(p.xy) % spec.size;
  let image = spec.image + tile.y * spec.columns + tile.x;
  let i = place.y * spec.size.x + place.x;
  if (image >= spec.images) {
    return vec4f(0.0);
  }
  switch (spec.channels) {
    case 1u: {
      return vec4f(vec3f(channel(image, 0u, i)), 1.0);
    }
    case 2u: {
      return vec4f(channel(image, 0u, i), channel(image, 1u, i), 0.0, 1.0);
    }
    default: {
      return vec4f(channel(image, 0u, i), channel(image, 1u, i), channel(image, 2u, i), 1.0);
    }
  }
}
