// What there is of 16 images of a state, by fours; a kernel of QUADS uses so many of them.

struct Quads {
  a: mat4x4f,
  b: mat4x4f,
  c: mat4x4f,
  d: mat4x4f,
}
