// needs ../grid.wgsl

// Every pixel becomes the nearest colour of a palette, the first of them where several are.

struct Palette {
  pixels: u32,    // of an image
  images: u32,
  channels: u32,
}

@group(0) @binding(0) var<uniform> spec: Palette;
@group(0) @binding(1) var<storage, read> palette: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> x: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= spec.images * spec.pixels) {
    return;
  }
  let first = i / spec.pixels * spec.channels * spec.pixels + i % spec.pixels;
  var colour = vec4f(0.0);
  for (var c = 0u; c < spec.channels; c++) {
    colour[c] = x[first + c * spec.pixels];
  }
  var nearest = palette[0];
  var least = 1e30;
  for (var k = 0u; k < arrayLength(&palette); k++) {
    let d = colour - palette[k];
    let far = dot(d, d);
    nearest = select(nearest, palette[k], far < least);
    least = min(least, far);
  }
  for (var c = 0u; c < spec.channels; c++) {
    x[first + c * spec.pixels] = nearest[c];
  }
}
