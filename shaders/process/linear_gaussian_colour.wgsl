// needs ../grid.wgsl

// The one step of linear_gaussian.wgsl with a pixel's three channels as a vector, so that their noise may be correlated:
//
//     x' = A x + B x0Hat + S z,    z ~ N(0, I)
//
// The pass gives a source of noise, normal.wgsl or normal_fast.wgsl. Its float64 twin is linearGaussianColour in
// tests/reference. z is that of the scalar step, element by element: with multiples of I for A, B and S the two draw the same
// picture.

struct Row {
  A: mat3x3f,   // weight of the current state
  B: mat3x3f,   // weight of the denoiser's x0Hat
  S: mat3x3f,   // S S^T is the new noise's covariance; a Cholesky factor, or 0, which draws none
  key: vec2u,   // Threefry key of this step's noise
  plane: u32,   // pixels of an image, which is the distance between a pixel's channels
  pixels: u32,  // pixels of the batch
}

@group(0) @binding(0) var<uniform> row: Row;                     // chosen by a dynamic offset into the table
@group(0) @binding(1) var<storage, read_write> x: array<f32>;    // NCHW, C = 3
@group(0) @binding(2) var<storage, read> x0Hat: array<f32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let pixel = gridIndex(here);
  if (pixel >= row.pixels) {
    return;
  }
  let image = pixel / row.plane;
  let r = pixel + 2u * image * row.plane;
  let g = r + row.plane;
  let b = g + row.plane;
  var next = row.A * vec3f(x[r], x[g], x[b]) + row.B * vec3f(x0Hat[r], x0Hat[g], x0Hat[b]);
  if (row.S[0].x > 0.0) {
    next += row.S * vec3f(normalAt(row.key, r), normalAt(row.key, g), normalAt(row.key, b));
  }
  x[r] = next.x;
  x[g] = next.y;
  x[b] = next.z;
}
