// needs ../grid.wgsl

// A blur along one axis of every plane; two of them, along x and then y, are the Gaussian blur of a picture. Beyond its edges
// a plane goes on with the values of its edges. Its float64 twin is blur in tests/reference.

struct Axis {
  values: u32,  // how many of the state are data; the rest is padding
  stride: u32,  // from one value to the next along this axis
  length: u32,  // values along this axis
}

@group(0) @binding(0) var<uniform> axis: Axis;
@group(0) @binding(1) var<storage, read> weights: array<f32>;  // of the distances 0, 1, 2, ...
@group(0) @binding(2) var<storage, read> x: array<f32>;
@group(0) @binding(3) var<storage, read_write> blurred: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= axis.values) {
    return;
  }
  let place = i / axis.stride % axis.length;
  let first = i - place * axis.stride;
  var sum = weights[0] * x[i];
  for (var k = 1u; k < arrayLength(&weights); k++) {
    let before = place - min(k, place);
    let after = min(place + k, axis.length - 1u);
    sum += weights[k] * (x[first + before * axis.stride] + x[first + after * axis.stride]);
  }
  blurred[i] = sum;
}
