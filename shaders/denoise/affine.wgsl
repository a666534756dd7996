// needs ../grid.wgsl

// x0Hat = p x + q y: what a model y says of the data, whichever way it says it, and the posterior mean of Gaussian data round
// y.

struct Weights {
  p: f32,
  q: f32,
}

@group(0) @binding(0) var<uniform> weights: Weights;             // chosen by a dynamic offset into the table
@group(0) @binding(1) var<storage, read_write> x0Hat: array<vec4f>;
@group(0) @binding(2) var<storage, read> x: array<vec4f>;
@group(0) @binding(3) var<storage, read> y: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= arrayLength(&x0Hat)) {
    return;
  }
  x0Hat[i] = weights.p * x[i] + weights.q * y[i];
}
