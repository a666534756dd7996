// needs ../../shaders/grid.wgsl

// Reads a buffer of values once for every image of a batch, and adds them up: neighbours read neighbouring vectors. On
// SwiftShader four floats of their own took 1.5 times as long.

override READS: u32;  // vectors an invocation reads
override N: u32;

@group(0) @binding(0) var<storage, read> values: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let index = gridIndex(here);
  let perImage = arrayLength(&values) / READS;
  if (index >= N * perImage) {
    return;
  }
  var sum = vec4f(0.0);
  for (var k = 0u; k < READS; k++) {
    sum += values[index % perImage + k * perImage];
  }
  sums[index] = dot(sum, vec4f(1.0));
}
