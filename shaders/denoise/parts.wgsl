// needs ../grid.wgsl

// x0Hat is the sum of parts that lie one behind the other.

struct Parts {
  values: u32,  // of a part
  parts: u32,
}

@group(0) @binding(0) var<uniform> spec: Parts;
@group(0) @binding(1) var<storage, read> parts: array<f32>;
@group(0) @binding(2) var<storage, read_write> x0Hat: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= spec.values) {
    return;
  }
  var sum = 0.0;
  for (var part = 0u; part < spec.parts; part++) {
    sum += parts[part * spec.values + i];
  }
  x0Hat[i] = sum;
}
