// needs ../grid.wgsl

// A picture as one vector a pixel, with margins round it, for shaders that compare patches: they can then read beyond its
// edges. The plane repeats with a period; what of a period is beyond the picture is zero. Two pictures are blended, gamma a +
// (1 - gamma) b.

struct Pack {
  size: vec2u,    // of the picture: width, height
  extent: vec2u,  // of what is written
  period: vec2u,
  lift: vec2u,    // from a place in what is written to its place in the plane
  channels: u32,
  images: u32,
}

struct Blend {
  gamma: f32,
}

@group(0) @binding(0) var<uniform> blend: Blend;  // chosen by a dynamic offset into the table
@group(0) @binding(1) var<uniform> pack: Pack;
@group(0) @binding(2) var<storage, read> a: array<f32>;
@group(0) @binding(3) var<storage, read> b: array<f32>;
@group(0) @binding(4) var<storage, read_write> packed: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  let area = pack.extent.x * pack.extent.y;
  if (i >= area * pack.images) {
    return;
  }
  let image = i / area;
  let place = vec2u(i % pack.extent.x, i % area / pack.extent.x);
  let pixel = (place + pack.lift) % pack.period;
  var value = vec4f(0.0);
  if (all(pixel < pack.size)) {
    let plane = pack.size.x * pack.size.y;
    var k = image * pack.channels * plane + pixel.y * pack.size.x + pixel.x;
    for (var c = 0u; c < pack.channels; c++) {
      value[c] = blend.gamma * a[k] + (1.0 - blend.gamma) * b[k];
      k += plane;
    }
  }
  packed[i] = value;
}
