// needs ../grid.wgsl

// y = x, which is all that memory allows: the ceiling of bytes a second.

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i < arrayLength(&x)) {
    y[i] = x[i];
  }
}
