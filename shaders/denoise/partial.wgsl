// The softmax over a share of the displacements, so far.

struct Partial {
  top: vec4f,             // the largest log-weight, of four pixels
  total: vec4f,           // sum of weights, relative to it
  nearest: vec4u,         // the source's pixel that has it
  mean: array<vec4f, 4>,  // weighted sum of the source's values, for each pixel
}
