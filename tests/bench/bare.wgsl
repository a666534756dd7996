// needs ../../shaders/grid.wgsl

// x' = a x + b x0 and nothing else: what a step cannot do without.

const A = 0.9;
const B = 0.1;

@group(0) @binding(0) var<storage, read> x0: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> x: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i < arrayLength(&x0)) {
    x[i] = A * x[i] + B * x0[i];
  }
}
