// The one step that every process here is made of, forward or reverse:
//
//     x' = a x + b x0Hat + s z,    z ~ N(0, I)
//
// Needs threefry.wgsl, normal.wgsl, grid.wgsl. Its float64 twin is linearGaussian in tests/reference.

struct Row {
  a: f32,      // weight of the current state
  b: f32,      // weight of the denoiser's x0Hat
  s: f32,      // standard deviation of the new noise; 0 draws none
  key: vec2u,  // Threefry key of this step's noise
}

@group(0) @binding(0) var<uniform> row: Row;                       // chosen by a dynamic offset into the table
@group(0) @binding(1) var<storage, read_write> x: array<vec4f>;    // NCHW, padded to a multiple of 4
@group(0) @binding(2) var<storage, read> x0Hat: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = gridIndex(group, groups, local);
  if (i >= arrayLength(&x)) {
    return;
  }
  var next = row.a * x[i] + row.b * x0Hat[i];
  if (row.s > 0.0) {
    next += row.s * normal4At(row.key, i);
  }
  x[i] = next;
}
