// needs ../grid.wgsl

// Pictures at another size, bilinear between the centres of pixels. Beyond its edges a picture goes on with the values of its
// edges, or at its other end. Its float64 twin is enlarge in src/diffusion/resample.ts.

struct Resize {
  size: vec2u,  // width, height
  old: vec2u,
  planes: u32,  // channels of all images
  wraps: u32,
}

@group(0) @binding(0) var<uniform> resize: Resize;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> resized: array<f32>;

fn inside(place: vec2i) -> vec2u {
  let size = vec2i(resize.old);
  if (resize.wraps == 1u) {
    return vec2u((place + size) % size);
  }
  return vec2u(clamp(place, vec2i(0), size - 1));
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  let plane = resize.size.x * resize.size.y;
  if (i >= resize.planes * plane) {
    return;
  }
  let pixel = vec2u(i % resize.size.x, i % plane / resize.size.x);
  let place = (vec2f(pixel) + 0.5) * vec2f(resize.old) / vec2f(resize.size) - 0.5;
  let low = floor(place);
  let part = place - low;
  let a = inside(vec2i(low));
  let b = inside(vec2i(low) + 1);
  let first = i / plane * resize.old.x * resize.old.y;
  let top = first + a.y * resize.old.x;
  let bottom = first + b.y * resize.old.x;
  resized[i] = mix(
    mix(x[top + a.x], x[top + b.x], part.x),
    mix(x[bottom + a.x], x[bottom + b.x], part.x),
    part.y,
  );
}
