// needs ../../shaders/grid.wgsl

// y = z and nothing else: what a step's noise costs. The bench gives a source of noise.

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i < arrayLength(&x)) {
    y[i] = normal4At(vec2u(17u, 4u), 4u * i);
  }
}
