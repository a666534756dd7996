// Images whose values are whole vectors, four at a time; unaligned.wgsl does the same for any other size.

@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> images: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> parts: array<vec4f>;

fn ofState(image: u32, vector: u32, values: u32) -> vec4f {
  return x[image * (values / 4u) + vector];
}

fn ofSet(image: u32, vector: u32, values: u32) -> vec4f {
  return images[image * (values / 4u) + vector];
}

fn putPart(image: u32, vector: u32, values: u32, value: vec4f, adds: bool) {
  let at = image * (values / 4u) + vector;
  parts[at] = value + select(vec4f(0.0), parts[at], adds);
}
