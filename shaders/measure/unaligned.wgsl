// Images of any number of values, four at a time; beyond an image's end there are zeros.

@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> images: array<f32>;
@group(0) @binding(3) var<storage, read_write> parts: array<f32>;

fn ofState(image: u32, vector: u32, values: u32) -> vec4f {
  var value = vec4f(0.0);
  for (var k = 4u * vector; k < min(4u * vector + 4u, values); k++) {
    value[k % 4u] = x[image * values + k];
  }
  return value;
}

fn ofSet(image: u32, vector: u32, values: u32) -> vec4f {
  var value = vec4f(0.0);
  for (var k = 4u * vector; k < min(4u * vector + 4u, values); k++) {
    value[k % 4u] = images[image * values + k];
  }
  return value;
}

fn putPart(image: u32, vector: u32, values: u32, value: vec4f, adds: bool) {
  for (var k = 4u * vector; k < min(4u * vector + 4u, values); k++) {
    let at = image * values + k;
    parts[at] = value[k % 4u] + select(0.0, parts[at], adds);
  }
}
